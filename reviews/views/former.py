"""Addresses of what has another one by now."""

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from reviews import former


def led_on(model: type[Model], slug: str) -> HttpResponse:
    """To where a former address leads; 404 when it never was one. One query."""
    row = former.leads_to(model, slug)
    if row is None:
        raise Http404("No such page.")
    return redirect(row, permanent=True)
