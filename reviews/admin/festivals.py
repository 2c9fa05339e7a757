"""Festivals, their editions, and what they screened."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from .. import former
from ..models import Festival, FestivalEdition, Screening
from .choosing import Chooses
from .deleting import SaysWhatGoes
from .meanwhile import NothingOverwritten
from .naming import NamedCells
from .readable import ReadableForm
from .released import EditorsChangeWhatIsSeen
from .slugs import LeadsOn, SlugForm
from .unsaved import KeepsWhatIsTyped


class EditionInline(NamedCells, admin.TabularInline):  # type: ignore[type-arg]
    model = FestivalEdition
    form = ReadableForm
    fields = ["year", "starts_on", "ends_on", "city"]
    extra = 1
    show_change_link = True


@admin.register(Festival)
class FestivalAdmin(
    KeepsWhatIsTyped,
    NothingOverwritten,
    LeadsOn,
    SaysWhatGoes,
    admin.ModelAdmin,  # type: ignore[type-arg]
):
    form = SlugForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = ["name", "slug", "website"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [EditionInline]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        for row in formset.initial_forms:
            if row not in formset.deleted_forms:
                _lead_on(row)


class ScreeningInline(NamedCells, Chooses, admin.TabularInline):  # type: ignore[type-arg]
    model = Screening
    form = ReadableForm
    fields = ["film", "strand", "premiere_status"]
    autocomplete_fields = ["film"]
    extra = 1


@admin.register(FestivalEdition)
class FestivalEditionAdmin(
    KeepsWhatIsTyped,
    NothingOverwritten,
    SaysWhatGoes,
    Chooses,
    admin.ModelAdmin,  # type: ignore[type-arg]
):
    form = ReadableForm
    list_display = ["__str__", "starts_on", "ends_on", "city"]
    fields = ["festival", "year", "starts_on", "ends_on", "city"]
    autocomplete_fields = ["festival"]
    search_fields = ["festival__name", "year"]
    inlines = [ScreeningInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("festival")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change:
            _lead_on(form)


def _lead_on(form: Any) -> None:
    """Whoever has an edition's former address comes to where it is now."""
    if {"festival", "year"} & set(form.changed_data):
        edition: FestivalEdition = form.instance
        festival = form.initial.get("festival", edition.festival_id)
        former.edition_leads_on(festival, form.initial["year"], to=edition)


@admin.register(Screening)
class ScreeningAdmin(
    EditorsChangeWhatIsSeen,
    NothingOverwritten,
    SaysWhatGoes,
    Chooses,
    admin.ModelAdmin,  # type: ignore[type-arg]
):
    form = ReadableForm
    list_display = ["film", "edition", "strand", "premiere_status"]
    fields = ["film", "edition", "strand", "premiere_status"]
    autocomplete_fields = ["film", "edition"]
    search_fields = [
        *("film__title", "film__titles__text", "edition__festival__name", "edition__year")
    ]
    search_help_text = "Any title of the film, festival or year"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("film", "edition__festival")

    def is_released(self, row: Screening) -> bool:
        return row.reviews.released().exists()
