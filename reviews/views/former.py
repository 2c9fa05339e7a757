"""Addresses of what turned out to be another, and was merged into it."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect


def led_on(former: type[Model], to: str, slug: str) -> HttpResponse:
    """To where a former address leads; 404 when it never was one. One query."""
    rows: Any = former._default_manager.select_related(to)
    return redirect(getattr(get_object_or_404(rows, slug=slug), to), permanent=True)
