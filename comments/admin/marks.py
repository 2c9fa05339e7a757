"""What a moderator says of an approved comment without moving it: a pick, or that it stays."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from .. import picks, reports
from ..models import Comment

_MARK = re.compile(r"(pick|unpick|keep):([0-9]{1,18}):([0-9]{1,9})")
CHANGED = "Nothing was changed: a colleague was quicker, or the comment is no longer approved."


def mark(request: HttpRequest) -> HttpResponse:
    """One mark on one comment, as it was when the page was made; then its own page."""
    if not request.user.has_perm("comments.moderate_comment"):
        raise PermissionDenied
    found = _MARK.fullmatch(request.POST.get("mark", ""))
    if found is None:
        messages.warning(request, "Press one of the buttons at a comment.")
        return HttpResponseRedirect(reverse("admin:comments_comment_changelist"))
    comment = get_object_or_404(Comment, pk=int(found[2]))
    comment.version = int(found[3])
    done = _do(found[1], comment, request)
    messages.success(request, done) if done else messages.warning(request, CHANGED)
    return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[comment.pk]))


def _do(what: str, comment: Comment, request: HttpRequest) -> str:
    """What was done, in words, or “”."""
    match what:
        case "pick":
            made = picks.pick(comment, by=request.user)  # type: ignore[arg-type]
            return "Marked as an editors’ pick." if made else ""
        case "unpick":
            return "No longer an editors’ pick." if picks.unpick(comment) else ""
    number = reports.keep(comment) if comment.is_approved() else 0
    return f"The comment stays; reports settled: {number}." if comment.is_approved() else ""
