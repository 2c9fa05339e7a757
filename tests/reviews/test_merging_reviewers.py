"""A reviewer who was added twice is made one again: their pieces, their page, their login."""

import pytest
from django.test import Client

from reviews import search
from reviews.models import Article, Byline, Reviewer, ReviewerLink
from tests.factories import make_article, make_image, make_reviewer, make_user

pytestmark = pytest.mark.django_db

REVIEWERS = "/admin/reviews/reviewer/"


def merge(client: Client, stays: Reviewer, doubled: Reviewer) -> str:
    both = {"action": "merge", "_selected_action": [stays.pk, doubled.pk]}
    asked = client.post(REVIEWERS, both).text
    client.post(REVIEWERS, both | {"stays": stays.pk, "merge": "Merge"})
    return asked


def bylines(article: Article) -> list[tuple[str, str]]:
    return [(line.reviewer.name, line.role) for line in article.bylines.all()]


def test_the_one_who_stays_has_the_pieces_of_both_and_the_former_address_leads_there(
    editor_client: Client, client: Client
) -> None:
    stays, doubled = make_reviewer("Wren Castellane"), make_reviewer("W. Castellane")
    review, both = make_article(by=doubled), make_article(by=stays)
    for role in (Byline.Role.WORDS, Byline.Role.PHOTOGRAPHS):
        Byline.objects.create(article=both, reviewer=doubled, role=role, position=1)
    asked = merge(editor_client, stays, doubled)
    assert "1 piece" in asked
    assert "2 pieces" in asked
    assert list(Reviewer.objects.all()) == [stays]
    assert bylines(review) == [("Wren Castellane", "words")]
    assert bylines(both) == [("Wren Castellane", "words"), ("Wren Castellane", "photographs")]
    assert client.get(doubled.get_absolute_url())["Location"] == stays.get_absolute_url()
    assert review.headline in client.get(stays.get_absolute_url()).text
    assert set(search.find("castellane").pieces) == {review.pk, both.pk}


def test_what_the_one_who_stays_does_not_say_is_taken_over(editor_client: Client) -> None:
    login, portrait = make_user("Contributor"), make_image()
    stays, doubled = make_reviewer("Wren Castellane"), make_reviewer("W. Castellane")
    Reviewer.objects.filter(pk=stays.pk).update(bio="Takes the aisle.")
    Reviewer.objects.filter(pk=doubled.pk).update(bio="Another.", portrait=portrait, user=login)
    for reviewer, path in ((stays, "one"), (doubled, "one"), (doubled, "two")):
        ReviewerLink.objects.create(reviewer=reviewer, label=path, url=f"https://x.example/{path}")
    merge(editor_client, stays, doubled)
    stays.refresh_from_db()
    assert (stays.bio, stays.portrait, stays.user) == ("Takes the aisle.", portrait, login)
    assert [link.label for link in stays.links.all()] == ["one", "two"]


def test_who_has_a_login_keeps_it(editor_client: Client) -> None:
    stays, doubled = make_reviewer(), make_reviewer()
    for reviewer in (stays, doubled):
        Reviewer.objects.filter(pk=reviewer.pk).update(user=make_user("Contributor"))
    stays.refresh_from_db()
    merge(editor_client, stays, doubled)
    assert Reviewer.objects.get().user == stays.user
