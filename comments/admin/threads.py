"""Closing the replies to a piece, and opening them again, where the desk shows one piece's."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from reviews.models import Article
from reviews.numbers import key

from .. import closing
from ..desk import pieces, replies
from . import presses
from .filters import ArticleFilter

Policy = Article.CommentPolicy
LABELS = {
    Policy.CLOSED: "Close replies",
    Policy.USUAL: "Open again, by the rule of the whole site",
    Policy.CLOSES_AFTER: "Open again, by its own number of days",
    Policy.OPEN: "Open again, always",
}


def facts(request: HttpRequest) -> dict[str, Any]:
    """Of the piece to which the desk is narrowed, for its template: nothing where it is not. Three
    queries."""
    article = _piece(request.GET.get(ArticleFilter.parameter_name, ""))
    if article is None or not presses.may_moderate(request):
        return {}
    shown = closing.of(article)
    choices = [(policy.value, LABELS[policy]) for policy in replies.possible(article)]
    return {"piece": article, "closing": shown, "choices": choices, "said": replies.last(article)}


def say(request: HttpRequest) -> HttpResponse:
    """One press: the piece, its setting as the page had it, and the one it shall have."""
    user = presses.moderator(request)
    article = _piece(request.POST.get("piece", ""))
    if article is None:
        messages.warning(request, "Nothing was changed: this piece is not here any more.")
        return presses.back(request)
    article.comment_policy = request.POST.get("was", "")
    wanted = request.POST.get("policy", "")
    known = article.comment_policy in Policy and wanted in replies.possible(article)
    done = known and replies.say(article, Policy(wanted), by=user)
    article.refresh_from_db(fields=["comment_policy"])
    now = f"{article.headline}: {closing.of(article).sentence()}"
    if done:
        messages.success(request, now)
    else:
        messages.warning(request, f"Nothing was changed: a colleague was quicker. {now}")
    return presses.back(request)


def _piece(said: str) -> Article | None:
    """None that moderators do not know of. One query, where a piece is named."""
    number = key(said)
    return pieces.known().defer("body").filter(pk=number).first() if number else None
