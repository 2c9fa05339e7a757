"""A row that was deleted while its form was open: what was typed comes back as a new one."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from . import as_sent
from .as_sent import Part, Sent


@dataclass(frozen=True)
class Returning:
    """Why the form is one of a new row, in words."""

    said: str


class ReturningForm(forms.ModelForm):  # type: ignore[type-arg]
    """Of a new row, filled with what was typed; refused once, so that nobody adds it unasked."""

    returning: Returning

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        said = f"{self.returning.said} If you save, what you typed is added as a new one."
        self.add_error(None, ValidationError(said, code="deleted"))
        return cleaned


def typed(desk: Any, request: HttpRequest, besides: Container[str] = ()) -> list[tuple[str, str]]:
    """(label, words) of what was sent for the fields of a desk, where it says something."""
    parts = _parts(desk, request, besides)
    return list(_said(parts, [as_sent.field_in(request.POST, part) for part in parts]))


def typed_below(inline: Any, request: HttpRequest) -> list[tuple[str, str]]:
    """The same of the rows of an inline."""
    prefix = inline.get_formset(request).get_default_prefix()
    parts = _parts(inline, request)
    found: list[tuple[str, str]] = []
    for sent in as_sent.rows_in(request.POST, prefix, new=True).values():
        found += _said(parts, [sent] * len(parts))
    return found


def _parts(desk: Any, request: HttpRequest, besides: Container[str] = ()) -> list[Part]:
    opts = desk.model._meta
    fields = [f for f in (*opts.fields, *opts.many_to_many) if f.editable and f.name not in besides]
    shaped = {f.name: desk.formfield_for_dbfield(f, request) for f in fields}
    form = type("Typed", (forms.Form,), {name: field for name, field in shaped.items() if field})()
    return [as_sent.part(name, form[name]) for name in form.fields]


def _said(parts: list[Part], sent: list[Sent]) -> Iterator[tuple[str, str]]:
    for part, values in zip(parts, sent, strict=True):
        if part.plain(values):
            yield part.label, part.in_words(values)
