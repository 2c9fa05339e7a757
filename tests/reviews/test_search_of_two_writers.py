"""What two people write at once is found, whichever of them is done first.

Neither sees what the other has not finished: who gives a film another title does not know of the
piece about it that is being written meanwhile.
"""

from collections.abc import Callable
from threading import Event

import pytest
from django.db import connection, transaction

from reviews import search
from reviews.models import Article, Credit, Film, FilmTitle, Person, Reviewer
from tests.at_once import People
from tests.factories import make_article, make_film, make_person, make_reviewer

from .searching import read_all

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


NAMES: dict[str, Callable[..., object]] = {
    "the film's name": lambda film, **_: Film.objects.filter(pk=film.pk).update(title="Zanzibar"),
    "a title": lambda film, **_: FilmTitle.objects.create(
        film=film, text="Zanzibar", language="sw", kind="original"
    ),
    "a credit": lambda film, **_: Credit.objects.create(
        film=film, person=make_person("Zanzibar Jones"), role="cast"
    ),
    "a person's name": lambda person, **_: Person.objects.filter(pk=person.pk).update(
        name="Zanzibar"
    ),
    "a reviewer's name": lambda reviewer, **_: Reviewer.objects.filter(pk=reviewer.pk).update(
        name="Zanzibar"
    ),
}


@pytest.mark.parametrize("door", NAMES)
def test_a_piece_has_the_names_that_were_given_while_it_was_written(door: str) -> None:
    film, reviewer = make_film(director="Somebody"), make_reviewer("Somebody else")
    person = Person.objects.get(credits__film=film)
    read_all()
    given, read = Event(), Event()

    def give() -> None:
        with transaction.atomic():
            NAMES[door](film=film, person=person, reviewer=reviewer)
            given.set()
            assert read.wait(20)

    with People(1) as pool:
        other = pool.submit(give)
        assert given.wait(20)
        article: Article = make_article(film=film, by=reviewer)
        read_all()
        read.set()
        other.result()
    for _ in range(2):
        assert list(search.find("zanzibar").pieces) == [article.pk]
        read_all()
