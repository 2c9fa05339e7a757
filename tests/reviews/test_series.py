"""A series is recorded as a film is, and is told to readers and machines as a series."""

import json
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from reviews import merging
from reviews.models import CoveredFilm, Film
from tests.factories import make_article, make_film, make_person
from tests.opened import just_opened
from tests.reviews.test_admin_films import ADD, film_data

pytestmark = pytest.mark.django_db


def make_series(title: str = "Squid Game", **facts: Any) -> Film:
    return make_film(title, kind="series", **{"episodes": 9, "runtime_minutes": 54} | facts)


def _data(page: str) -> Any:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(script)


def test_its_page_says_so_and_how_many_episodes_there_are(client: Client) -> None:
    page = client.get(make_series().get_absolute_url()).text
    assert '<p class="kicker">Series&nbsp;' in page
    assert 'aria-label="About the series"' in page
    assert "<dt>Episodes</dt><dd>9</dd>" in page
    assert "<dt>Running time</dt><dd>54 minutes an episode</dd>" in page


def test_a_film_is_still_a_film(client: Client) -> None:
    page = client.get(make_film("Aloners", runtime_minutes=90).get_absolute_url()).text
    assert '<p class="kicker">Film&nbsp;' in page
    assert "<dt>Running time</dt><dd>90 minutes</dd>" in page
    assert "Episodes" not in page


def test_machines_are_told_of_a_series(client: Client) -> None:
    """https://schema.org/TVSeries: it has a first day and episodes, and no duration of its own."""
    series = make_series(director="Hwang Dong-hyuk", imdb_id="tt10919420", tmdb_id=93405)
    page = client.get(make_article(film=series, rating=7).get_absolute_url()).text
    told = _data(page)["itemReviewed"]
    assert told["@type"] == "TVSeries"
    assert told["startDate"] == "2021"
    assert told["numberOfEpisodes"] == 9
    assert told["director"][0]["name"] == "Hwang Dong-hyuk"
    assert "https://www.themoviedb.org/tv/93405" in told["sameAs"]
    assert not {"duration", "dateCreated"} & {*told}


def test_a_report_says_what_it_is_about(client: Client) -> None:
    report = make_article(kind="festival_report")
    CoveredFilm.objects.create(article=report, film=make_series(), position=0, rating=8)
    page = client.get(report.get_absolute_url()).text
    assert 'id="films-title">Series</h2>' in page
    (capsule,) = _data(page)["hasPart"]
    assert capsule["itemReviewed"]["@type"] == "TVSeries"
    CoveredFilm.objects.create(article=report, film=make_film("Aloners"), position=1)
    page = client.get(report.get_absolute_url()).text
    assert 'id="films-title">Films and series</h2>' in page


def test_whoever_made_both_has_both_on_their_page(client: Client) -> None:
    person = make_person("Bae Doona")
    make_film("Broker").credits.create(person=person, role="cast")
    page = client.get(person.get_absolute_url()).text
    assert 'id="films-title">Film</h2>' in page
    make_series("Kingdom").credits.create(person=person, role="cast")
    page = client.get(person.get_absolute_url()).text
    assert 'id="films-title">Films and series</h2>' in page
    assert "What Bae Doona had a part in" in page


def test_an_editor_says_that_it_is_one(editor_client: Client) -> None:
    page = editor_client.get(ADD).text
    assert re.search(r'type="radio" name="kind" value="film"[^>]*checked', page)
    editor_client.post(ADD, film_data(title="Hellbound", kind="series", episodes=6))
    hellbound = Film.objects.get(title="Hellbound")
    assert hellbound.is_series()
    assert hellbound.episodes == 6


def test_a_film_has_no_episodes(editor_client: Client) -> None:
    page = editor_client.post(ADD, film_data(kind="film", episodes=6)).text
    assert "A film has no episodes. Choose “Series”, or empty them." in page
    assert not Film.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_film(episodes=6)


@pytest.mark.parametrize("sent", [{}, {"kind": ""}])
def test_a_form_that_does_not_say_which_it_is_leaves_it(
    editor_client: Client, sent: dict[str, str]
) -> None:
    series = make_series()
    address = f"/admin/reviews/film/{series.pk}/change/"
    data = film_data(title="Squid Game", slug=series.slug, episodes=9, **sent)
    editor_client.post(address, data | just_opened(address, editor_client))
    series.refresh_from_db()
    assert (series.kind, series.runtime_minutes) == ("series", None)


def test_tmdb_numbers_films_and_series_apart() -> None:
    make_film("A film", tmdb_id=93405)
    make_series(tmdb_id=93405)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_series("Another", tmdb_id=93405)


def test_what_is_merged_stays_what_it_is() -> None:
    by_mistake = make_film("Squid Game", tmdb_id=5, certificate="15", runtime_minutes=485)
    series = make_series(tmdb_id=None, runtime_minutes=None)
    merging.merge(by_mistake, into=series)
    series.refresh_from_db()
    assert (series.certificate, series.tmdb_id, series.episodes) == ("15", None, 9)
    assert series.runtime_minutes is None, "of one episode it was not said"
    film = make_film("Squid Game")
    merging.merge(series, into=film)
    film.refresh_from_db()
    assert (film.kind, film.episodes, film.certificate) == ("film", None, "15")
