"""What a reader is offered after a piece: the nearest first, and what editors choose before all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from reviews.models import Article, RelatedChoice
from tests.factories import (
    make_article,
    make_edition,
    make_film,
    make_person,
    make_screening,
    make_section,
)

pytestmark = pytest.mark.django_db


def _read_next(article: Article) -> list[Article]:
    return list(Article.objects.published().related_to(article, 5))


def _directed(title: str, person: object, *countries: str) -> object:
    film = make_film(title)
    film.credits.create(person=person, role="director")  # type: ignore[misc]
    film.countries.set(countries)
    return film


def test_the_nearest_comes_first() -> None:
    hong, edition, music = make_person("Hong"), make_edition(), make_section("Music")
    film = _directed("Aloners", hong, "KR")
    screening = make_screening(film, edition=edition)  # type: ignore[arg-type]
    article = make_article(film=film, screening=screening)
    section = make_article(film=make_film(), headline="Same section")
    korean = _directed("Broker", make_person("Kore-eda"), "KR", "JP")
    country = make_article(film=korean, section=music)
    report = make_article(kind="festival_report", edition=edition, section=music)
    same_director = make_article(film=_directed("Second", hong), section=music)
    same_film = make_article(kind="feature", section=music)
    same_film.related_films.set([])
    again = make_article(film=film, section=music)
    make_article(kind="news", section=music)
    assert _read_next(article) == [again, same_director, report, country, section]


def test_a_feature_leads_to_reviews_of_the_films_it_is_about() -> None:
    film, music = make_film("Broker"), make_section("Music")
    review = make_article(film=film, section=music)
    feature = make_article(kind="feature")
    feature.related_films.set([film])
    assert _read_next(feature) == [review]


def test_what_an_editor_pins_comes_first_in_the_editors_order() -> None:
    article, near, far = make_article(), make_article(), make_article(section=make_section("Art"))
    farther = make_article(section=make_section("Music"))
    RelatedChoice.objects.create(article=article, other=far, position=2)
    RelatedChoice.objects.create(article=article, other=farther, position=1)
    assert _read_next(article) == [farther, far, near]


def test_what_an_editor_leaves_out_is_not_offered_here_and_still_elsewhere() -> None:
    article, unwanted = make_article(), make_article()
    RelatedChoice.objects.create(article=article, other=unwanted, choice="leave_out")
    assert _read_next(article) == []
    assert _read_next(unwanted) == [article]


def test_a_piece_is_chosen_once_and_never_after_itself() -> None:
    article, other = make_article(), make_article()
    RelatedChoice.objects.create(article=article, other=other)
    for wrong in (other, article):
        with pytest.raises(IntegrityError), transaction.atomic():
            RelatedChoice.objects.create(article=article, other=wrong, choice="leave_out")


def test_what_to_read_next_stands_before_the_replies_however_many(client: Client) -> None:
    film = make_film()
    article, _other = (make_article(kind="review", film=film) for _ in range(2))
    page = client.get(article.get_absolute_url()).content.decode()
    parts = [page.index(f'id="{part}') for part in ("related-title", "replies", "reply")]
    assert parts == sorted(parts)


def test_a_page_leads_to_what_was_published_before_and_after(client: Client) -> None:
    now = timezone.now()
    first, second, third = (
        make_article(headline=name, first_published_at=now - timedelta(days=days))
        for name, days in (("First", 30), ("Second", 20), ("Third", 10))
    )
    steps = client.get(second.get_absolute_url()).content.decode().partition('class="pager"')[2]
    assert f'rel="prev" href="{first.get_absolute_url()}"' in steps
    assert f'rel="next" href="{third.get_absolute_url()}"' in steps
    steps = client.get(first.get_absolute_url()).content.decode().partition('class="pager"')[2]
    assert 'rel="prev"' not in steps
