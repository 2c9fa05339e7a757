"""Names for controls that have no label of their own, for those who do not see the page."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest

from .choosing import ChooseOne

PARTS = ("date", "time")  # of Django's split moment, in its order


class NamedCells:
    """For tabular inlines: each control bears the name of its column, which stands above it, and
    says it when it is left empty."""

    template = "admin/reviews/named_table.html"
    autocomplete_fields: ClassVar[Any]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Its rows, with what is chosen in each: by that a row is called, here and in the table."""
        rows, chosen = super().get_queryset(request), [*self.autocomplete_fields]  # type: ignore[misc]
        return rows.select_related(*chosen) if chosen else rows

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        return type(formset.__name__, (_NamedFormSet, formset), {})


class _NamedFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if self.instance.pk:  # else each row would ask for whose it is
            setattr(form.instance, self.fk.name, self.instance)
        for name in form.fields:
            label = str(form[name].label or "")
            if name == DELETION_FIELD_NAME and form.instance.pk:
                label = f"Delete {form.instance}"
            said = f"Fill in the {label.lower()}, or {_to_have_no_row(form)}."
            form.fields[name].error_messages["required"] = said
            widget = _inner(form.fields[name].widget)
            if isinstance(widget, ChooseOne) and form.instance.pk:
                widget.known = getattr(form.instance, name)
            if not widget.is_hidden:
                widget.attrs.setdefault("aria-label", label)


def _to_have_no_row(form: Any) -> str:
    return "tick “Delete” in this row" if form.instance.pk else "leave the whole row empty"


def name_moments(form: forms.BaseForm) -> None:
    """A date and a time side by side share one label; each is told apart by a name."""
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.SplitDateTimeWidget):
            for part, widget in zip(PARTS, field.widget.widgets, strict=True):
                widget.attrs["aria-label"] = f"{form[name].label}: {part}"


def _inner(widget: forms.Widget) -> forms.Widget:
    """Django's frame around a choice shares its attributes between all forms; what is inside is
    each form's own."""
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget
