"""The answers that moderators keep."""

from django.contrib import admin
from django.template.defaultfilters import truncatewords

from reviews.admin.before import TellsWhatWasBefore
from reviews.admin.meanwhile import NothingOverwritten

from ..models import TEXT_LIMIT, SavedAnswer


@admin.register(SavedAnswer)
class SavedAnswerAdmin(TellsWhatWasBefore, NothingOverwritten, admin.ModelAdmin):  # type: ignore[type-arg]
    """Kept by whoever moderates."""

    fields = ["title", "text"]
    list_display = ["title", "begins"]
    search_fields = ["title", "text"]
    list_per_page = 50
    show_full_result_count = False
    most_told = TEXT_LIMIT  # no other place keeps the earlier words

    @admin.display(description="text")
    def begins(self, saved: SavedAnswer) -> str:
        return truncatewords(saved.text, 18)
