"""The moderators' desk: the queue with everything in sight, and one press for a decision."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from .. import moderation
from ..models import REASON_LIMIT, Comment, CommentQuerySet, Decision
from .filters import ArticleFilter, SectionFilter, StatusFilter

Verb = Callable[..., moderation.Outcome]

VERBS: dict[str, Verb] = {
    "approve": moderation.approve,
    "reject": moderation.reject,
    "spam": moderation.mark_spam,
    "hold": moderation.hold,
}
RECENT = timedelta(hours=1)  # how long the desk offers to undo what you just did
MOST_RECENT = 5
_CHOICE = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")


class Pages(Paginator):  # type: ignore[type-arg]
    """A page past the end is the last page: the queue gets shorter while it is worked off."""

    def validate_number(self, number: int | float | str) -> int:
        return super().validate_number(min(int(number), self.num_pages))


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Comments are decided about here, never added, rewritten or deleted."""

    list_per_page = list_max_show_all = 25
    list_filter = (StatusFilter, ArticleFilter, SectionFilter)
    search_fields = ("text", "author_name", "author_email", "author_url", "article__headline")
    search_help_text = "Words in the comment, its author, their e-mail or website, the headline."
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = Pages
    actions = None
    fields = readonly_fields = ("text",)  # no form: its own template shows a comment

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    def get_queryset(self, request: HttpRequest) -> CommentQuerySet:
        return Comment.objects.for_desk()

    def get_ordering(self, request: HttpRequest) -> tuple[str, str]:
        """Who waits longest comes first; what is decided is looked up newest first."""
        queue = request.GET.get(StatusFilter.parameter_name, "pending") == "pending"
        return ("submitted_at", "pk") if queue else ("-submitted_at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("decide/", wrap(require_POST(self.decide)), name="comments_comment_decide"),
            path("undo/", wrap(require_POST(self.undo)), name="comments_comment_undo"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # “Choose all” is a link, so that it works without script; the list itself knows it not.
        query = request.GET.copy()
        ticked = bool(query.pop("ticked", []))
        request.GET = query  # type: ignore[assignment]
        mine = _undoable(request) if _may_moderate(request) else []
        context = {"mine": mine, "title": "Comments", "ticked": ticked} | _desk_context(request)
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"stay": object_id, "title": "Comment"} | _desk_context(request)
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def decide(self, request: HttpRequest) -> HttpResponse:
        """One verb over the comments that were chosen, each as it was when the page was made."""
        _require_moderator(request)
        verb = VERBS.get(request.POST.get("verb", ""))
        seen = _as_seen(request.POST.getlist("comment"))
        if verb is None or not seen:
            messages.warning(request, "Choose at least one comment, and what to do with it.")
        else:
            _tell(request, verb(seen, by=request.user, reason=request.POST.get("reason", "")))
        return _back(request)

    def undo(self, request: HttpRequest) -> HttpResponse:
        """Take a decision back, if nothing happened to the comment since."""
        _require_moderator(request)
        number = request.POST.get("decision", "")[:18]
        decisions = Decision.objects.select_related("comment__article")
        decision = get_object_or_404(decisions, pk=number if number.isdecimal() else 0)
        _tell(request, moderation.undo(decision, by=request.user))  # type: ignore[arg-type]
        return _back(request)


def _may_moderate(request: HttpRequest) -> bool:
    return request.user.has_perm("comments.moderate_comment")


def _require_moderator(request: HttpRequest) -> None:
    if not _may_moderate(request):
        raise PermissionDenied


def _desk_context(request: HttpRequest) -> dict[str, Any]:
    return {
        "may_moderate": _may_moderate(request),
        "reason_limit": REASON_LIMIT,
        "query": request.GET.urlencode(),
    }


def _as_seen(chosen: list[str]) -> list[Comment]:
    """The comments of “key:version” values, oldest first, each with the version that was seen."""
    pairs = [match.groups() for match in map(_CHOICE.fullmatch, chosen) if match]
    versions = {int(pk): int(version) for pk, version in pairs}
    comments = Comment.objects.select_related("article").filter(pk__in=versions).oldest_first()
    for comment in comments:
        comment.version = versions[comment.pk]
    return list(comments)


def _undoable(request: HttpRequest) -> list[Decision]:
    """The moderator's own last decisions that nothing has happened to since. One query."""
    recent = Decision.objects.filter(by=request.user.pk, made_at__gte=timezone.now() - RECENT)
    newest = recent.select_related("comment__article", "by").order_by("-pk")[: 2 * MOST_RECENT]
    return [d for d in newest if d.can_be_undone() and d.version == d.comment.version][:MOST_RECENT]


def _tell(request: HttpRequest, outcome: moderation.Outcome) -> None:
    if outcome.decisions:
        did, number = outcome.decisions[0].did(), len(outcome.decisions)
        name = f"{outcome.done[0].author_name}'s comment was"
        messages.success(request, f"{name} {did}." if number == 1 else f"{number} comments {did}.")
    for conflict in outcome.conflicts:
        messages.warning(request, conflict.sentence)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the press came from: a comment's own, or the list with its filters."""
    stay = request.POST.get("stay", "")[:18]
    if stay.isdecimal():
        return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[stay]))
    query = QueryDict(request.POST.get("query", "")).urlencode()
    desk = reverse("admin:comments_comment_changelist")
    return HttpResponseRedirect(f"{desk}?{query}" if query else desk)
