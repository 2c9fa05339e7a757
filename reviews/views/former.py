"""Addresses of what has another one by now."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from reviews import former
from reviews.addresses import asked_on
from reviews.numbers import key


def led_on(request: HttpRequest, model: type[Model], slug: str) -> HttpResponse:
    """To where a former address leads; 404 when it never was one. One query."""
    return _redirect(request, former.leads_to(model, slug), permanent=True)


def edition_led_on(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The same of a festival's edition. Its former year may be another's one day, which browsers
    must not have been told once and for all."""
    edition = former.edition_led_to(slug, year)
    is_same_year = edition is not None and edition.year == year
    return _redirect(request, edition, permanent=is_same_year)


def numbered(said: str) -> HttpResponse:
    """To the piece that had this number before it moved here; 404 when none had."""
    number = key(said)
    return redirect(_found(former.piece_of_number(number) if number else None), permanent=True)


def _redirect(request: HttpRequest, row: Any, *, permanent: bool) -> HttpResponse:
    return redirect(asked_on(_found(row).get_absolute_url(), request), permanent=permanent)


def _found(row: Any) -> Any:
    if row is None:
        raise Http404("No such page.")
    return row
