"""Films, people and festivals at the desk."""

import re
from typing import Any

import pytest
from django.test import Client

from reviews.models import Country, Festival, Film, Person, Reviewer, Tag
from tests.factories import make_edition, make_film, make_person
from tests.opened import just_opened
from tests.reviews.desk import errors

pytestmark = pytest.mark.django_db

ADD = "/admin/reviews/film/add/"


def film_data(*titles: Any, people: Any = (), **facts: Any) -> dict[str, Any]:
    """`titles` are (text, language, kind); `people` (person, role); rows may end in their id."""
    data = {"title": "Aloners", "year": 2021, "slug": ""} | facts
    data |= _rows("titles", ("text", "language", "kind", "id"), titles)
    return data | _rows("credits", ("person", "role", "id"), people)


def _rows(prefix: str, names: tuple[str, ...], rows: Any) -> dict[str, Any]:
    initial = sum(1 for row in rows if len(row) == len(names))
    said = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for n, row in enumerate(rows):
        said |= {f"{prefix}-{n}-{name}": value for name, value in zip(names, row, strict=False)}
        if prefix == "credits":
            said[f"{prefix}-{n}-position"] = n
    return said


def _change(client: Client, film: Film, data: dict[str, Any]) -> Any:
    address = f"/admin/reviews/film/{film.pk}/change/"
    return client.post(address, data | just_opened(address, client))


def test_its_titles_and_people_stand_before_what_is_seldom_known(editor_client: Client) -> None:
    page = editor_client.get(ADD).content.decode()
    names = ("id_year", "titles-group", "credits-group", "id_runtime_minutes")
    places = [page.index(f'id="{at}"') for at in names]
    assert places == sorted(places)


def test_whoever_was_chosen_instead_is_named_in_a_refused_form(editor_client: Client) -> None:
    film, other = make_film(director="Hong Sung-eun"), make_person("Park Jeong-hak")
    credit = film.credits.get()
    data = film_data(people=[(other.pk, "director", credit.pk)], year="")
    page = _change(editor_client, film, data | {"credits-0-film": film.pk}).text
    assert re.search(f'<option value="{other.pk}"[^>]*selected[^>]*>Park Jeong-hak', page)
    assert not re.search(f'<option value="{credit.person_id}"[^>]*>Hong Sung-eun', page)


def test_a_person_who_is_named_cannot_be_deleted_and_the_film_is_said(
    editor_client: Client,
) -> None:
    film = make_film("Aloners", director="Hong Sung-eun")
    address = f"/admin/reviews/person/{Person.objects.get().pk}/delete/"
    page = editor_client.get(address).content.decode()
    assert f'<a href="/admin/reviews/film/{film.pk}/change/">{film}</a>, director' in page


@pytest.mark.parametrize("window", [{}, {"_popup": "1"}])
def test_the_browser_is_told_which_copy_of_a_film_is_saved(
    editor_client: Client, window: dict[str, str]
) -> None:
    data = film_data(copy="m1x2y3-abcd1234") | window
    refused = editor_client.post(ADD, data | {"year": ""})
    assert "saved_copies" not in refused.cookies
    saved = editor_client.post(ADD, data)
    assert saved.cookies["saved_copies"].value == "m1x2y3-abcd1234"
    another = film_data(title="Another", copy="m1x2y4-abcd1234")  # no page has read of the first
    both = editor_client.post(ADD, another).cookies["saved_copies"].value
    assert both == "m1x2y3-abcd1234.m1x2y4-abcd1234"


def test_a_film_is_added_with_its_titles_and_people(editor_client: Client) -> None:
    director = make_person("Hong Sung-eun")
    data = film_data(
        ("혼자 사는 사람들", "ko", "original"),
        ("Honja saneun saramdeul", "ko-Latn", "romanised"),
        people=[(director.pk, "director")],
    )
    assert editor_client.post(ADD, data).status_code == 302
    film = Film.objects.get()
    assert (film.slug, film.titles.count(), film.directors()) == ("aloners", 2, [director])


