"""Many comments that are alike, decided in one act: “all from this address”, “all with this link”,
“all that read like spam”.

A first page says how many and shows some; the press there decides about exactly those it counted,
as they were then.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from reviews.numbers import key

from ..desk import acts, seen
from ..desk.acts import VERBS, Choice
from ..models import REASON_LIMIT, Comment, CommentQuerySet
from ..spam.classifier import SPAM_FROM
from . import presses, searching

MOST_AT_ONCE = 1_000  # some seconds of work on the smallest server; the next press takes the rest
SAMPLES = 10
SHORTEST_LINK = 4  # “a.io”; less would be in half of all comments
LONGEST_VALUE = 300
LEAST_LIKE_SPAM = int(100 * SPAM_FROM)


@dataclass(frozen=True)
class Likeness:
    """One way in which comments are alike: its sentence, those of some that are so, and what the
    act keeps of it where a value is not to be kept: words may be somebody's name."""

    sentence: str
    among: Callable[[CommentQuerySet, str], CommentQuerySet]
    shortest: int = 1
    kept: str = ""
    first: tuple[str, ...] = ("submitted_at", "pk")  # the order of those that are shown
    shown: str = "The oldest of them"


LIKENESSES = {
    "email": Likeness(
        "from the e-mail address {}",
        lambda rows, value: rows.under(value),
    ),
    "network": Likeness(
        "sent from the same network address on the same day as comment {}",
        lambda rows, value: rows.filter(
            address_hash__in=Comment.objects.filter(pk=key(value)).values("address_hash")
        ).exclude(address_hash=""),
    ),
    "link": Likeness(
        "with a link to {}",
        lambda rows, value: rows.filter(Q(text__icontains=value) | Q(author_url__icontains=value)),
        SHORTEST_LINK,
    ),
    "words": Likeness(
        "that a search for {} finds", searching.having, kept="all that a search found"
    ),
    "reading": Likeness(
        "that read like spam, {} of 100 or more",
        lambda rows, value: rows.filter(
            spam_probability__gte=min(max(key(value), LEAST_LIKE_SPAM), 100) / 100
        ),
        # Where one does not belong there, it is among these.
        first=("spam_probability", "submitted_at", "pk"),
        shown="Those that read least like it",
    ),
}


def page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """How many are alike and what some of them say; a press decides about those that wait."""
    user = presses.moderator(request)
    name, value = request.GET.get("by", ""), request.GET.get("value", "").strip()[:LONGEST_VALUE]
    likeness = LIKENESSES.get(name)
    if likeness is None or len(value) < likeness.shortest:
        messages.warning(request, "Choose an address or a link on a comment.")
        return HttpResponseRedirect(reverse("admin:comments_comment_changelist"))
    about = f"all {likeness.sentence.format(value)}"[:200]
    if request.method == "POST":
        chosen = _choices(request)
        if not chosen:
            messages.warning(request, "Choose what to do with them.")
            return HttpResponseRedirect(request.get_full_path())
        return presses.answer(
            request, acts.carry_out(chosen, by=user, about=likeness.kept or about)
        )
    alike = likeness.among(Comment.objects.filter(_states(request)), value)
    alike = alike.not_deleted().oldest_first()
    return _confirmation(request, site, alike, about, likeness)


def _confirmation(
    request: HttpRequest, site: AdminSite, alike: CommentQuerySet, about: str, likeness: Likeness
) -> HttpResponse:
    query, stay = presses.asked(request.GET.get("from", "")), key(request.GET.get("stay", ""))
    some = list(alike.with_reports_seen().only("version", "submitted_at")[: MOST_AT_ONCE + 1])
    context = site.each_context(request) | {
        "title": f"Decide about {about}",
        "about": about,
        "number": min(len(some), MOST_AT_ONCE),
        "more": len(some) > MOST_AT_ONCE,
        "samples": alike.order_by(*likeness.first).select_related("article")[:SAMPLES],
        "shown": likeness.shown,
        "seen": ",".join(map(seen.said, some[:MOST_AT_ONCE])),
        "also_approved": "also" in request.GET,
        "reason_limit": REASON_LIMIT,
        "query": query,
        "stay": stay or "",
        "back": presses.address(stay, query),
        "opts": Comment._meta,
    }
    return TemplateResponse(request, "admin/comments/comment/alike.html", context)


def _choices(request: HttpRequest) -> list[Choice]:
    verb = request.POST.get("verb", "")
    if verb not in VERBS:
        return []
    pages = seen.read(request.POST.get("seen", "").split(",")[:MOST_AT_ONCE])
    reason = request.POST.get("reason", "")
    return [Choice(comment, verb, reason) for comment in seen.comments(pages)]


def _states(request: HttpRequest) -> Q:
    """Those that wait; on demand also those that readers see."""
    states = [Comment.Status.PENDING]
    return Q(status__in=[*states, Comment.Status.APPROVED] if "also" in request.GET else states)
