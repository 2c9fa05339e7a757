"""The desk: a contributor writes and submits; only an editor touches what readers see."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reviews import publishing
from reviews.models import Article, Credit, Film, Tag
from tests.factories import (
    make_article,
    make_draft,
    make_image,
    make_person,
    make_reviewer,
    make_screening,
    make_user,
)
from tests.opened import opened
from tests.reviews.desk import ADD, change_url, errors, form_data, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def contributor() -> Client:
    client = Client()
    client.force_login(make_user("Contributor"))
    return client


def test_a_contributor_writes_and_submits(contributor: Client) -> None:
    response = contributor.post(ADD, form_data() | {"_submit": "x"}, follow=True)
    assert "is submitted to the editors" in said(response)
    assert Article.objects.submitted().exists()


def test_a_contributor_is_offered_no_publish_button_and_cannot_press_one(
    contributor: Client,
) -> None:
    article = make_draft()
    page = contributor.get(change_url(article)).content.decode()
    assert 'name="_submit"' in page
    for verb in ("publish", "schedule", "withdraw"):
        assert f'name="_{verb}"' not in page
        data = form_data(article, verdict="Sneaked in") | {f"_{verb}": "x"}
        data |= {"publish_at": f"{timezone.now() + timedelta(days=9):%Y-%m-%dT%H:%M}"}
        assert contributor.post(change_url(article), data).status_code == 403
    article.refresh_from_db()
    assert (article.status, article.verdict) == ("draft", "")


def test_who_gets_a_piece_back_reads_what_to_do_until_it_is_handed_in_again(
    contributor: Client, editor_client: Client
) -> None:
    article = make_draft()
    publishing.submit(article, by=make_user("Contributor"))
    asks = 'name="to_writer"'
    assert asks in editor_client.get(change_url(article)).text
    assert asks not in contributor.get(change_url(article)).text
    note = {"to_writer": "Who directed it?"}
    contributor.post(change_url(article), form_data(article) | note | {"_return_to_draft": "x"})
    assert "Who directed it?" not in contributor.get(change_url(article)).text
    article.refresh_from_db()
    publishing.submit(article, by=make_user("Contributor"))

    forgotten = editor_client.post(change_url(article), form_data(article) | note)
    assert "Press “Return to draft”" in errors(forgotten)["to_writer"][0]
    assert "Who directed it?" in forgotten.text
    returned = form_data(article) | note | {"_return_to_draft": "x"}
    assert editor_client.post(change_url(article), returned).status_code == 302
    page = contributor.get(change_url(article)).text
    assert re.search(r"Returned by \w+</h2>\s*<p>Who directed it\?", page)
    assert ">Returned: Who directed it?<" in contributor.get("/admin/").text

    article.refresh_from_db()
    handed_in = form_data(article, headline="Again") | {"_submit": "x"}
    assert contributor.post(change_url(article), handed_in).status_code == 302
    article.refresh_from_db()
    publishing.return_to_draft(article, by=make_user("Editor"))
    assert "Who directed it?" not in contributor.get(change_url(article)).text
    history = contributor.get(change_url(article).replace("change", "history")).text
    assert "A draft again. To its writer: “Who directed it?”" in history


@pytest.mark.parametrize("scheduled", [False, True])
def test_a_contributor_sees_but_cannot_change_what_readers_see_or_will(
    contributor: Client, scheduled: bool
) -> None:
    article = make_draft()
    if scheduled:
        publishing.schedule(article, timezone.now() + timedelta(days=1), by=None)
    else:
        publishing.publish(article, by=None)
    page = contributor.get(change_url(article)).content.decode()
    assert "only an editor may change it" in page
    assert 'name="_continue"' not in page
    assert "3 stars" in page
    assert contributor.post(change_url(article), form_data(article)).status_code == 403


def test_what_a_contributor_typed_is_there_to_be_copied_when_an_editor_was_first(
    contributor: Client,
) -> None:
    article, writer = make_draft(), make_reviewer("Jane Okafor")
    form = form_data(article, standfirst="My words.", body="<p>All of them.</p>", by=writer)
    publishing.publish(article, by=None)
    answer = contributor.post(change_url(article), form)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "This review is not yours to change any more, so nothing was saved" in page
    assert all(typed in page for typed in ("My words.", "All of them.", "Jane Okafor"))
    article.refresh_from_db()
    assert article.standfirst != "My words."


@pytest.mark.parametrize("action", ["publish", "schedule", "withdraw", "return_to_draft"])
def test_no_list_action_gets_round_it(contributor: Client, action: str) -> None:
    article, moment = make_draft(), timezone.now() + timedelta(days=1)
    publishing.schedule(article, moment, by=None)
    chosen = {"action": action, "_selected_action": [article.pk], "at": "2099-01-01T10:00"}
    contributor.post("/admin/reviews/review/", chosen, follow=True)
    article.refresh_from_db()
    assert (article.status, article.publish_at) == ("scheduled", moment)


def shown_by(article: Article) -> list[Any]:
    """A film, a person, a screening and a tag that a piece shows its readers."""
    film = article.film
    person, tag = make_person(), Tag.objects.create(name="Slow", slug="slow")
    Credit.objects.create(film=film, person=person, role="director")
    screening = make_screening(film=film)
    article.tags.add(tag)
    Article.objects.filter(pk=article.pk).update(screening=screening)
    return [film, person, screening, tag]


def test_the_list_asks_those_who_schedule_for_a_moment(client: Client) -> None:
    make_draft()
    for role, asked in (("Contributor", False), ("Editor", True)):
        client.force_login(make_user(role))
        html = client.get("/admin/reviews/article/").content.decode()
        assert "Submit to the editors" in html
        assert ("Schedule for" in html) is asked


def test_what_a_piece_shows_its_readers_a_contributor_looks_at_and_editors_change(
    contributor: Client,
) -> None:
    article = make_article()
    for row in shown_by(article):
        path = f"/admin/reviews/{row._meta.model_name}/{row.pk}/change/"
        page = contributor.get(path).content.decode()
        assert "only an editor may change it" in page
        assert 'name="_save"' not in page
        assert contributor.post(path, {}).status_code == 403


def test_what_only_a_draft_shows_a_contributor_mends(contributor: Client) -> None:
    for row in shown_by(make_draft()):
        path = f"/admin/reviews/{row._meta.model_name}/{row.pk}/change/"
        assert contributor.post(path, opened(contributor, path)).status_code == 302


def test_a_film_has_its_page_at_once_and_who_added_it_mends_it_until_a_piece_shows_it(
    contributor: Client, client: Client
) -> None:
    """As docs/editors.md says: only pieces wait for an editor."""
    add = "/admin/reviews/film/add/"
    typed = {"title": "Yi Yi", "slug": "yi-yi", "year": "2000"}
    contributor.post(add, opened(contributor, add) | typed)
    assert client.get("/films/yi-yi/").status_code == 200
    film = Film.objects.get()
    change = f"/admin/reviews/film/{film.pk}/change/"
    assert contributor.get(change).context["has_change_permission"]
    make_article(film=film)
    assert not contributor.get(change).context["has_change_permission"]


def test_a_moderator_has_no_desk_here(moderator_client: Client) -> None:
    article, image = make_draft(), make_image()
    for address in (
        "/admin/reviews/review/",
        change_url(article),
        ADD,
        f"/admin/reviews/image/{image.pk}/facts/",
        f"/admin/reviews/image/{image.pk}/thumbnail/",
    ):
        assert moderator_client.get(address).status_code == 403


def test_strangers_are_sent_to_the_log_in_page(client: Client) -> None:
    image = make_image()
    for address in (ADD, f"/admin/reviews/image/{image.pk}/facts/"):
        assert "/admin/login/" in client.get(address).headers["Location"]


def test_what_readers_see_is_withdrawn_before_it_is_deleted(editor_client: Client) -> None:
    article = make_article()
    address = f"/admin/reviews/review/{article.pk}/delete/"
    marked = {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"}
    for where, data in ((address, {"post": "yes"}), ("/admin/reviews/review/", marked)):
        page = editor_client.post(where, data, follow=True)
        assert f"readers see {article.headline} or soon will. Withdraw it first" in said(page)
        assert Article.objects.exists()
    publishing.withdraw(article, by=make_user("Editor"))
    assert editor_client.post(address, {"post": "yes"}).status_code == 302
    assert Article.objects.deleted().exists()


def test_what_leads_the_front_page_is_for_editors_to_say(
    contributor: Client, editor_client: Client
) -> None:
    draft = make_draft()
    for client, may in ((contributor, False), (editor_client, True)):
        assert ("Lead the front page" in client.get(change_url(draft)).text) == may
        draft.refresh_from_db()
        client.post(change_url(draft), form_data(draft, leads="on"))
        draft.refresh_from_db()
        assert draft.leads == may
