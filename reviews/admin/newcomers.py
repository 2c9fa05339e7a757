"""A film or a person that is there already is not added a second time by accident."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from .mixin import Mixin
from .readable import ReadableForm

ANOTHER = "is_another"
MOST_NAMED = 3  # of those that may be meant


class Unasked(forms.HiddenInput):
    """The box before it is asked for: the admin writes a label for every field of a form, and one
    may not be for what is hidden."""

    def id_for_label(self, id_: str) -> str:
        return ""


class NewcomerForm(ReadableForm):
    """Refuses a new row that is called as one that is there, until its writer says that it is
    another. The box to say so is shown once that was asked."""

    is_another = forms.BooleanField(required=False, widget=Unasked)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[ANOTHER].label = f"It is another {self._meta.model._meta.verbose_name}"
        if self.data.get(ANOTHER):
            self._show_box()

    def namesakes(self, cleaned: dict[str, Any]) -> QuerySet[Any]:
        """The rows that may be meant."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance._state.adding and not cleaned.get(ANOTHER):
            there = self.namesakes(cleaned)[:MOST_NAMED]
            if there:
                self.add_error(ANOTHER, ValidationError(_said(there), code="namesake"))
                self._show_box()
        return cleaned

    def _show_box(self) -> None:
        self.fields[ANOTHER].widget = forms.CheckboxInput()


def _said(there: Iterable[Any]) -> str:
    names = format_html_join(
        ", ", '<a href="{}" target="_blank">{}</a>', ((_form_of(row), row) for row in there)
    )
    return format_html(
        "Here already: {}. If you mean that one, close this page and choose it in the list. "
        "If this is another of the same name, tick this and save again.",
        names,
    )


def _form_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


class AsksOfNewcomers(Mixin):
    """For admins with such a form: the box stands first in the form of a new row."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        (title, first), *others = super().get_fieldsets(request, obj)
        fields = [name for name in first["fields"] if name != ANOTHER]
        return [(title, first | {"fields": fields if obj else [ANOTHER, *fields]}), *others]
