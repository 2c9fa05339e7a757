"""Deleting a piece: it leaves the desk's lists, and waits among the deleted ones for a while."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import DELETION, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import publishing
from ..models import WAITS, Article
from ..numbers import key
from .deleting import SaysWhatGoes, shortened

# Said of what readers see, or will: it has to be seen that they lose it.
WITHDRAWN_FIRST = (
    "Nothing was deleted: readers see {} or soon will. Withdraw it first; everything is kept then."
)
ROOM = "Deleted pieces"


def last_day() -> str:
    """Of what is deleted now: “27 December 2026”."""
    return f"{timezone.localtime(timezone.now() + WAITS):%-d %B %Y}"


def way_back(pk: int | None = None) -> SafeString:
    """To where it is brought back, or they are."""
    room = "admin:reviews_deletedarticle"
    address = reverse(f"{room}_change", args=[pk]) if pk else reverse(f"{room}_changelist")
    what = "it" if pk else "what was deleted"
    said = 'Until {} you can <a href="{}">bring {} back</a>.'
    return format_html(said, last_day(), address, what)


class PiecesCanBeBroughtBack(SaysWhatGoes):
    """For the desks of pieces: what is deleted there can be brought back in a room of its own."""

    delete_confirmation_template = "admin/reviews/delete_piece.html"
    delete_selected_confirmation_template = "admin/reviews/delete_pieces.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).not_deleted()  # type: ignore[attr-defined, no-any-return]

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What readers see, or will, is withdrawn before it can be deleted."""
        if obj is not None and obj.is_released():
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Nothing but the pieces goes, and what is theirs waits with them."""
        return shortened(map(str, objs)), {}, self.not_theirs_to_delete(objs, request), []

    def change_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        """Whoever follows a link to what was deleted comes to where it waits."""
        gone = Article.objects.deleted().filter(pk=key(object_id))
        if request.method == "GET" and gone.exists():
            return redirect("admin:reviews_deletedarticle_change", object_id)
        return super().change_view(request, object_id, *args)

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        article = self.get_object(request, object_id)
        if article and article.is_released() and self.has_delete_permission(request):
            messages.error(request, WITHDRAWN_FIRST.format(article.headline))
            return redirect(f"admin:reviews_{self.opts.model_name}_change", article.pk)
        try:
            return super().delete_view(request, object_id, {"last_day": last_day()})
        except publishing.Conflict as conflict:
            messages.error(request, f"Nothing was deleted. {conflict}")
            return redirect(f"admin:reviews_{self.opts.model_name}_change", object_id)

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        publishing.delete(obj, by=request.user)  # type: ignore[arg-type]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for article in queryset:
            self.delete_model(request, article)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Also told to a colleague who has it open."""
        said = f"Deleted for now: until {last_day()} it can be brought back, under “{ROOM}”."
        who: Any = request.user.pk
        return LogEntry.objects.log_actions(who, queryset, DELETION, change_message=said)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        response = super().response_delete(request, obj_display, obj_id)
        messages.info(request, way_back(obj_id))
        return response
