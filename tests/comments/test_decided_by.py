"""What decided where no moderator did is said in plain words: on the desk, in a comment's log and
to its writer."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import strip_tags
from django.utils.translation import override

from comments import moderation
from comments.models import Comment, Decision
from tests.factories import make_article, make_comment

from .mailed import ask, mailed_link
from .posting import post
from .pressing import DESK

pytestmark = pytest.mark.django_db
PENDING, APPROVED, SPAM = Comment.Status.PENDING, Comment.Status.APPROVED, Comment.Status.SPAM


def own_page(client: Client, comment: Comment) -> str:
    ask(client, comment.author_email)
    return words(client.get(mailed_link()).text)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(page))


@pytest.mark.parametrize(
    ("rule", "was", "now", "to_colleagues", "to_its_writer"),
    [
        (
            *("trust", PENDING, APPROVED, "Approved by the rules (trusted writer)"),
            "approved by our rules, since moderators approved earlier comments from this address",
        ),
        (
            *("reports", APPROVED, PENDING, "Put back to pending by readers’ reports"),
            "held for a moderator because readers reported it",
        ),
        (
            *("akismet", PENDING, SPAM, "Set aside as spam by Akismet"),
            "set aside as spam by Akismet, a service that looks for spam",
        ),
        (
            *("edited", APPROVED, PENDING, "Put back to pending by its writer, who changed it"),
            "held for a moderator because you changed it",
        ),
        (
            *("import", PENDING, APPROVED, "Approved by whoever moderated where it came from"),
            "approved where it was before it came here",
        ),
        ("a rule of another day", PENDING, SPAM, "Set aside as spam by the rules", "by our rules"),
    ],
)
def test_what_decided_instead_of_a_moderator_is_said_in_words(
    client: Client,
    moderator_client: Client,
    rule: str,
    was: Comment.Status,
    now: Comment.Status,
    to_colleagues: str,
    to_its_writer: str,
) -> None:
    comment = make_comment(status=was)
    moderation.move_by_rule(comment, now, rule=rule)
    desk = words(moderator_client.get(f"{DESK}?state=all").text)
    assert f"{to_colleagues} just now" in desk
    whole = desk + words(moderator_client.get(f"{DESK}{comment.pk}/change/").text)
    own = own_page(client, comment)
    assert f"{to_its_writer} " in own
    assert f"“{rule}”" not in whole + own


def test_the_first_line_of_the_log_is_the_rules_doing_and_a_reason_is_a_persons(
    client: Client, moderator_client: Client, moderator: User
) -> None:
    post(client, make_article())
    comment = Comment.objects.get()
    Decision.objects.update(reason="Of an earlier version.")  # as some rules gave them once
    log = words(moderator_client.get(f"{DESK}{comment.pk}/change/").text)
    assert "the rules held for a moderator" in log
    moderation.reject([comment], by=moderator, reason="About another film.")
    own = own_page(client, comment)
    assert "held for a moderator by our rules" in own
    assert "rejected by a moderator, because: About another film." in own
    assert "earlier version" not in log + own
    with override("ko"):
        assert Decision.objects.first().whose() == "(규칙)"
