"""Lists that a search names: in which order they come, and which names are looked through."""

import pytest

from reviews import lists, search
from reviews.models import Country, Tag
from tests.factories import make_article, make_edition, make_film, make_reviewer, make_screening

pytestmark = pytest.mark.django_db


def _named(query: str) -> list[str]:
    return [found.name for found in search.find(query).lists]


def test_lists_come_by_name_as_readers_look_for_them_whatever_the_database() -> None:
    names = ["Zoe Kino", "Émile Kino", "de Souza Kino", "Adam Kino"]
    tags = [Tag.objects.create(name=name, slug=f"tag-{n}") for n, name in enumerate(names)]
    make_article(tags=tags)
    assert _named("kino") == ["Adam Kino", "de Souza Kino", "Émile Kino", "Zoe Kino"]


def test_of_a_festival_the_last_edition_comes_first() -> None:
    film = make_film("Aloners")
    for year in (2019, 2021, 2020):
        make_article(
            film=film, screening=make_screening(film, edition=make_edition("Kino Week", year))
        )
    assert _named("kino") == ["Kino Week 2021", "Kino Week 2020", "Kino Week 2019"]


def test_however_many_tags_there_are_reviewers_and_festivals_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "MOST", Country.objects.count() + 10)
    Tag.objects.bulk_create(Tag(name=f"Tag {n}", slug=f"tag-{n}") for n in range(20))
    film, edition = make_film("Aloners"), make_edition("Kino Week", 2021)
    screening = make_screening(film, edition=edition)
    make_article(film=film, by=make_reviewer("Wren Kino"), screening=screening)
    assert _named("kino") == ["Wren Kino", "Kino Week 2021"]
