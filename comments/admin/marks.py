"""What a moderator says of a comment, or does to it, without moving it: a pick, that it stays, that
its earlier words go."""

import re

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from .. import reports
from ..desk import picks, seen, writing
from ..models import Comment, Report
from . import presses

_MARK = re.compile(r"(pick|unpick|keep|forget):(.+)")
CHANGED = "Nothing was changed: a colleague was quicker, or the comment is no longer approved."
GONE = "Nothing was changed: the comment was deleted after this page was made."
FORGOTTEN = "What the comment said before is gone for good."


def mark(request: HttpRequest) -> HttpResponse:
    """One mark on one comment, as it was when the page was made; then that page again."""
    user = presses.moderator(request)
    found = _MARK.fullmatch(request.POST.get("mark", ""))
    (comment,) = seen.comments(seen.read([found[2]] if found else [])) or (None,)
    if found is None or comment is None:
        messages.warning(request, "Press one of the buttons at a comment.")
        return presses.back(request)
    if comment.version == seen.GONE:
        messages.warning(request, GONE)
        return presses.back(request)
    done = _do(found[1], comment, user)
    messages.success(request, done) if done else messages.warning(request, CHANGED)
    return presses.back(request)


def _do(what: str, comment: Comment, by: User) -> str:
    """What was done, in words, or “”."""
    match what:
        case "pick":
            return "Marked as an editors’ pick." if picks.pick(comment, by=by) else ""
        case "unpick":
            return "No longer an editors’ pick." if picks.unpick(comment, by=by) else ""
        case "forget":
            return FORGOTTEN if writing.forget(comment, by=by) else ""
    return _keep(comment, by) if comment.is_approved() else ""


def _keep(comment: Comment, by: User) -> str:
    number = reports.keep(comment, by=by)
    later = Report.objects.open().filter(comment=comment).count()
    if not number and not later:
        return ""
    still = f" Came after this page was made, and still open: {later}." if later else ""
    return f"{comment.author_name}’s comment stays; reports settled: {number}.{still}"
