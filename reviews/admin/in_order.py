"""Rows that stand in the order of their numbers: one without a number comes last."""

from typing import Any

from django import forms
from django.forms import Script
from django.http import HttpRequest

from ..numbers import MOST_SMALL

NEXT_ROW: Any = Script("js/admin/next_row.js", type="module")


def after(last: int | None) -> int:
    """The number of a row behind those that are there."""
    return 0 if last is None else min(last + 1, MOST_SMALL)


class InOrder:
    """For inlines with a `position`. Below the last row that is filled in stands an empty one."""

    class Media:
        js = (NEXT_ROW,)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        return type(formset.__name__, (_OrderedFormSet, formset), {})


class _OrderedFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if position := form.fields.get("position"):
            position.required, position.help_text = False, "Leave it empty to put it last."
            if not form.instance.pk:
                form.initial["position"] = None

    def clean(self) -> None:
        super().clean()
        rows = [form.instance for form in self.forms if form not in self.deleted_forms]
        last = max((row.position for row in rows if row.position is not None), default=None)
        for row in rows:
            if row.position is None:
                row.position = last = after(last)
