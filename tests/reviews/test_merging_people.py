"""People who were added twice: asked about before, and made one again after."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reviews.models import Credit, Film, FormerPerson, Person
from tests.factories import make_draft, make_film, make_image, make_person, make_user
from tests.opened import just_opened

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/reviews/person/"
ADD = f"{PEOPLE}add/"


@pytest.fixture
def editor() -> User:
    return make_user("Editor")


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def make_credit(film: Film, person: Person, role: str, character: str = "") -> None:
    Credit.objects.create(film=film, person=person, role=role, character=character)


def facts(**others: str) -> dict[str, str]:
    empty = dict.fromkeys(("native_name", "native_language", "sort_name", "slug"), "")
    return {"name": "Hong Sang-soo"} | empty | others


def test_a_name_that_is_there_is_asked_about_and_kept_typed(desk: Client) -> None:
    there = make_person("Hong Sang-soo", native_name="홍상수")
    answer = desk.post(ADD, facts(name="hong sang-soo"))
    page = answer.content.decode()
    assert "Here already:" in page
    assert f"{PEOPLE}{there.pk}/change/" in page
    assert 'value="hong sang-soo"' in page
    assert "It is another person" in page
    assert Person.objects.count() == 1


def test_a_native_name_that_is_there_is_asked_about(desk: Client) -> None:
    make_person("Hong Sangsoo", native_name="홍상수")
    assert "Here already:" in desk.post(ADD, facts(native_name="홍상수")).content.decode()


def test_another_person_of_the_same_name_is_added_once_that_is_said(desk: Client) -> None:
    make_person("Hong Sang-soo")
    desk.post(ADD, facts(is_another="on"))
    assert Person.objects.count() == 2


def test_nothing_is_asked_of_a_new_name_nor_of_one_that_is_changed(desk: Client) -> None:
    make_person("Hong Sang-soo")
    assert "hidden field-is_another" in desk.get(ADD).content.decode()
    desk.post(ADD, facts(name="Kim Min-hee"))
    person = Person.objects.get(name="Kim Min-hee")
    its = f"{PEOPLE}{person.pk}/change/"
    desk.post(its, facts(slug=person.slug, sort_name="x", **just_opened(its)))
    assert Person.objects.get(pk=person.pk).sort_name == "x"
    assert Person.objects.filter(name="Hong Sang-soo").count() == 2


def test_a_film_of_that_title_and_year_is_asked_about(desk: Client) -> None:
    make_film("The Woman Who Ran", year=2020)
    rows = {
        f"{name}-{of}_FORMS": "0" for name in ("titles", "credits") for of in ("TOTAL", "INITIAL")
    }
    film = {"title": "The Woman Who Ran", "year": "2020", "slug": ""} | rows
    assert "It is another film" in desk.post("/admin/reviews/film/add/", film).content.decode()
    assert Film.objects.count() == 1
    desk.post("/admin/reviews/film/add/", film | {"year": "2021"})
    assert Film.objects.count() == 2


def merge(desk: Client, stays: Person, *others: Person, **more: str) -> str:
    people = [stays.pk, *(other.pk for other in others)]
    data = {"action": "merge", "_selected_action": people, "stays": stays.pk, "merge": "Merge"}
    return desk.post(PEOPLE, data | more, follow=True).content.decode()


def test_merging_asks_who_stays_and_says_what_each_has(desk: Client) -> None:
    one, two = make_person("Hong Sang-soo"), make_person("Hong Sang-soo")
    make_credit(make_film(), one, Credit.Role.DIRECTOR)
    data = {"action": "merge", "_selected_action": [one.pk, two.pk]}
    page = desk.post(PEOPLE, data).content.decode()
    assert f"{one.get_absolute_url()}</code> · 1 credit, 0 pieces, 0 pictures" in page
    assert f"{two.get_absolute_url()}</code> · 0 credits, 0 pieces, 0 pictures" in page
    assert Person.objects.count() == 2
    answer = desk.post(f"{PEOPLE}?q=hong", data | {"merge": "Merge"})
    page = answer.content.decode()
    assert (answer.status_code, "Choose which one stays." in page) == (422, True)
    assert f'<a href="{PEOPLE}?q=hong" class="closelink">' in page


def test_one_person_stays_with_the_credits_and_pictures_of_both(desk: Client) -> None:
    stays, doubled = make_person("Hong Sang-soo"), make_person("Hong Sangsoo", native_name="홍상수")
    film = make_film()
    make_credit(film, doubled, Credit.Role.DIRECTOR)
    image, feature = make_image(), make_draft(kind="feature")
    image.people.add(doubled)
    feature.people.add(doubled)
    page = merge(desk, stays, doubled)
    assert "is merged into" in page
    assert Person.objects.get() == stays
    assert film.directors() == [stays]
    assert list(image.people.all()) == list(feature.people.all()) == [stays]
    assert Person.objects.get().native_name == "홍상수"


def test_a_credit_that_both_have_is_kept_once_with_its_character(desk: Client) -> None:
    stays, doubled = make_person("Kim Min-hee"), make_person("Kim Minhee")
    film = make_film()
    make_credit(film, stays, Credit.Role.CAST)
    make_credit(film, doubled, Credit.Role.CAST, character="Gamhee")
    make_credit(film, doubled, Credit.Role.PRODUCER)
    merge(desk, stays, doubled)
    said = film.credits.order_by("role").values_list("person", "role", "character")
    assert list(said) == [(stays.pk, "cast", "Gamhee"), (stays.pk, "producer", "")]


def test_the_old_address_leads_on_also_after_a_second_merge(desk: Client) -> None:
    first, second, third = (make_person("Hong Sang-soo") for _ in range(3))
    merge(desk, second, first)
    merge(desk, third, second)
    for old in (first, second):
        answer = desk.get(f"/people/{old.slug}/")
        assert (answer.status_code, answer["Location"]) == (301, third.get_absolute_url())
    assert FormerPerson.objects.count() == 2


def test_one_tick_is_not_enough_and_two_editors_do_not_collide(desk: Client) -> None:
    one, two = make_person("Hong Sang-soo"), make_person("Hong Sang-soo")
    assert "Tick two people or more" in merge(desk, one)
    merge(desk, one, two)
    assert "Tick two people or more" in merge(desk, one, two)
    assert Person.objects.get() == one


def test_the_history_of_who_stays_names_what_the_other_had(desk: Client) -> None:
    stays, other = make_person("Hong Sung-eun"), make_person("Hong Seong-eun")
    make_credit(make_film("Aloners", year=2021), other, "director")
    merge(desk, stays, other)
    history = desk.get(f"{PEOPLE}{stays.pk}/history/").text
    assert "Merged with Hong Seong-eun" in history
    assert "Its credits: Hong Seong-eun, director (Aloners (2021))." in history


def test_nothing_is_merged_that_the_history_does_not_tell(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays, doubled = make_person("Gong Seung-yeon"), make_person("Gong Seungyeon")

    def die(*_args: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("reviews.admin.merging.LogEntry.objects.log_actions", die)
    with pytest.raises(ConnectionError):
        merge(desk, stays, doubled)
    assert Person.objects.filter(pk=doubled.pk).exists()


def test_contributors_do_not_merge(client: Client) -> None:
    one, two = make_person("Hong Sang-soo"), make_person("Hong Sang-soo")
    client.force_login(make_user("Contributor"))
    merge(client, one, two)
    assert Person.objects.count() == 2
