"""Whoever signs with the name of a critic, a moderator or a regular is told of at the desk."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import intake, moderation
from comments.models import Comment, Finding, Identity
from reviews.models import Article
from tests.factories import make_article, make_comment, make_reviewer, make_user

from .pressing import DESK

pytestmark = pytest.mark.django_db
OURS = "Somebody who writes or moderates here has this name"
REGULAR = "A regular writer with a confirmed address has this name"


def _found(name: str, email: str = "new@example.org", article: Article | None = None) -> list[str]:
    comment = intake.submit(
        article or make_article(), author_name=name, author_email=email, text="I wrote that."
    )
    return list(Finding.objects.filter(comment=comment).values_list("rule", flat=True))


def _regular(name: str = "Mina Okonjo") -> Comment:
    """Approved, and written under an address that its owner had confirmed."""
    proven = Identity.objects.create(email="mina@example.org", earned_since=timezone.now())
    comment = make_comment(author_name=name, author_email="mina@example.org", identity=proven)
    moderation.approve([comment], by=make_user("Moderator"))
    return comment


@pytest.mark.parametrize(
    "name",
    [
        *("Jane Okafor", "JANE  OKAFOR", "Ｊane Okafor", "Rosa Kim", "𝐉ane Okafor"),
        "J\u0430ne \u041ek\u0430for",  # Cyrillic letters
        "R\u03bfsa Kim",  # a Greek one
        *("Rosa Kim\ufe0f", "Ro\u034fsa Kim", "Rosa\u200f Kim", "Rosa Kim\U000e0061"),
    ],
)
def test_the_name_of_a_critic_or_a_moderator_is_told(moderator_client: Client, name: str) -> None:
    make_reviewer("Jane Okafor")
    User.objects.filter(pk=make_user("Moderator").pk).update(
        is_staff=True, first_name="Rosa", last_name="Kim"
    )
    assert "known_name" in _found(name)
    assert Finding.objects.get(rule="known_name").points == 0  # two people may have one name
    page = moderator_client.get(DESK).text
    assert OURS in page
    assert "Known name" in page


def test_the_name_of_a_regular_under_another_address_is_told(moderator_client: Client) -> None:
    _regular()
    assert "known_name" in _found("mina okonjo")
    assert Finding.objects.get(rule="known_name").points == 0
    assert REGULAR in moderator_client.get(DESK).text


def test_who_has_the_name_too_is_not_told_of_for_ever() -> None:
    _regular()
    theirs = make_comment(author_name="Mina Okonjo", author_email="other@example.org")
    moderation.approve([theirs], by=make_user("Moderator"))
    assert "known_name" not in _found("Mina Okonjo", "Other@example.org")
    assert "known_name" not in _found("Mina Okonjo", "MINA@example.org")


def test_a_name_that_was_only_typed_is_nobodys() -> None:
    comment = make_comment(author_name="Mina Okonjo", author_email="mina@example.org")
    moderation.approve([comment], by=make_user("Moderator"))
    assert "known_name" not in _found("Mina Okonjo")
    refused = _regular("Ann")
    moderation.reject([refused], by=make_user("Moderator"))
    assert "known_name" not in _found("Ann")


def test_a_login_without_a_name_is_no_name() -> None:
    User.objects.filter(pk=make_user("Moderator").pk).update(is_staff=True)
    assert "known_name" not in _found("moderator")


def test_a_name_of_nobody_at_the_desk_is_no_name_of_ours() -> None:
    left = make_user("Moderator", first_name="Rosa", last_name="Kim")
    User.objects.filter(pk=left.pk).update(is_staff=False)
    assert "known_name" not in _found("Rosa Kim")
