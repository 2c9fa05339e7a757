"""What articles are about and who writes them: films, people, festivals, reviewers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.models import (
    Article,
    FestivalEdition,
    Film,
    Person,
    Reviewer,
    for_readers,
)

from .former import edition_led_on, led_on
from .lists import page_of, page_of_keys


@require_safe
def film(request: HttpRequest, slug: str) -> HttpResponse:
    film = for_readers.film(slug)
    if film is None:
        return led_on(request, Film, slug)
    about = Article.objects.published().about_film(film).newest_first()
    coverage = for_readers.cards(about.values_list("pk", flat=True))
    others = {piece.pk: 0 for piece in coverage if piece.film_id not in (None, film.pk)}
    given = others | for_readers.stars_of(film)
    context = {"film": film, "coverage": coverage, "given": given}
    return render(request, "reviews/film.html", context)


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    person = Person.objects.filter(slug=slug).first()
    if person is None:
        return led_on(request, Person, slug)
    published = Article.objects.published()
    about = [*published.naming(person).newest_first().values_list("pk", flat=True)]
    on_films = published.on_films_of(person).newest_first().values_list("pk", flat=True)
    page = page_of_keys(request, [*about, *on_films])
    parts = [*person.credits.by_film()]
    context = {"person": person, "credits": parts, "page": page}
    context["films"] = [*dict.fromkeys(part.film for part in parts)]
    named = {*about}
    context["about"] = [piece for piece in page if piece.pk in named]
    context["on_films"] = [piece for piece in page if piece.pk not in named]
    return render(request, "reviews/person.html", context)


@require_safe
def reviewer(request: HttpRequest, slug: str) -> HttpResponse:
    known = Reviewer.objects.select_related("portrait").prefetch_related("links")
    reviewer = known.filter(slug=slug).first()
    if reviewer is None:
        return led_on(request, Reviewer, slug)
    theirs = Article.objects.published().by(slug).newest_first()
    page = page_of(request, theirs, by_index=False)
    return render(request, "reviews/reviewer.html", {"reviewer": reviewer, "page": page})


@require_safe
def festivals(request: HttpRequest) -> HttpResponse:
    editions = FestivalEdition.objects.select_related("festival")
    return render(request, "reviews/festivals.html", {"editions": editions})


@require_safe
def edition(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    editions = FestivalEdition.objects.select_related("festival")
    edition = editions.filter(festival__slug=slug, year=year).first()
    if edition is None:
        return edition_led_on(request, slug, year)
    theirs = Article.objects.published().from_edition(edition).newest_first()
    page = page_of(request, theirs, by_index=False)
    screenings = for_readers.programme(edition)
    context = {"edition": edition, "page": page, "screenings": screenings}
    return render(request, "reviews/edition.html", context)
