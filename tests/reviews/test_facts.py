"""What a page says of a film: what is known, each in its language, and nothing else."""

from datetime import date

import pytest
from django.test import Client

from reviews import facts
from reviews.models import Reviewer
from tests.factories import make_film, make_person

pytestmark = pytest.mark.django_db


def test_what_is_not_known_has_no_line() -> None:
    film = make_film("Bare", year=2001)
    film.countries.clear()
    film.languages.clear()
    assert facts.facts(film) == ('<dl class="facts">\n<div><dt>Year</dt><dd>2001</dd></div>\n</dl>')


def test_a_release_is_its_day_its_distributor_or_both() -> None:
    film = make_film("Out")
    film.uk_distributor = "Third <Window>"
    assert "<dt>UK release</dt><dd>Third &lt;Window&gt;</dd>" in facts.facts(film)
    film.uk_release_date = date(2026, 3, 1)
    day = '<time datetime="2026-03-01">1 March 2026</time>'
    assert f"<dt>UK release</dt><dd>{day}, Third &lt;Window&gt;</dd>" in facts.facts(film)


def test_every_credit_stands_on_the_films_own_page(client: Client) -> None:
    film, person = make_film("Credited"), make_person("Kim")
    person.native_name, person.native_language = "김", "ko"
    person.save()
    film.credits.create(person=person, role="cast", character="<Jina>")
    film.credits.create(person=person, role="editor")
    own = client.get(film.get_absolute_url()).content.decode()
    assert '<span class="facts__as">as &lt;Jina&gt;</span>' in own
    assert "<dt>Editor</dt>" in own
    assert '<span class="native" lang="ko">김</span>' in own
    assert "Editor" not in facts.facts(film)


def test_names_are_said_as_a_sentence_says_them() -> None:
    people = [Reviewer(name=name, slug=name.lower()) for name in ("Ada", "Bo", "Cy")]
    one, two, three = (facts.names(people[:count]) for count in (1, 2, 3))
    assert one == '<a href="/reviewers/ada/">Ada</a>'
    assert two == f'{one} and <a href="/reviewers/bo/">Bo</a>'
    assert three.replace(" and ", ", ").count(", <a") == 2
    assert " and " in three
    assert facts.names([]) == ""
