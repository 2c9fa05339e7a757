"""Sections and tags."""

from django.contrib import admin

from ..models import Section, Tag
from .merging import Merges
from .slugs import SlugForm


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = SlugForm
    list_display = ["name", "position", "description"]
    list_editable = ["position"]
    fields = ["name", "slug", "description", "position"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Tag)
class TagAdmin(Merges, admin.ModelAdmin):  # type: ignore[type-arg]
    form = SlugForm
    merging_counts = {"articles": "piece"}
    fields = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
