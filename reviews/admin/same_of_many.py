"""The lists' action that says the same of many rows at once."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize
from django.utils.text import get_text_list

from .mixin import Mixin
from .readable import UncutForm
from .ticked import ask

MOST_AT_ONCE = 100  # each is written by itself, and looked at before


class SameForm(UncutForm, forms.Form):
    """`for_all` is said of all; `if_none` of those that say nothing yet; `beside` is added to what
    they have."""

    for_all: ClassVar[tuple[str, ...]] = ()
    if_none: ClassVar[tuple[str, ...]] = ()
    beside: ClassVar[str]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Fill something in, or leave them as they are.")
        return cleaned

    def is_kept(self, row: Any, name: str) -> bool:
        """Whether a row says something already that stays."""
        return name in self.if_none and bool(getattr(row, name))

    def news_of(self, row: Any) -> dict[str, Any]:
        """The columns that change."""
        said = self.cleaned_data
        return {
            name: said[name]
            for name in (*self.for_all, *self.if_none)
            if said[name] and not self.is_kept(row, name) and said[name] != getattr(row, name)
        }


class SaysTheSame(Mixin):
    same_form: type[SameForm]
    same_called: str  # what one row is called

    def update_same(self, row: Any, news: dict[str, Any]) -> None:
        """Writes the columns of a row that is held."""
        raise NotImplementedError

    def shown_same(self, rows: list[Any]) -> Any:
        """The rows as list items."""
        raise NotImplementedError

    @admin.action(description="Set the same for all of them", permissions=["change"])
    def say_the_same(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        rows = list(queryset.order_by("pk")[: MOST_AT_ONCE + 1])
        if len(rows) > MOST_AT_ONCE:
            messages.error(request, f"Tick {MOST_AT_ONCE} {self.same_called}s at most.")
            return None
        form = self.same_form(request.POST if "say" in request.POST else None)
        if not form.is_valid():
            return self._ask_what(request, rows, form)
        with transaction.atomic():
            held = self.model._default_manager.select_for_update(no_key=True).order_by("pk")
            ticked = held.filter(pk__in=[row.pk for row in rows])
            changed = sum(self._say(request, form, row) for row in ticked)
        rest = len(rows) - changed
        also = f" {rest} had it already, or can be changed by an editor alone." if rest else ""
        number = f"{changed} {self.same_called}{pluralize(changed)}"
        messages.success(request, f"Set for {number}.{also}")
        return None

    def _say(self, request: HttpRequest, form: SameForm, row: Any) -> bool:
        """Whether anything of it changed."""
        if not self.has_change_permission(request, row):
            return False
        news, those = form.news_of(row), getattr(row, form.beside)
        added = set(form.cleaned_data[form.beside]) - set(those.all())
        if not news and not added:
            return False
        was = [_with_before(form, row, name) for name in news]
        those.add(*added)
        self.update_same(row, news)
        labels = [*was, *([str(form[form.beside].label)] if added else [])]
        self.log_change(request, row, f"Set for many at once: {get_text_list(labels, 'and')}.")
        return True

    def _ask_what(self, request: HttpRequest, rows: list[Any], form: SameForm) -> HttpResponse:
        number = f"{len(rows)} {self.same_called}{pluralize(len(rows))}"
        return ask(
            self,
            request,
            "admin/reviews/said_of_many.html",
            "Set the same for all of them",
            wrong=form.errors,
            form=form,
            keys=[row.pk for row in rows],
            shown=self.shown_same(rows),
            verb="say_the_same",
            button=f"Set it for {number}",
        )


def _with_before(form: SameForm, row: Any, name: str) -> str:
    """The label of a column, with what stood there."""
    said = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
    label = str(form[name].label)
    return f"{label} (before: {said})" if said else label
