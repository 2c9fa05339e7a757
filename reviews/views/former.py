"""Addresses of what has another one by now."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from reviews import former
from reviews.numbers import key


def led_on(model: type[Model], slug: str) -> HttpResponse:
    """To where a former address leads; 404 when it never was one. One query."""
    return _redirect(former.leads_to(model, slug), permanent=True)


def edition_led_on(slug: str, year: int) -> HttpResponse:
    """The same of a festival's edition. Its former year may be another's one day, which browsers
    must not have been told once and for all."""
    edition = former.edition_led_to(slug, year)
    return _redirect(edition, permanent=edition is not None and edition.year == year)


def numbered(said: str) -> HttpResponse:
    """To the piece that had this number before it moved here; 404 when none had."""
    number = key(said)
    return _redirect(former.piece_of_number(number) if number else None, permanent=True)


def _redirect(row: Any, *, permanent: bool) -> HttpResponse:
    if row is None:
        raise Http404("No such page.")
    return redirect(row, permanent=permanent)
