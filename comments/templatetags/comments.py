"""What the pages of other apps show of comments."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from reviews import dependencies, memoised
from reviews.models import Article, written_once
from reviews.models.written_once import key, moment

from .. import closing, writers
from ..accounts import providers
from ..forms import CommentForm, Stamp
from ..models import Comment, Decision
from ..reading import latest, one_comment, pages, rendering, thread_html, threads
from ..spam import found

register = template.Library()
register.filter("found", found.lines)
register.filter("found_for_its_writer", found.for_its_writer)

LATEST = 4  # comments on the front page
LOOKED_AT = 50  # of the newest, to find those of different articles
SHOWN = (  # of each comment and its article
    *("text", "author_name", "author_email", "written_by", "article"),
    *("article__headline", "article__kind", "article__slug"),
)

DECIDED = {
    Comment.Status.PENDING: _("held for a moderator"),
    Comment.Status.APPROVED: _("approved"),
    Comment.Status.REJECTED: _("rejected"),
    Comment.Status.SPAM: _("set aside as spam"),
    Comment.Status.WITHDRAWN: _("withdrawn"),
}


@register.inclusion_tag("comments/_discussion.html", takes_context=True)
def discussion(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """The first page of the thread, and the reply form. Two queries, and the masthead's if
    the page has not read it.

    `own_comment` in the context is shown in its place, on its page, though it waits.
    """
    closes = closing.of(article)
    said: dict[str, object] = {"article": article, "closing": closes, "own_comment": None}
    own: Comment | None = context.get("own_comment")
    if own:
        written = _thread(said | {"own_comment": own, "replies": pages.with_own(own)})
    else:
        key = f"thread {article.pk} {article.get_absolute_url()} {closes.open}"
        written = dependencies.kept(key, lambda: _thread(said | {"replies": pages.read(article)}))
    return {
        "article": article,
        "closing": closes,
        "said": written,
        "fields": _fields(context.get("masthead")) if closes.open else "",
        "stamp": Stamp.made_now(article),
    }


@register.simple_tag
def latest_comments() -> SafeString:
    """The newest words of readers, for the front page: of each article the last, then others where
    few are talked about; spoilers left out. Two queries.
    """
    return dependencies.kept("latest comments", _latest)


def _latest() -> SafeString:
    newest = written_once.tuples("newest comments", _newest, {moment(): timezone.now()})
    last_of: dict[int, int] = {}
    for pk, article in newest:
        last_of.setdefault(article, pk)
    chosen_first = dict.fromkeys([*last_of.values(), *(pk for pk, _article in newest)])
    keys = written_once.several([*chosen_first][:LATEST])
    values = {key(number): pk for number, pk in enumerate(keys)}
    shape = ("latest comments", len(keys))
    chosen = written_once.rows(shape, lambda: _chosen(values), values) if keys else []
    return render_to_string("comments/_latest.html", {"said": latest.listed(chosen)})


def _newest() -> Any:
    live = Comment.objects.approved().on_live_articles(moment()).newest_first()
    return live.values_list("pk", "article")[:LOOKED_AT]


def _chosen(keys: Iterable[int]) -> QuerySet[Comment]:
    comments = Comment.objects.filter(pk__in=list(keys)).newest_first()
    return comments.select_related("article").only(*SHOWN)


def _thread(context: dict[str, object]) -> SafeString:
    return render_to_string("comments/_said.html", context)


def _fields(masthead: Any) -> SafeString:
    """The form's fields and what stands under them: the same on all pages, until the masthead says
    something else."""
    said = ("comment_notice", "comment_policy")
    words = ((name, getattr(masthead, name, "")) for name in said)
    return memoised.made(_empty_fields, tuple(providers.in_use()), *words)


def _empty_fields(accounts: tuple[str, ...], *said: tuple[str, str]) -> SafeString:
    context: dict[str, object] = {"form": CommentForm(article=Article()), "masthead": dict(said)}
    context["accounts"] = [one for slug, one in providers.in_use().items() if slug in accounts]
    return render_to_string("comments/_fields.html", context)


@register.simple_tag
def thread(
    places: Sequence[threads.Place], open_: bool, heading: int, own: Comment | None = None
) -> SafeString:
    """The places as lists inside lists; `heading` is the level of those at the top."""
    own, note = own or None, _note(own) if own else ""
    return thread_html.written(places, open=open_, own=own, note=note, heading=heading)


@register.simple_tag
def comment_text(comment: Comment) -> SafeString:
    """Its words as paragraphs."""
    return rendering.comment_html(comment.text)


@register.simple_tag
def comment_author(comment: Comment) -> SafeString:
    """Its author's name, linked to the website if one was given."""
    return rendering.author_html(comment)


@register.simple_tag
def quoted_comment(comment: Comment, label: str = "") -> SafeString:
    """One comment away from its thread, as what `label` says."""
    return one_comment.Pen().quoted(comment, label)


def _note(comment: Comment) -> SafeString:
    """What only its writer is told: how it stands, what is left to do, and where to change it.
    At most four queries."""
    address = "" if writers.why_closed(comment) else writers.yours_address(comment)
    said = {"comment": comment, "address": address, "deadline": writers.deadline(comment)}
    said["hears"] = writers.hears(comment)
    return render_to_string("comments/_writers_note.html", said)


@register.filter
def decided(decision: Decision) -> str:
    """What a decision did, in words for the comment's writer: “approved”."""
    return str(DECIDED[Comment.Status(decision.to_status)])
