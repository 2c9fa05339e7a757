"""The checklist knows pictures that readers would not see, now or at the moment planned."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviews import library, publishing, readiness
from reviews.models import Article, Image
from tests.factories import make_article, make_draft, make_film, make_image
from tests.reviews.desk import change_url, form_data

pytestmark = pytest.mark.django_db


def in_days(days: float) -> Any:
    return timezone.now() + timedelta(days=days)


def problems(article: Article) -> str:
    return " ".join(problem.message for problem in publishing.checklist(article))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"embargo_until": in_days(3)}, "is under embargo until"),
        ({"expires_at": in_days(-1)}, "may be shown only until"),
    ],
)
def test_a_picture_out_of_its_time_keeps_an_article_from_publication(
    facts: dict[str, Any], said: str
) -> None:
    article = make_draft(lead_image=make_image(**facts))
    assert said in problems(article)
    with pytest.raises(publishing.NotReady):
        publishing.publish(article, by=None)


def test_a_withdrawn_picture_keeps_an_article_from_publication() -> None:
    image = make_image()
    library.withdraw(image)
    article = make_draft(body=f'<p>B.</p><figure data-image="{image.pk}"></figure>')
    assert "has been withdrawn everywhere" in problems(article)


def test_an_article_may_be_scheduled_for_the_end_of_the_embargo_and_not_before() -> None:
    article = make_draft(lead_image=make_image(embargo_until=in_days(3)))
    with pytest.raises(publishing.NotReady):
        publishing.schedule(article, in_days(2), by=None)
    publishing.schedule(article, in_days(4), by=None)
    assert problems(article) == ""


def test_an_article_is_not_scheduled_past_the_end_of_a_licence() -> None:
    article = make_draft(lead_image=make_image(expires_at=in_days(3)))
    assert problems(article) == ""
    with pytest.raises(publishing.NotReady):
        publishing.schedule(article, in_days(4), by=None)


def test_unverified_rights_are_a_note_and_no_bar() -> None:
    article = make_draft(lead_image=make_image(rights_status=Image.Rights.UNVERIFIED))
    assert problems(article) == ""
    assert "are not verified" in readiness.notes(article)[0].message


def test_a_lead_picture_that_is_too_small_is_a_note_and_no_bar(editor_client: Client) -> None:
    small, large = make_image(width=400, height=225), make_image(width=1200, height=675)
    article = make_draft(lead_image=small)
    assert problems(article) == ""
    assert "is only 400 pixels wide" in editor_client.get(change_url(article)).text
    article = make_draft(lead_image=large)
    page = editor_client.get(change_url(article)).text
    assert "pixels wide" not in page
    assert "is upright" not in page


def test_of_an_upright_lead_picture_it_is_said_that_cards_show_a_part(
    editor_client: Client,
) -> None:
    article = make_draft(lead_image=make_image(width=1200, height=1800))
    assert problems(article) == ""
    assert "is upright: on the front page" in editor_client.get(change_url(article)).text


def test_many_pictures_of_unverified_rights_are_folded_under_their_number(
    editor_client: Client,
) -> None:
    pictures = [make_image(rights_status=Image.Rights.UNVERIFIED) for _ in range(4)]
    body = "".join(f'<figure data-image="{each.pk}"></figure>' for each in pictures)
    page = editor_client.get(change_url(make_draft(body=body))).content.decode()
    assert "<summary>The rights of 4 pictures are not verified.</summary>" in page
    for picture in pictures:
        assert reverse("admin:reviews_image_change", args=[picture.pk]) in page


def test_a_live_piece_names_its_withdrawn_picture_and_can_still_be_corrected(
    editor_client: Client,
) -> None:
    image = make_image()
    article = make_article(lead_image=image)
    library.withdraw(image)
    page = editor_client.get(change_url(article)).content.decode()
    assert "Readers see this piece, but" in page
    assert "has been withdrawn everywhere" in page
    said = form_data(article, standfirst="Mended.")
    assert editor_client.post(change_url(article), said).status_code == 302
    article.refresh_from_db()
    assert article.standfirst == "Mended."


def test_a_withdrawn_picture_is_not_put_into_a_live_piece(editor_client: Client) -> None:
    image = make_image()
    library.withdraw(image)
    article = make_article()
    said = form_data(article, lead_image=image.pk)
    response = editor_client.post(change_url(article), said)
    assert "has been withdrawn everywhere" in response.content.decode()
    article.refresh_from_db()
    assert article.lead_image is None


def test_a_report_is_asked_which_films_it_is_about() -> None:
    report = make_draft(kind="festival_report")
    assert readiness.WHICH_FILMS in readiness.notes(report)
    report.covered_films.create(film=make_film())
    assert readiness.WHICH_FILMS not in readiness.notes(report)


def test_what_is_scheduled_for_the_same_minute_is_named() -> None:
    at = in_days(1)
    one, other, later = (make_draft(headline=name) for name in ("One", "Other", "Later"))
    for piece, moment in ((one, at), (other, at), (later, at + timedelta(minutes=1))):
        publishing.schedule(piece, moment, by=None)
    said = [note.message for note in readiness.notes(one)]
    assert said == ["“Other” is scheduled for the same minute."]
    assert readiness.notes(later) == []
