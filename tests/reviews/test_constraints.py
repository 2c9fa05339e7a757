"""What the database itself refuses."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from reviews import publishing
from reviews.models import (
    Article,
    Byline,
    Credit,
    FestivalEdition,
    Film,
    FilmTitle,
    Image,
    Screening,
)
from tests.factories import (
    make_article,
    make_draft,
    make_edition,
    make_film,
    make_image,
    make_person,
    make_screening,
    make_section,
)

pytestmark = pytest.mark.django_db


def _second_original() -> None:
    film = make_film(original=("혼자 사는 사람들", "ko"))
    FilmTitle.objects.create(film=film, text="Another", language="ko", kind="original")


def _title_twice() -> None:
    film = make_film()
    for _ in range(2):
        FilmTitle.objects.create(film=film, text="Aloners", language="en", kind="english")


def _imdb_id_twice() -> None:
    make_film(imdb_id="tt1234567")
    make_film(imdb_id="tt1234567")


def _credit_twice() -> None:
    film, person = make_film(), make_person()
    for _ in range(2):
        Credit.objects.create(film=film, person=person, role="director")


def _screened_twice() -> None:
    film = make_film()
    make_screening(film)
    make_screening(film)


def _edition_twice() -> None:
    edition = make_edition()
    FestivalEdition.objects.create(festival=edition.festival, year=edition.year)


def _festival_ends_before_it_starts() -> None:
    edition = make_edition()
    FestivalEdition.objects.filter(pk=edition.pk).update(
        starts_on="2021-11-18", ends_on="2021-11-04"
    )


def _byline_twice() -> None:
    article = make_draft()
    Byline.objects.create(article=article, reviewer=article.bylines.get().reviewer)


def _slug_twice() -> None:
    make_draft(slug="aloners-review")
    make_draft(slug="aloners-review")


def _picture_twice() -> None:
    image = make_image()
    image.pk = None
    image.save()


def _set(**facts: object) -> Callable[[], object]:
    return lambda: Article.objects.filter(pk=make_draft().pk).update(**facts)


BREAKS = {
    "a second original title": _second_original,
    "the same title twice": _title_twice,
    "an IMDb id of another film": _imdb_id_twice,
    "a year before film": lambda: make_film(year=1700),
    "a credit twice": _credit_twice,
    "a film twice in a programme": _screened_twice,
    "a festival twice a year": _edition_twice,
    "an end before the start": _festival_ends_before_it_starts,
    "a byline twice": _byline_twice,
    "an address twice": _slug_twice,
    "a picture file twice": _picture_twice,
    "six stars": _set(rating=12),
    "no half-star": _set(rating=0),
    "stars and unrated": _set(rating=6, unrated=True),
    "published without a time": _set(status="published"),
    "closing on no day": _set(comment_policy="closes_after"),
    "closing on a day no calendar has": _set(
        comment_policy="closes_after", comments_close_after_days=10_000
    ),
    "a rated interview": lambda: make_draft(kind="interview", rating=6),
    "a decorative picture with a description": lambda: make_image(decorative=True, alt_text="x"),
    "a focal point outside": lambda: make_image(focal_x=101),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BREAKS[name]()


def test_films_without_ids_do_not_clash() -> None:
    make_film()
    make_film()
    assert Film.objects.filter(imdb_id="", wikidata_id="", tmdb_id=None).count() == 2


def test_a_picture_in_use_cannot_be_deleted() -> None:
    lead, in_body = make_image(), make_image()
    make_article(lead_image=lead, body=f'<p>a</p><figure data-image="{in_body.pk}"></figure>')
    for image in (lead, in_body):
        with pytest.raises(ProtectedError):
            image.delete()
    assert Image.objects.unused().count() == 0


def test_a_picture_taken_out_of_the_body_is_free_again() -> None:
    image = make_image()
    article = make_draft(body=f'<p>a</p><figure data-image="{image.pk}"></figure>')
    article.body = "<p>a</p>"
    publishing.place_pictures(article)
    assert Image.objects.unused().get() == image


def test_a_section_with_articles_and_a_film_with_reviews_stay() -> None:
    article = make_article(section=make_section("Music"))
    for thing in (article.section, article.film):
        with pytest.raises(ProtectedError):
            thing.delete()
    assert Screening.objects.count() == 0


def _typed_numbers() -> Iterator[Any]:
    """The whole numbers that the newsroom's forms ask for."""
    for model, desk in admin.site._registry.items():
        for each in (model, *(inline.model for inline in desk.inlines)):
            numbers = (f for f in each._meta.fields if isinstance(f, models.IntegerField))
            ours = each._meta.app_label == "reviews"
            yield from (f for f in numbers if ours and f.editable and not f.primary_key)


def test_no_form_takes_a_number_that_one_of_the_databases_does_not_hold() -> None:
    typed = {*_typed_numbers()}
    assert {"runtime_minutes", "tmdb_id", "position"} <= {field.name for field in typed}
    for field in typed:
        small = isinstance(field, models.PositiveSmallIntegerField)
        with pytest.raises(ValidationError):
            field.clean(2**15 if small else 2**31, None)
