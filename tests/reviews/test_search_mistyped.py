"""A search that finds nothing says what is called almost so here, and leads on."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews.finding import near
from reviews.models import FilmTitle, Person, Tag
from tests.factories import make_article, make_draft, make_film, make_reviewer, make_section

from .searching import read_all

pytestmark = pytest.mark.django_db

OFFERED = re.compile(r'<li><a href="([^"]*)"><bdi')


@pytest.fixture(params=[True, False], ids=["in the index", "not read yet"])
def read(request: pytest.FixtureRequest) -> bool:
    """Whether the worker has been there since the last change."""
    return bool(request.param)


@pytest.fixture(scope="module")
def addresses(shared: None) -> dict[str, str]:
    """Of what is published, by name; nothing of it is read yet."""
    film = make_film("Aloners", original=("혼자 사는 사람들", "ko"), director="Hong Sung-eun")
    FilmTitle.objects.create(
        film=film, text="Honja saneun saramdeul", language="ko-Latn", kind="romanised"
    )
    parasite = make_film("Parasite", original=("기생충", "ko"), director="Bong Joon Ho")
    okja = make_film("Okja")
    flowers = make_film("Flowers of Shanghai", original=("海上花", "zh-Hant"), director="侯孝賢")
    friends = make_film("Where Is the Friend’s House?", original=("خانه دوست کجاست", "fa"))
    debut = Tag.objects.create(name="Debuts", slug="debuts")
    for one in (film, parasite, okja, flowers, friends):
        make_article(film=one, tags=[debut], by=make_reviewer("Wren Castellane"))
    make_article(kind="feature", headline="The sound of umbrellas", section=make_section("Music"))
    subjects = [film, parasite, okja, flowers, friends]
    found = {subject.title: subject.get_absolute_url() for subject in subjects}
    for subject in (film, parasite, flowers):
        person = subject.directors()[0]
        found[person.name] = person.get_absolute_url()
    return found | {"Debuts": debut.get_absolute_url(), "Music": "/sections/music/"}


def _offered(query: str) -> list[str]:
    page = Client().get("/search/", {"q": query}).content.decode()
    assert "Nothing here has all of these words." in page
    return OFFERED.findall(page)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("Alonres", "Aloners"),
        ("ALLONERS", "Aloners"),
        ("parsite", "Parasite"),
        ("parasyte ending", "Parasite"),
        ("Ojka", "Okja"),
        ("okjaa", "Okja"),
        ("honza saneun", "Aloners"),
        ("혼자 사는 사라믈", "Aloners"),
        ("혼자사는사림들", "Aloners"),
        ("기생춘", "Parasite"),
        ("海上華", "Flowers of Shanghai"),
        ("侯孝賀", "侯孝賢"),
        ("Hong Song-eun", "Hong Sung-eun"),
        ("Joonho Bong", "Bong Joon Ho"),
        ("bong jon ho", "Bong Joon Ho"),
        ("where is the freinds house", "Where Is the Friend’s House?"),
        ("خانه دوصت", "Where Is the Friend’s House?"),
        ("debbuts", "Debuts"),
        ("musik", "Music"),
    ],
)
def test_what_is_called_almost_so_is_offered_first(
    addresses: dict[str, str], query: str, meant: str, read: bool
) -> None:
    if read:
        read_all()
    assert _offered(query)[:1] == [addresses[meant]]


@pytest.mark.parametrize(
    ("query", "meant"),
    [("casttelane", "Wren Castellane"), ("the sound of umbrelas", "The sound of umbrellas")],
)
@pytest.mark.usefixtures("addresses")
def test_reviewers_and_pieces_that_are_no_reviews_are_offered_too(query: str, meant: str) -> None:
    page = Client().get("/search/", {"q": query}).content.decode()
    assert f"<bdi>{meant}</bdi>" in page


def test_a_review_is_not_offered_beside_its_film() -> None:
    film = make_film("Aloners")
    make_article(film=film, headline="Aloners")
    assert _offered("Alonres") == [film.get_absolute_url()]


@pytest.mark.usefixtures("addresses")
def test_a_film_is_offered_with_its_title_in_its_own_language() -> None:
    page = Client().get("/search/", {"q": "기생춘"}).content.decode()
    assert '<bdi>Parasite (2021)</bdi> <bdi lang="ko">기생충</bdi>' in page


@pytest.mark.parametrize("query", ["xylophone", "가나다라", "zz", "👍 thumbs", "…"])
@pytest.mark.usefixtures("addresses")
def test_what_is_like_nothing_here_is_offered_nothing(query: str, read: bool) -> None:
    if read:
        read_all()
    page = Client().get("/search/", {"q": query}).content.decode()
    assert "Did you mean" not in page


def test_nothing_is_offered_that_has_no_piece_readers_may_see(read: bool) -> None:
    make_draft(film=make_film("Secret Plans", director="Hidden Person"))
    make_draft(kind="feature", headline="Secretly written")
    Tag.objects.create(name="Secrets", slug="secrets")
    if read:
        read_all()
    for query in ("Secret Planz", "Hiden Person", "Secretly writen", "Secretz"):
        assert _offered(query) == []


@pytest.mark.usefixtures("addresses")
def test_what_was_found_needs_no_other_spelling() -> None:
    page = Client().get("/search/", {"q": "parasite"}).content.decode()
    assert "Did you mean" not in page


@pytest.mark.usefixtures("addresses")
def test_nothing_found_leads_on_to_the_archive_and_to_each_section() -> None:
    page = Client().get("/search/", {"q": "xylophone"}).content.decode()
    assert 'href="/archive/">archive</a>' in page
    for section in ("film", "music"):
        assert f'<li><a href="/sections/{section}/">' in page


def test_what_is_offered_costs_as_many_queries_however_much_there_is() -> None:
    counts = []
    for _ in range(2):
        for _ in range(4):
            _publish_one()
        read_all()
        with CaptureQueriesContext(connection) as seen:
            assert _offered("Alonres")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 14


def _publish_one() -> None:
    make_article(
        film=make_film("Aloners", original=("혼자 사는 사람들", "ko"), director="A. Lonres")
    )


@pytest.mark.parametrize("typed", ["Kao Mirana", "Kno Mirana", "Kanoo Mirana"])
def test_a_name_is_found_among_many_that_share_its_letters(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each three letters stand in more names than are looked at; a half of the name in few."""
    monkeypatch.setattr(near, "MOST_SHARING", 40)
    first = [f"{one}{two}" for one in ("ka", "mi", "ra") for two in ("no", "na", "ra", "ni")]
    names = [f"{one} {two}{end}" for one in first for two in first for end in ("na", "no")]
    names.sort(key="kano mirana".__eq__)  # what comes last is not among the first few
    people = Person.objects.bulk_create(
        Person(name=name.title(), sort_name=name, slug=f"p-{n}") for n, name in enumerate(names)
    )
    read_all()
    meant = next(person for person in people if person.name == "Kano Mirana")
    found = near.nearest(typed, {"person": {}})["person"]
    assert found[meant.pk] == max(found.values())
