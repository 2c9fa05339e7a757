"""Whom an interview is with, and whom any other piece is about, in its form and for readers."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from reviews import publishing, sitemaps
from reviews.models import Article, Person
from tests.factories import (
    make_article,
    make_draft,
    make_film,
    make_image,
    make_person,
    make_section,
    make_user,
)
from tests.opened import opened
from tests.reviews.desk import ADD, change_url, form_data
from tests.reviews.searching import found, read_all

pytestmark = pytest.mark.django_db
NEW = "/admin/reviews/article/add/"


@pytest.fixture
def bong() -> Person:
    return make_person("Bong Joon-ho", native_name="봉준호", native_language="ko")


def _interview(*people: Person, **facts: Any) -> Article:
    piece = make_article(**{"kind": "interview", "headline": "On Rain"} | facts)
    piece.people.set(people)
    return piece


def _html(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_is_said_in_the_form_of_an_interview_and_a_review_has_its_film(
    editor_client: Client, bong: Person
) -> None:
    page = editor_client.get(NEW).content.decode()
    assert "Who is interviewed, or whom the piece is about" in page
    assert 'id="add_id_people"' in page
    assert 'name="people"' not in editor_client.get(ADD).content.decode()
    typed = {"kind": "interview", "headline": "On Rain", "people": [bong.pk]}
    editor_client.post(NEW, form_data(**typed))
    piece = Article.objects.get()
    assert piece.whom() == [bong]
    path = change_url(piece)
    editor_client.post(path, opened(editor_client, path) | {"people": []})
    told = editor_client.get(path.replace("change", "history")).content.decode()
    assert "People (before: Bong Joon-ho (봉준호))" in told


def test_the_page_of_an_interview_says_whom_it_is_with_in_both_scripts(
    client: Client, bong: Person
) -> None:
    song = make_person("Song Kang-ho")
    page = _html(client, _interview(song, bong).get_absolute_url())
    native = '<span class="native" lang="ko">봉준호</span>'
    assert f'<p>With <a href="{bong.get_absolute_url()}">' in page
    assert f'{native} and <a href="{song.get_absolute_url()}">' in page


@pytest.mark.parametrize("kind", ["feature", "news", "festival_report"])
def test_the_page_of_any_other_piece_says_whom_it_is_about(
    client: Client, bong: Person, kind: str
) -> None:
    address = _interview(bong, kind=kind).get_absolute_url()
    assert f'<p>About <a href="{bong.get_absolute_url()}">' in _html(client, address)


def test_programs_are_told_whom_it_is_about(client: Client, bong: Person) -> None:
    page = _html(client, _interview(bong).get_absolute_url())
    (script,) = re.findall('<script type="application/ld.json">(.*?)</script>', page)
    (person,) = json.loads(script)["about"]
    assert (person["@type"], person["alternateName"]) == ("Person", "봉준호")
    assert person["url"].endswith(bong.get_absolute_url())
    assert "<category>Bong Joon-ho</category>" in _html(client, "/feed/")


def test_a_person_has_the_pieces_about_them_beside_those_on_their_films(
    client: Client, bong: Person
) -> None:
    film = make_film("Mother")
    film.credits.create(person=bong, role="director")
    make_article(film=film, headline="“Mother” Review")
    both = _interview(bong, headline="On Mother")
    both.related_films.add(film)
    _interview(make_person(), headline="With another")
    make_draft(kind="feature", headline="Not yet").people.add(bong)
    page = _html(client, bong.get_absolute_url())
    parts = [">Film</h2>", ">About Bong Joon-ho</h2>", "On Mother</a>"]
    parts += [">On their work</h2>", "“Mother” Review</a>"]
    assert sorted(parts, key=page.index) == parts
    assert [page.count(part) for part in parts] == [1] * 5
    assert "With another" not in page
    assert "Not yet" not in page


def test_the_page_of_who_made_no_film_is_of_what_was_written(client: Client, bong: Person) -> None:
    _interview(bong)
    page = _html(client, bong.get_absolute_url())
    assert 'name="description" content="What we wrote about Bong Joon-ho."' in page
    assert "Nothing of theirs" not in page
    assert "Nothing has been published here yet" not in page
    stretch = -(-bong.pk // sitemaps.STRETCH)
    assert bong.get_absolute_url() in _html(client, f"/sitemap-people.xml?p={stretch}")


def test_pieces_about_them_and_on_their_films_are_one_list_in_pages(
    client: Client, bong: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviews.views.lists.PAGE_LENGTH", 2)
    film = make_film()
    film.credits.create(person=bong, role="director")
    for days, headline in enumerate(("Lately", "On Rain", "Long ago")):
        _interview(bong, headline=headline, days_ago=days + 2)
    make_article(film=film, headline="The review", days_ago=1)
    path = bong.get_absolute_url()
    pages = [_html(client, f"{path}?page={number}") for number in (1, 2)]
    about, films = ">About Bong Joon-ho</h2>", ">On their work</h2>"
    parts = ["Lately</a>", "On Rain</a>", "Long ago</a>", "The review</a>", about, films]
    held = [[part for part in parts if part in page] for page in pages]
    assert held == [[*parts[:2], about], [*parts[2:4], about, films]]
    assert ["Page 1 of 2" in pages[0], "Page 2 of 2" in pages[1]] == [True, True]
    assert client.get(f"{path}?page=3").status_code == 404


def test_readers_and_the_newsroom_find_it_by_their_name(
    client: Client, editor_client: Client, bong: Person
) -> None:
    piece = _interview(bong)
    for _ in range(2):
        assert found("봉준호") == found("bong joon") == [piece.get_absolute_url()]
        read_all()
    page = editor_client.get("/admin/reviews/article/", {"q": "봉준호"}).content.decode()
    assert "On Rain" in page


def test_who_is_called_almost_so_is_offered_once_they_are_in_a_piece(
    client: Client, bong: Person
) -> None:
    read_all()
    assert bong.get_absolute_url() not in _html(client, "/search/?q=Bong+Jun-ho")
    _interview(bong)
    read_all()
    assert bong.get_absolute_url() in _html(client, "/search/?q=Bong+Jun-ho")


def test_next_is_read_what_is_with_the_same_people_and_on_their_films(bong: Person) -> None:
    elsewhere, film = make_section("Music"), make_film()
    film.credits.create(person=bong, role="director")
    review = make_article(film=film)
    piece = _interview(bong, section=elsewhere)
    profile = _interview(bong, kind="feature", section=make_section("Art"), days_ago=9)
    near = Article.objects.published()
    assert list(near.related_to(piece, 5)) == [profile, review]
    assert list(near.related_to(review, 5)) == [piece, profile]


def test_an_interview_without_anybody_is_good_to_know_and_keeps_nothing_back(
    editor_client: Client, bong: Person
) -> None:
    piece = make_draft(kind="interview")
    asks = '<a href="#id_people">Say who is interviewed'
    assert asks in editor_client.get(change_url(piece)).content.decode()
    publishing.publish(piece, by=None)
    piece.people.add(bong)
    assert asks not in editor_client.get(change_url(piece)).content.decode()
    assert asks not in editor_client.get(change_url(make_draft(kind="feature"))).content.decode()


def test_whom_readers_see_named_editors_change_alone(client: Client, bong: Person) -> None:
    client.force_login(make_user("Contributor"))
    draft, path = make_draft(kind="interview"), f"/admin/reviews/person/{bong.pk}/change/"
    draft.people.add(bong)
    assert 'name="_save"' in client.get(path).content.decode()
    publishing.publish(draft, by=None)
    assert "only an editor may change it" in client.get(path).content.decode()


def test_who_deletes_somebody_reads_which_pieces_stay_without_them(
    editor_client: Client, bong: Person
) -> None:
    piece = _interview(bong)
    path = f"/admin/reviews/person/{bong.pk}/delete/"
    page = editor_client.get(path).content.decode()
    assert ">On Rain</a>, published" in page.split("This stays, but without it:")[1]
    editor_client.post(path, {"post": "yes"})
    told = editor_client.get(change_url(piece).replace("change", "history")).content.decode()
    assert "Lost the person Bong Joon-ho (봉준호), which was deleted." in told


def test_the_library_begins_with_pictures_of_them_after_those_of_the_film(
    editor_client: Client, bong: Person
) -> None:
    film = make_film()
    of_them, other, still = make_image(), make_image(), make_image(film=film)
    of_them.people.add(bong)
    for asked, first in ((f"person-{bong.pk}", [of_them]), (f"film-{film.pk}", [still])):
        page = editor_client.get("/admin/reviews/image/", {"first": asked, "_popup": 1})
        assert list(page.context["cl"].result_list)[:1] == first
    both = {"first": f"person-{bong.pk},film-{film.pk}", "_popup": 1}
    page = editor_client.get("/admin/reviews/image/", both)
    assert list(page.context["cl"].result_list) == [still, of_them, other]
