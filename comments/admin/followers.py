"""Who follows by mail: for administrators alone, to look somebody up who wrote to them, and to stop
the mails in their place."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ..following import follows
from ..models import Follower


@admin.register(Follower)
class FollowerAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Nobody is put on the list by hand: an address is its owner's to confirm."""

    list_display = ["email", "rhythm", "confirmed_at", "due_at", "error"]
    list_filter = ["rhythm", ("confirmed_at", admin.EmptyFieldListFilter)]
    search_fields = ["email"]
    search_help_text = "An e-mail address, or a part of one"
    ordering = ["-pk"]
    list_per_page = 50
    show_full_result_count = False
    fields = ["email", "rhythm", "asked_at", "confirmed_at", "due_at", "refused", "error"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Follower | None = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Follower) -> None:
        follows.stop(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Follower]) -> None:
        for follower in queryset:
            follows.stop(follower)
