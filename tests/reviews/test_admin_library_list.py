"""The library's list: what it finds, how it narrows, what a tile says, and that it stays quick."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reviews import library
from reviews.models import Film, Image
from tests.factories import (
    make_draft,
    make_edition,
    make_film,
    make_image,
    make_person,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/image/"
MOST_QUERIES = 12


def found(client: Client, **query: Any) -> set[int]:
    response = client.get(LIST, query)
    assert response.status_code == 200, response.headers
    return {image.pk for image in response.context["cl"].result_list}


def aloners(**facts: Any) -> Film:
    return make_film("Aloners", original=("혼자 사는 사람들", "ko"), **facts)


def test_a_picture_is_found_by_any_title_of_its_film(editor_client: Client) -> None:
    poster = make_image()
    film = aloners(poster=poster)
    still, lead, placed = make_image(film=film), make_image(), make_image()
    make_draft(film=film, lead_image=lead, body=f'<figure data-image="{placed.pk}"></figure>')
    make_image()
    for title in ("aloners", "혼자"):
        assert found(editor_client, q=title) == {still.pk, lead.pk, placed.pk, poster.pk}


@pytest.mark.parametrize(
    ("facts", "term"),
    [
        ({"credit_line": "Courtesy of Bitters End"}, "bitters"),
        ({"creator": "Ahn Ji-woo 안지우"}, "안지우"),
        ({"caption": "Jina at her desk"}, "jina desk"),
        ({"headline": "Kitchen lights"}, "kitchen lights"),
    ],
)
def test_a_picture_is_found_by_its_words(
    editor_client: Client, facts: dict[str, str], term: str
) -> None:
    image = make_image(**facts)
    make_image()
    assert found(editor_client, q=term) == {image.pk}


def test_a_picture_is_found_by_person_festival_year_file_and_number(editor_client: Client) -> None:
    image = make_image(edition=make_edition("Lantern Tide", 2019))
    image.people.add(make_person("Gong Seung-yeon", native_name="공승연"))
    make_image(edition=make_edition("Lantern Tide", 2020))
    file = image.file.name.rpartition("/")[2]
    for term in (
        "seung-yeon",
        "공승연",
        "lantern 2019",
        file,
        f"no. {image.pk}",
        f"No. {image.pk}",
    ):
        assert image.pk in found(editor_client, q=term), term
    assert len(found(editor_client, q="lantern 2019")) == 1
    assert len(found(editor_client, q="공승연")) == 1
    assert found(editor_client, q="9" * 40) == set()


def test_a_tile_is_one_link_and_says_once_what_the_picture_shows(editor_client: Client) -> None:
    make_image(alt_text="A door")
    make_image(alt_text="A quay", headline="The harbour")
    rows = editor_client.get(LIST).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    assert rows.count("<a ") == 2
    assert rows.count(">A door</a>") == rows.count(">The harbour</a>") == 1
    assert rows.count('alt=""') == rows.count('alt="A quay"') == 1


def test_the_list_narrows_by_rights_and_by_time(editor_client: Client) -> None:
    soon, past = timezone.now() + timedelta(days=2), timezone.now() - timedelta(days=2)
    embargoed, expired = make_image(embargo_until=soon), make_image(expires_at=past)
    unverified = make_image(rights_status=Image.Rights.UNVERIFIED)
    withdrawn = make_image()
    library.withdraw(withdrawn)
    make_image()
    assert found(editor_client, time="embargoed") == {embargoed.pk}
    assert found(editor_client, time="expired") == {expired.pk}
    assert found(editor_client, rights_status__exact="unverified") == {unverified.pk}
    assert found(editor_client, rights_status__exact="withdrawn") == {withdrawn.pk}


def test_the_list_narrows_by_film_and_festival(editor_client: Client) -> None:
    film, edition = aloners(), make_edition()
    still, festival = make_image(film=film), make_image(edition=edition)
    assert found(editor_client, film=film.pk) == {still.pk}
    assert found(editor_client, edition=edition.pk) == {festival.pk}


def test_the_list_begins_with_what_a_piece_is_about_and_leaves_nothing_out(
    editor_client: Client,
) -> None:
    film, edition = aloners(), make_edition()
    still, shown, festival = make_image(film=film), make_image(), make_image(edition=edition)
    make_draft(film=film, lead_image=shown)
    newer = make_image()
    asked = f"film-{film.pk},edition-{edition.pk}"
    page = editor_client.get(LIST, {"first": asked, "_popup": 1})
    assert list(page.context["cl"].result_list) == [festival, shown, still, newer]
    assert f"upload/?_popup=1&amp;first=film-{film.pk}%2Cedition-{edition.pk}" in page.text
    upload = editor_client.get(f"{LIST}upload/", {"first": asked, "_popup": 1})
    assert upload.context["form"].initial == {"film": film.pk, "edition": edition.pk}
    for odd in ("film-", "film-x,edition-99999999999999999999", "person-1", "first"):
        assert len(found(editor_client, first=odd)) == 4


def test_in_the_window_for_choosing_a_press_never_leaves_the_list(editor_client: Client) -> None:
    """Before Django's script is there, too: it opens the picture's own form otherwise."""
    image = make_image()
    form = f"/admin/reviews/image/{image.pk}/change/"
    assert f'<a href="{form}' in editor_client.get(LIST).text
    window = editor_client.get(LIST, {"_popup": 1}).text
    assert form not in window
    assert f'data-popup-opener="{image.pk}"' in window


def test_a_tile_says_what_is_wrong_in_words(editor_client: Client) -> None:
    make_image(credit_line="", embargo_until=timezone.now() + timedelta(days=2))
    make_image(renditions_state=Image.Renditions.FAILED)
    library.withdraw(make_image())
    page = editor_client.get(LIST).content.decode()
    for words in ("No credit line", "Embargo until", "Withdrawn", "Sizes could not be made"):
        assert words in page


def test_tiles_show_renditions_and_no_original(editor_client: Client) -> None:
    image = make_image(developed=True, width=700, height=400)
    page = editor_client.get(LIST).content.decode()
    assert f'src="{image.address(320)}"' in page
    assert f"/{image.pk}/thumbnail/" not in page


def test_the_list_asks_the_database_as_often_for_many_pictures_as_for_few(
    editor_client: Client,
) -> None:
    def fill(count: int) -> None:
        for n in range(count):
            image = make_image(film=aloners(), edition=make_edition(year=2000 + n))
            image.people.add(make_person())

    def asked(**query: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            editor_client.get(LIST, query)
        return len(queries)

    fill(1)
    asked()
    few = asked(), asked(q="aloners")
    fill(6)
    assert (asked(), asked(q="aloners")) == few
    assert max(few) <= MOST_QUERIES
