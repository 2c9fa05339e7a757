"""The desk: publishing, scheduling, withdrawing, and what readers see staying complete."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reviews import publishing
from reviews.models import Article
from tests.factories import make_article, make_draft, make_film, make_image, make_reviewer
from tests.reviews.desk import ADD, change_url, errors, form_data, said

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/review/"


def press(client: Client, article: Article, verb: str, **more: Any) -> Any:
    data = form_data(article, **more)
    data.pop("_continue")
    data[f"_{verb}"] = "x"
    return client.post(change_url(article), data, follow=True)


def at(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def test_a_review_is_written_and_published_in_one_press(editor_client: Client) -> None:
    data = form_data(
        film=make_film().pk, rating="8", standfirst="S.", body="<p>B.</p>", by=make_reviewer()
    )
    response = editor_client.post(ADD, data | {"_publish": "x"}, follow=True)
    assert "is published" in said(response)
    assert Article.objects.published().get().revisions.get().made_by.username == "editor"


def test_a_byline_of_the_same_press_counts(editor_client: Client) -> None:
    article, reviewer = make_draft(), make_reviewer()
    article.bylines.all().delete()
    response = press(editor_client, article, "publish", **form_data(article, by=reviewer))
    assert "is published" in said(response)


def test_a_byline_taken_out_with_the_same_press_does_not(editor_client: Client) -> None:
    article = make_draft()
    response = press(editor_client, article, "publish", **{"bylines-0-DELETE": "on"})
    assert "Say who it is by." in said(response)
    assert not Article.objects.published().exists()


def test_what_is_not_ready_is_saved_and_every_problem_is_named_with_its_field(
    editor_client: Client,
) -> None:
    picture = make_image(credit_line="", alt_text="")
    data = form_data(body=f'<p>Kept.</p><figure data-image="{picture.pk}"></figure>')
    response = editor_client.post(ADD, data | {"_publish": "x"}, follow=True)
    article = Article.objects.get()
    assert (article.status, "Kept." in article.body) == ("draft", True)
    page = response.content.decode()
    for place in ("film", "rating", "standfirst"):
        assert f'href="#id_{place}"' in page
        assert f"#id_{place}" in said(response)
    assert 'href="#bylines-group"' in page
    assert f'href="/admin/reviews/image/{picture.pk}/change/"' in page
    assert "no credit line" in page
    assert "no alternative text" in page


def test_a_piece_is_scheduled_for_a_moment_to_come(editor_client: Client) -> None:
    article, moment = make_draft(), timezone.now() + timedelta(days=2)
    response = press(editor_client, article, "schedule", publish_at=at(moment))
    assert "is scheduled" in said(response)
    scheduled = Article.objects.scheduled().get()
    assert scheduled.publish_at == moment.replace(second=0, microsecond=0)


def test_a_moment_stays_chosen_until_the_piece_is_scheduled(editor_client: Client) -> None:
    article, moment = make_draft(standfirst=""), "2030-03-01T10:00"
    response = press(editor_client, article, "schedule", publish_at=moment)
    assert "is saved, but not scheduled yet" in said(response)
    assert f'value="{moment}"' in response.text
    article.refresh_from_db()
    saved = form_data(article, publish_at=moment)
    response = editor_client.post(change_url(article), saved | {"_continue": "x"}, follow=True)
    assert f'value="{moment}"' in response.text
    assert "is saved, but not scheduled yet" in said(response)
    article.refresh_from_db()
    assert 'value="2030' not in editor_client.get(change_url(article)).text
    response = press(editor_client, article, "schedule", publish_at=moment, standfirst="Now.")
    assert "is scheduled for 1 March 2030, 10:00." in said(response)
    assert response.redirect_chain[-1][0] == change_url(article)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("", "Say when"),
        ("2020-01-01T10:00", "has passed"),
        ("soon", "a date and a time"),
        ("2030-10-27T01:30", "comes twice or not at all"),
        ("2031-03-30T01:30", "comes twice or not at all"),
    ],
)
def test_a_moment_that_makes_no_sense_is_said_at_its_field(
    editor_client: Client, moment: str, words: str
) -> None:
    article = make_draft()
    response = press(editor_client, article, "schedule", publish_at=moment, verdict="Kept")
    assert words in errors(response)["publish_at"][0]
    assert words in response.content.decode()
    assert "Kept" in response.content.decode()
    article.refresh_from_db()
    assert article.status == "draft"


def test_withdrawing_saves_what_was_typed_and_asks_for_no_completeness(
    editor_client: Client,
) -> None:
    article = make_article()
    press(editor_client, article, "withdraw", standfirst="", verdict="Was wrong")
    article.refresh_from_db()
    assert (article.status, article.verdict) == ("withdrawn", "Was wrong")


def test_an_edit_that_would_make_a_live_page_incomplete_is_refused_with_all_text_kept(
    editor_client: Client,
) -> None:
    article, picture = make_article(), make_image(credit_line="")
    data = form_data(
        article,
        standfirst="",
        rating="",
        body=f'<p>New words.</p><figure data-image="{picture.pk}"></figure>',
    )
    response = editor_client.post(change_url(article), data)
    assert set(errors(response)) == {"standfirst", "rating", "body"}
    page = response.content.decode()
    assert "New words." in page
    assert f"/admin/reviews/image/{picture.pk}/change/" in page
    article.refresh_from_db()
    assert "New words." not in article.body


def test_a_live_page_keeps_a_byline(editor_client: Client) -> None:
    article = make_article()
    data = form_data(article) | {"bylines-0-DELETE": "on"}
    response = editor_client.post(change_url(article), data)
    assert "Say who it is by" in response.content.decode()
    assert article.bylines.count() == 1


def test_the_address_of_a_live_page_stays(editor_client: Client) -> None:
    article = make_article()
    editor_client.post(change_url(article), form_data(article, slug="elsewhere"))
    slug = article.slug
    article.refresh_from_db()
    assert article.slug == slug


def test_so_does_that_of_a_piece_that_is_withdrawn_for_a_while(editor_client: Client) -> None:
    article = make_article()
    slug = article.slug
    editor_client.post(change_url(article), form_data(article) | {"_withdraw": "on"})
    article.refresh_from_db()
    editor_client.post(change_url(article), form_data(article, slug="elsewhere"))
    article.refresh_from_db()
    assert article.slug == slug


def test_only_a_substantive_change_moves_the_date_and_keeps_a_revision(
    editor_client: Client,
) -> None:
    article = make_article()
    editor_client.post(change_url(article), form_data(article, verdict="A comma, moved"))
    article.refresh_from_db()
    assert (article.updated_at, article.revisions.count()) == (None, 1)
    data = form_data(article, substantive="on", note="Director's name corrected")
    editor_client.post(change_url(article), data)
    article.refresh_from_db()
    assert article.updated_at is not None
    assert article.revisions.first().note == "Director's name corrected"


def test_the_form_never_writes_the_status(editor_client: Client) -> None:
    article = make_draft()
    forged = {"status": "published", "first_published_at": "2020-01-01", "publish_at": "2020-01-01"}
    editor_client.post(change_url(article), form_data(article) | forged)
    article.refresh_from_db()
    assert (article.status, article.publish_at, article.first_published_at) == ("draft", None, None)


def test_many_are_published_at_once_and_the_unready_are_named(editor_client: Client) -> None:
    ready, unready = make_draft(), make_draft(headline="“Unready” Review", standfirst="")
    chosen = {"action": "publish", "_selected_action": [ready.pk, unready.pk]}
    response = editor_client.post(LIST, chosen, follow=True)
    assert list(Article.objects.published()) == [ready]
    assert "“Unready” Review" in said(response)
    assert f"{change_url(unready)}#id_standfirst" in said(response)


def test_the_form_says_whose_clock_a_moment_is_read_by(
    editor_client: Client, settings: Any
) -> None:
    assert "London time" in editor_client.get(change_url(make_draft())).content.decode()
    settings.TIME_ZONE = "Asia/Ho_Chi_Minh"
    assert "Ho Chi Minh time" in editor_client.get(change_url(make_draft())).content.decode()


def test_many_are_scheduled_at_once(editor_client: Client) -> None:
    one, two = make_draft(), make_draft()
    chosen = {"action": "schedule", "_selected_action": [one.pk, two.pk]}
    response = editor_client.post(LIST, chosen | {"at": ""}, follow=True)
    assert "Give the date and time" in said(response)
    response = editor_client.post(LIST, chosen | {"at": "tomorrow at nine"}, follow=True)
    assert "“Schedule for” is not a date and time." in said(response)
    response = editor_client.post(LIST, chosen | {"at": "2030-10-27T01:30"}, follow=True)
    assert "this time comes twice or not at all" in said(response)
    response = editor_client.post(LIST, chosen | {"at": "2030-03-01T10:00"}, follow=True)
    assert f"{one.headline} is scheduled for 1 March 2030, 10:00." in said(response)
    assert Article.objects.scheduled().count() == 2


def test_of_many_it_is_said_in_one_sentence_what_became_of_them(editor_client: Client) -> None:
    unready = make_draft(headline="“Unready” Review", standfirst="")
    chosen = {"_selected_action": [unready.pk, *(make_draft().pk for _ in range(4))]}
    for action, words in [
        ("schedule", "4 pieces are scheduled for 1 March 2030, 10:00."),
        ("return_to_draft", "4 pieces are drafts again."),
    ]:
        asked = chosen | {"action": action, "at": "2030-03-01T10:00", "say": "x"}
        told = said(editor_client.post(LIST, asked, follow=True))
        assert words in told
        assert "“Unready” Review" in told


def test_many_are_withdrawn_and_returned_to_draft(editor_client: Client) -> None:
    article = make_article()
    for action, status in [("withdraw", "withdrawn"), ("return_to_draft", "draft")]:
        chosen = {"action": action, "_selected_action": [article.pk], "say": "x"}
        editor_client.post(LIST, chosen, follow=True)
        article.refresh_from_db()
        assert article.status == status


def test_what_readers_see_is_not_offered_for_deletion(editor_client: Client) -> None:
    for article, offered in ((make_article(), False), (make_draft(), True)):
        page = editor_client.get(change_url(article)).content.decode()
        assert ("deletelink" in page) is offered


def test_view_on_site_leads_to_the_preview_until_readers_see_it(editor_client: Client) -> None:
    article = make_draft()
    preview = f'href="/preview/{article.pk}/"'
    assert preview in editor_client.get(change_url(article)).content.decode()
    publishing.publish(article, by=None)
    page = editor_client.get(change_url(article)).content.decode()
    assert preview not in page
    assert f'href="{article.get_absolute_url()}"' in page
