"""Choosing one row of many by typing: in forms, and as a filter of a list."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import Media, Script
from django.http import HttpRequest

NAMES: Any = Script("js/admin/names.js", type="module")


GONE = (
    "What was chosen here is not there any more: a colleague deleted it, or merged it into "
    "another. Choose again."
)


class _KnownOnly:
    """Draws no choice for what cannot be a key: Django's widget would ask the database for it and
    fail, where the field only has to say that the choice is not valid."""

    field: "ForeignKey[Any, Any]"

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        key = self.field.remote_field.model._meta.pk
        return super().optgroups(  # type: ignore[misc]
            name, [each for each in value if can_be(key, each)], attr
        )

    @property
    def media(self) -> Media:
        """With the script that names the box."""
        return super().media + Media(js=[NAMES])  # type: ignore[misc,no-any-return]


def can_be(key: Any, value: str) -> bool:
    """Whether the database may be asked for it: SQLite fails at a number that is too large."""
    try:
        key.clean(value, None)
    except ValidationError:
        return False
    return True


class ChooseOne(_KnownOnly, AutocompleteSelect):
    known: Model | None = None  # what was read already: not asked for once more to be drawn

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        groups = super().optgroups(name, [], attr)
        options, said = groups[0][1], self.choices.field.label_from_instance(self.known)
        options.append(self.create_option(name, value[0], said, True, len(options)))
        return groups


class ChooseSome(_KnownOnly, AutocompleteSelectMultiple):
    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Each can be taken out; a cross for all would stand in their list, and be none of it."""
        return super().build_attrs(*args, **kwargs) | {"data-allow-clear": "false"}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """With 0, which is no key, for what cannot be one."""
        sent = super().value_from_datadict(data, files, name)
        key = self.field.remote_field.model._meta.pk
        return [each if can_be(key, each) else "0" for each in sent or ()]


class Chooses:
    """For admins and inlines with `autocomplete_fields`."""

    admin_site: admin.AdminSite
    autocomplete_fields: ClassVar[Any]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Beside a choice stand “add” and “change”; deleting a film is not part of writing."""
        field = super().formfield_for_dbfield(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
        if db_field.name in self.autocomplete_fields and field:
            field.error_messages["invalid_choice"] = GONE
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = ChooseOne(db_field, self.admin_site)
        return super().formfield_for_foreignkey(  # type: ignore[misc]
            db_field, request, **kwargs
        )

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = ChooseSome(db_field, self.admin_site)
        return super().formfield_for_manytomany(  # type: ignore[misc]
            db_field, request, **kwargs
        )


class FormFilter(admin.SimpleListFilter):
    """A filter that is no list of links: a field, and a button beside it."""

    template = "admin/reviews/choose_filter.html"

    def rendered(self, name: str, attrs: dict[str, str]) -> str:
        """The field, with what is chosen."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Nothing to list."""
        return []

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """One “choice”: what the template needs for its form."""
        name = self.parameter_name or ""
        kept = changelist.params.items()
        yield {
            "select": self.rendered(name, {"id": f"filter_{name}"}),
            "id": f"filter_{name}",
            "kept": [(key, value) for key, value in kept if key not in (name, PAGE_VAR)],
            "clear": changelist.get_query_string(remove=[name, PAGE_VAR]) if self.value() else "",
        }


class ChooseFilter(FormFilter):
    """Filters by one row of the table that `field` points at; one query when it is in use."""

    field: "ForeignKey[Any, Any]"

    def narrow(self, queryset: QuerySet[Any], row: Any) -> QuerySet[Any]:
        """The rows of the list that belong to the chosen row."""
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            self.row: Model | None = self._choice().clean(self.value())
        except ValidationError:
            self.row = None
            return queryset.none()
        return queryset if self.row is None else self.narrow(queryset, self.row)

    def rendered(self, name: str, attrs: dict[str, str]) -> str:
        chosen = [str(self.row.pk)] if self.row else []
        field: str = self._choice().widget.render(name, chosen, attrs)
        return field

    def _choice(self) -> "forms.ModelChoiceField[Any]":
        return forms.ModelChoiceField(
            self.field.remote_field.model._default_manager.all(),
            required=False,
            widget=ChooseOne(self.field, admin.site),
        )
