"""What a press on the desk asks for, and what is said in answer: to a page or to its script."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse

from reviews.numbers import key

from ..desk import seen, told
from ..desk.acts import VERBS, Choice
from ..moderation import Conflict, Outcome

MOST_TOLD = 10  # conflicts in full; a page of the desk that came late makes 25 at most


def may_moderate(request: HttpRequest) -> bool:
    return request.user.has_perm("comments.moderate_comment")


def moderator(request: HttpRequest) -> User:
    """The user, who may moderate. Raises PermissionDenied."""
    if not may_moderate(request) or not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def choices(post: QueryDict) -> list[Choice]:
    """What was chosen for each comment: in its own group of buttons, or by one verb for all."""
    comments = seen.comments(seen.read(post.getlist("comment")))
    chosen = ((c, post.get(f"decision-{c.pk}", post.get("verb", ""))) for c in comments)
    return [
        Choice(comment, verb, post.get(f"reason-{comment.pk}") or post.get("reason", ""))
        for comment, verb in chosen
        if verb in VERBS
    ]


def answer(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """What became of a press: facts for the script, or sentences on the page it came from."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_facts(outcome))
    _tell(request, outcome)
    return back(request)


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the press came from."""
    stay, query = key(request.POST.get("stay", "")), asked(request.POST.get("query", ""))
    return HttpResponseRedirect(address(stay, query))


def address(stay: int, query: str) -> str:
    """A comment's own page, which knows the list it was opened from, or the list with its
    filters."""
    if stay:
        there = {"from": query} if query else None
        return reverse("admin:comments_comment_change", args=[stay], query=there)
    desk = reverse("admin:comments_comment_changelist")
    return f"{desk}?{query}" if query else desk


def asked(query: str) -> str:
    """What a page of the desk was asked for, from wherever that was carried."""
    return QueryDict(query).urlencode()


def _facts(outcome: Outcome) -> dict[str, object]:
    return {
        "done": [
            {
                "comment": decision.comment_id,
                "version": decision.version,
                "status": decision.to_status,
                "did": decision.did(),
                "act": seen.which(decision.act) if decision.act else None,
            }
            for decision in outcome.decisions
        ],
        "conflicts": [
            {"comment": conflict.comment.pk, "sentence": conflict.sentence}
            for conflict in outcome.conflicts
        ],
        "told": told.before(outcome.decisions),
    }


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    by_move: dict[str, list[str]] = {}
    for decision in outcome.decisions:
        by_move.setdefault(decision.did(), []).append(decision.comment.author_name)
    for did, names in by_move.items():
        one = f"{names[0]}’s comment was {did}."
        messages.success(request, one if len(names) == 1 else f"{len(names):,} comments {did}.")
    if others := told.before(outcome.decisions):
        messages.warning(request, others)
    _tell_conflicts(request, outcome.conflicts)
    if not outcome.decisions and not outcome.conflicts:
        messages.warning(request, "Nothing of it is left to undo.")


def _tell_conflicts(request: HttpRequest, conflicts: list[Conflict]) -> None:
    for conflict in conflicts[:MOST_TOLD]:
        messages.warning(request, conflict.sentence)
    if len(conflicts) > MOST_TOLD:
        more = len(conflicts) - MOST_TOLD
        messages.warning(request, f"{more:,} more had been changed by others, and were left.")
