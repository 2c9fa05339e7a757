"""Sections and tags."""

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import HttpRequest, HttpResponse, QueryDict

from ..models import Section, Tag
from .as_sent import key_in, rows_in
from .deleting import SaysWhatGoes
from .in_order import after
from .meanwhile import NothingOverwritten
from .merging import Merges
from .released import EditorsChangeWhatIsSeen
from .slugs import LeadsOn, SlugForm

LINES = "form"  # the prefix of what stands in a list; before what it was, there is another
LINE = re.compile(rf"(?P<before>(?:initial-)?{LINES}-)(?P<n>\d{{1,4}})(?P<after>-.+)")


class PositionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A line of the list. What was shown is sent along, so that only what its editor changed is
    saved, and nothing over what a colleague changed meanwhile."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields["position"]
        position.show_hidden_initial = True
        position.widget.attrs["aria-label"] = f"Position of {self.instance}"
        position.help_text = ""  # what is hidden may not be described by it; the column has a name

    def clean_position(self) -> int:
        position: int = self.cleaned_data["position"]
        now = Section.objects.select_for_update().values_list("position", flat=True)
        stored = now.get(pk=self.instance.pk)
        if self.has_changed() and self.data.get(self.add_initial_prefix("position")) != str(stored):
            raise ValidationError(f"A colleague has moved it to {stored} since you opened this.")
        return position


@admin.register(Section)
class SectionAdmin(NothingOverwritten, LeadsOn, SaysWhatGoes, admin.ModelAdmin):  # type: ignore[type-arg]
    form = SlugForm
    list_display = ["name", "position", "description"]
    list_editable = ["position"]
    fields = ["name", "slug", "description", "position"]
    prepopulated_fields = {"slug": ["name"]}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new one stands behind the others, until somebody says otherwise."""
        last = Section.objects.aggregate(last=Max("position"))["last"]
        return {"position": after(last)} | super().get_changeform_initial_data(request)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, form=PositionForm, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Rows that are compared stay as they are until they are saved."""
        if request.method != "POST":
            return super().changelist_view(request, *args, **kwargs)
        with transaction.atomic():
            if "_save" in request.POST:
                self._leave_out_what_is_gone(request)
            return super().changelist_view(request, *args, **kwargs)

    def _leave_out_what_is_gone(self, request: HttpRequest) -> None:
        """Of the lines that were sent, so that the others are saved."""
        there = {str(pk) for pk in Section.objects.select_for_update().values_list("pk", flat=True)}
        lines = rows_in(request.POST, LINES)
        kept = [n for n, line in lines.items() if key_in(line, "id") in there]
        if len(kept) == len(lines):
            return
        said = QueryDict(mutable=True)
        for name, values in request.POST.lists():
            line = LINE.fullmatch(name)
            if line is None:
                said.setlist(name, list(values))
            elif int(line["n"]) in kept:
                at = kept.index(int(line["n"]))
                said.setlist(f"{line['before']}{at}{line['after']}", list(values))
        for count in (TOTAL_FORM_COUNT, INITIAL_FORM_COUNT):
            said[f"{LINES}-{count}"] = str(len(kept))
        request.POST = said  # type: ignore[assignment]
        messages.warning(request, "A section of this list was deleted by a colleague.")


@admin.register(Tag)
class TagAdmin(
    EditorsChangeWhatIsSeen,
    NothingOverwritten,
    LeadsOn,
    SaysWhatGoes,
    Merges,
    admin.ModelAdmin,  # type: ignore[type-arg]
):
    form = SlugForm
    merging_counts = {"articles": "piece"}
    fields = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def is_released(self, row: Tag) -> bool:
        return row.articles.released().exists()