def test_a_film_without_a_year_is_told_so_at_the_field(editor_client: Client) -> None:
    response = editor_client.post(ADD, film_data(year=""))
    assert errors(response) == {"year": ["Give the year of its first public screening."]}


def test_two_original_titles_are_refused_with_a_sentence(editor_client: Client) -> None:
    data = film_data(("하나", "ko", "original"), ("둘", "ko", "original"))
    response = editor_client.post(ADD, data)
    assert "A film has one original title." in response.content.decode()
    assert not Film.objects.exists()


def test_a_second_original_beside_a_stored_one_is_refused_too(editor_client: Client) -> None:
    film = make_film(original=("하나", "ko"))
    first = film.titles.get()
    data = film_data(("하나", "ko", "original", first.pk), ("둘", "ko", "original"))
    response = _change(editor_client, film, data)
    assert "A film has one original title." in response.content.decode()
    assert film.titles.count() == 1


def test_the_original_title_can_change_places_in_one_save(editor_client: Client) -> None:
    film = make_film()
    romanised = film.titles.create(text="Honja", language="ko-Latn", kind="romanised")
    original = film.titles.create(text="혼자", language="ko", kind="original")
    rows = [
        ("Honja", "ko-Latn", "original", romanised.pk),
        ("혼자", "ko", "romanised", original.pk),
    ]
    data = film_data(*rows, slug=film.slug)
    response = _change(editor_client, film, data)
    assert response.status_code == 302
    assert film.titles.get(kind="original").text == "Honja"


def test_two_people_can_change_places_in_one_save(editor_client: Client) -> None:
    film, one, two = make_film(), make_person("One"), make_person("Two")
    first = film.credits.create(person=one, role="cast")
    second = film.credits.create(person=two, role="cast")
    data = film_data(
        people=[(two.pk, "cast", first.pk), (one.pk, "cast", second.pk)], slug=film.slug
    )
    response = _change(editor_client, film, data)
    assert response.status_code == 302
    assert [credit.person for credit in film.credits.all()] == [two, one]


def test_whoever_has_no_number_comes_last(editor_client: Client) -> None:
    film, people = make_film(), [make_person(name) for name in ("One", "Two", "Three", "Four")]
    first = film.credits.create(person=people[0], role="cast", position=5)
    rows = [(people[0].pk, "cast", first.pk), *((each.pk, "cast") for each in people[1:])]
    data = film_data(people=rows, slug=film.slug)
    data |= {"credits-INITIAL_FORMS": 1, "credits-0-position": 5, "credits-1-position": ""}
    data |= {"credits-2-position": "", "credits-3-position": 2}
    assert _change(editor_client, film, data).status_code == 302
    billed = [(credit.person.name, credit.position) for credit in film.credits.all()]
    assert billed == [("Four", 2), ("One", 5), ("Two", 6), ("Three", 7)]


def test_a_new_row_has_no_number_yet(editor_client: Client) -> None:
    page = editor_client.get(ADD).context["inline_admin_formsets"][1].formset
    assert page.forms[0]["position"].value() is None
    assert page.forms[0].fields["position"].help_text == "Leave it empty to put it last."


def test_the_same_title_or_credit_twice_is_refused(editor_client: Client) -> None:
    person = make_person()
    twice = [(person.pk, "cast"), (person.pk, "cast")]
    for data in (
        film_data(("하나", "ko", "english"), ("하나", "ko", "english")),
        film_data(people=twice),
    ):
        response = editor_client.post(ADD, data)
        assert response.status_code == 200
        assert "duplicate" in response.content.decode()


