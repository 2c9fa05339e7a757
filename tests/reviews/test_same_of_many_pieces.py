"""Where many pieces belong is said once: nobody opens twenty forms for one tag."""

from typing import Any

import pytest
from django.test import Client

from reviews.admin import same_of_many
from reviews.models import Article, Section, Tag
from tests.factories import make_article, make_draft, make_edition
from tests.reviews.desk import change_url, form_data
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db
LIST = "/admin/reviews/article/"


def ticked(*pieces: Article) -> dict[str, Any]:
    return {"action": "say_the_same", "_selected_action": [piece.pk for piece in pieces]}


def say(client: Client, *pieces: Article, **words: Any) -> str:
    """Ticks them in the list, and answers the page that asks what to say of them."""
    page = client.post(LIST, ticked(*pieces)).text
    assert f"Set it for {len(pieces)} pieces" in page
    answer = client.post(LIST, ticked(*pieces) | {"say": "Say it"} | words, follow=True)
    for piece in pieces:
        piece.refresh_from_db()
    return answer.text


def test_pieces_get_a_section_tags_and_a_festival_and_keep_what_they_had(
    editor_client: Client,
) -> None:
    festival = Section.objects.create(name="Festivals", slug="festivals-of-film")
    ours, theirs = (Tag.objects.create(name=name, slug=name) for name in ("lff", "noir"))
    lff, other = make_edition(), make_edition("Busan International Film Festival")
    review, report = make_article(), make_draft(kind="feature", edition=other)
    report.tags.add(theirs)
    words = {"section": festival.pk, "tags": [ours.pk], "edition": lff.pk}
    assert "Set for 2 pieces." in say(editor_client, review, report, **words)
    assert {review.section, report.section} == {festival}
    assert set(review.tags.all()) == {ours}
    assert set(report.tags.all()) == {ours, theirs}
    assert (review.edition, report.edition) == (lff, other)
    history = editor_client.get(f"/admin/reviews/article/{report.pk}/history/").text
    assert "Set for many at once: Section (before: Film) and Tags." in history
    assert "2 had it already" in say(editor_client, review, report, **words)
    ours.articles.add(one := make_draft())
    say(editor_client, one, make_draft(), **words)
    history = editor_client.get(f"/admin/reviews/article/{one.pk}/history/").text
    assert "Set for many at once: Section (before: Film) and Festival edition." in history


def test_whoever_has_one_open_overwrites_nothing_of_it(editor_client: Client) -> None:
    one, two = make_draft(), make_draft()
    opened = form_data(one)
    tag = Tag.objects.create(name="lff", slug="lff")
    say(editor_client, one, two, tags=[tag.pk])
    response = editor_client.post(change_url(one), opened | {"verdict": "Mine.", "_continue": "x"})
    assert response.status_code == 200
    one.refresh_from_db()
    assert set(one.tags.all()) == {tag}


def test_nothing_said_is_nothing_done(editor_client: Client) -> None:
    answer = editor_client.post(LIST, ticked(make_draft()) | {"say": "Say it"})
    assert answer.status_code == 422
    assert "Fill something in" in answer.text


def test_of_too_many_nothing_is_said(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(same_of_many, "MOST_AT_ONCE", 1)
    page = editor_client.post(LIST, ticked(make_draft(), make_draft()), follow=True).text
    assert "Tick 1 pieces at most." in page
    assert "Set it for" not in page


def test_a_contributor_says_it_of_what_no_reader_sees() -> None:
    seen, unseen = make_article(), make_draft()
    tag = Tag.objects.create(name="lff", slug="lff")
    page = say(client_of("contributor"), seen, unseen, tags=[tag.pk])
    assert "Set for 1 piece. 1 had it already, or can be changed by an editor alone." in page
    assert (seen.tags.count(), unseen.tags.count()) == (0, 1)
