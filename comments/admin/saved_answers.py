"""The answers that moderators keep."""

from django.contrib import admin
from django.template.defaultfilters import truncatewords

from reviews.admin.meanwhile import NothingOverwritten

from ..models import SavedAnswer


@admin.register(SavedAnswer)
class SavedAnswerAdmin(NothingOverwritten, admin.ModelAdmin):  # type: ignore[type-arg]
    """Kept by whoever moderates."""

    fields = ["title", "text"]
    list_display = ["title", "begins"]
    search_fields = ["title", "text"]
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description="text")
    def begins(self, saved: SavedAnswer) -> str:
        return truncatewords(saved.text, 18)