def test_films_of_one_name_are_told_apart_by_their_year(editor_client: Client) -> None:
    for year in (1978, 2011):
        editor_client.post(ADD, film_data(title="Drive", year=year))
    assert set(Film.objects.values_list("slug", flat=True)) == {"drive", "drive-2011"}
    response = editor_client.post(ADD, film_data(title="Drive", year=2011))
    assert "Another film has this address" in errors(response)["slug"][0]


@pytest.mark.parametrize(
    ("field", "value"),
    [("imdb_id", "13460814"), ("wikidata_id", "42"), ("year", "1492"), ("year", "3000")],
)
def test_facts_off_their_form_are_said_at_the_field(
    editor_client: Client, field: str, value: str
) -> None:
    assert field in errors(editor_client.post(ADD, film_data(**{field: value})))


def test_people_of_one_name_get_numbered_addresses(editor_client: Client) -> None:
    person = {"name": "Kim Min-hee", "slug": ""}
    editor_client.post("/admin/reviews/person/add/", person)
    editor_client.post("/admin/reviews/person/add/", person | {"is_another": "on"})
    assert set(Person.objects.values_list("slug", "sort_name")) == {
        ("kim-min-hee", "Kim Min-hee"),
        ("kim-min-hee-2", "Kim Min-hee"),
    }


def test_a_reviewer_is_added_with_links(editor_client: Client) -> None:
    data = {"name": "Ana Ruiz", "slug": "", "links-TOTAL_FORMS": 1, "links-INITIAL_FORMS": 0}
    data |= {"links-0-label": "Newsletter", "links-0-url": "https://example.org"}
    data |= {"links-0-position": 0}
    editor_client.post("/admin/reviews/reviewer/add/", data)
    assert Reviewer.objects.get(slug="ana-ruiz").links.get().label == "Newsletter"


def test_a_festival_is_added_with_its_editions(editor_client: Client) -> None:
    data = {"name": "Leeds", "slug": "", "editions-TOTAL_FORMS": 1, "editions-INITIAL_FORMS": 0}
    data |= {"editions-0-year": 2026, "editions-0-city": "Leeds"}
    editor_client.post("/admin/reviews/festival/add/", data)
    assert Festival.objects.get(slug="leeds").editions.get().year == 2026


def test_a_film_that_is_shown_twice_at_an_edition_is_refused(editor_client: Client) -> None:
    edition, film = make_edition(), make_film()
    for status in (302, 200):
        data = {"film": film.pk, "edition": edition.pk, "strand": "", "premiere_status": ""}
        assert editor_client.post("/admin/reviews/screening/add/", data).status_code == status


def test_tags_write_their_own_addresses(editor_client: Client) -> None:
    editor_client.post("/admin/reviews/tag/add/", {"name": "Korean cinema", "slug": ""})
    assert Tag.objects.get().slug == "korean-cinema"


def test_countries_are_never_deleted(editor_client: Client) -> None:
    country = Country.objects.first()
    assert country
    address = f"/admin/reviews/country/{country.pk}/delete/"
    assert editor_client.post(address, {"post": "yes"}).status_code == 403


EVERY = ["article", "review", "film", "person", "reviewer", "festival", "festivaledition"]
EVERY += ["screening", "section", "tag", "country", "language", "image"]


@pytest.mark.parametrize("name", EVERY)
def test_every_list_and_every_add_form_opens(editor_client: Client, name: str) -> None:
    for address in (f"/admin/reviews/{name}/", f"/admin/reviews/{name}/add/"):
        assert editor_client.get(address).status_code == 200


def test_the_title_asked_for_first_is_the_original_one(editor_client: Client) -> None:
    chosen = '<option value="original" selected>'
    assert chosen in editor_client.get(ADD).text
    data = film_data(("", "", "original"))  # a film that has no other title
    assert editor_client.post(ADD, data).status_code == 302
    film = Film.objects.get()
    assert not film.titles.exists()
    film.titles.create(text="혼자", language="ko", kind="original")
    assert editor_client.get(f"/admin/reviews/film/{film.pk}/change/").text.count(chosen) == 1
