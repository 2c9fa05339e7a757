"""The list's action for rows that are one: asks which stays, and says what will happen."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import DELETION, LogEntry
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize
from django.utils.html import format_html, format_html_join

from ..merging import merge
from ..models import Credit
from .deleting import shortened
from .mixin import Mixin
from .once_more import behind_the_other
from .ticked import ask

MOST_AT_ONCE = 10  # as many as anybody compares by eye


def _of_another(row: Any) -> str:
    """What hangs between two is told by both."""
    return f"{row} ({row.film})" if isinstance(row, Credit) else str(row)


class StaysField(forms.ModelChoiceField):  # type: ignore[type-arg]
    counted: Mapping[str, str]

    def label_from_instance(self, row: Any) -> str:
        counts = [(getattr(row, f"count_of_{name}"), one) for name, one in self.counted.items()]
        said = ((count, one, pluralize(count)) for count, one in counts)
        return format_html(
            "{} · <code>{}</code> · {}",
            row,
            row.get_absolute_url(),
            format_html_join(", ", "{} {}{}", said),
        )


class WhichStays(forms.Form):
    stays = StaysField(
        None,
        label="Which one stays?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose which one stays."},
    )

    def __init__(self, rows: QuerySet[Any], counted: Mapping[str, str], data: Any = None) -> None:
        super().__init__(data)
        stays: Any = self.fields["stays"]
        stays.counted, stays.queryset = counted, rows


class Merges(Mixin):
    """`merging_counts`: what each row is told apart by, relation → one of it."""

    merging_counts: ClassVar[Mapping[str, str]]
    actions = ["merge"]

    @admin.action(description="Merge into one", permissions=["delete"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        ticked = len(queryset.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if not 2 <= ticked <= MOST_AT_ONCE:
            plural = self.opts.verbose_name_plural
            messages.error(request, f"Tick two {plural} or more, {MOST_AT_ONCE} at most.")
            return None
        counts = {f"count_of_{n}": Count(n, distinct=True) for n in self.merging_counts}
        rows = queryset.annotate(**counts).order_by("pk")
        data = request.POST if "merge" in request.POST else None
        form = WhichStays(rows, self.merging_counts, data)
        if not form.is_valid():
            title = f"Merge into one {self.opts.verbose_name}?"
            page, shown = "admin/reviews/merge.html", {"rows": rows, "form": form}
            return ask(self, request, page, title, wrong=form.errors, **shown)
        stays = form.cleaned_data["stays"]
        for row in rows:
            if row.pk != stays.pk:
                self._merge(request, row, stays)
        return None

    def _merge(self, request: HttpRequest, row: Any, stays: Any) -> None:
        address = row.get_absolute_url()
        who: Any = request.user.pk
        history = f"Merged with {row}, whose address {address} leads here. {self._had(row)}".strip()

        def together() -> None:
            with transaction.atomic():  # not without a line in the history
                merge(row, into=stays)
                LogEntry.objects.log_actions(who, [row], DELETION, f"It was merged into {stays}.")
                self.log_change(request, stays, history)

        try:
            behind_the_other(together)
        except self.model.DoesNotExist:
            messages.warning(request, f"{row} was gone already: a colleague was first.")
            return
        messages.success(request, f"{row} ({address}) is merged into {stays}.")

    def _had(self, row: Any) -> str:
        """By name, as it cannot be undone: whoever has to take them apart again reads it here."""
        found = {one: getattr(row, name).all() for name, one in self.merging_counts.items()}
        said = {one: "; ".join(shortened(rows, said=_of_another)) for one, rows in found.items()}
        return " ".join(f"Its {one}s: {names}." for one, names in said.items() if names)
