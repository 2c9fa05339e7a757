"""A filter for lists with many possible values: one is chosen by typing, not from a long column."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest


class ChooseFilter(admin.SimpleListFilter):
    """Filters by one row of the table that `field` points at; one query when it is in use."""

    template = "admin/reviews/choose_filter.html"
    field: "ForeignKey[Any, Any]"

    def narrow(self, queryset: QuerySet[Any], row: Any) -> QuerySet[Any]:
        """The rows of the list that belong to the chosen row."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Nothing to list: the choice is searched for."""
        return []

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            self.row: Model | None = self._choice().clean(self.value())
        except ValidationError:
            self.row = None
            return queryset.none()
        return queryset if self.row is None else self.narrow(queryset, self.row)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """One “choice”: what the template needs for its form."""
        name = self.parameter_name or ""
        kept = changelist.params.items()
        chosen = [str(self.row.pk)] if self.row else []
        yield {
            "select": self._choice().widget.render(name, chosen, {"id": f"filter_{name}"}),
            "id": f"filter_{name}",
            "kept": [(key, value) for key, value in kept if key not in (name, PAGE_VAR)],
            "clear": changelist.get_query_string(remove=[name, PAGE_VAR]) if self.value() else "",
        }

    def _choice(self) -> "forms.ModelChoiceField[Any]":
        return forms.ModelChoiceField(
            self.field.remote_field.model._default_manager.all(),
            required=False,
            widget=AutocompleteSelect(self.field, admin.site),
        )
