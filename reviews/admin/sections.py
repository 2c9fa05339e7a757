"""Sections and tags."""

from contextlib import nullcontext
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse

from ..models import Section, Tag
from .deleting import SaysWhatGoes
from .in_order import after
from .meanwhile import NothingOverwritten
from .merging import Merges
from .released import EditorsChangeWhatIsSeen
from .slugs import LeadsOn, SlugForm


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
        whole = transaction.atomic() if request.method == "POST" else nullcontext()
        with whole:
            return super().changelist_view(request, *args, **kwargs)


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
