"""The buttons and actions that move an article: each calls one verb of publishing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from .. import publishing, readiness
from ..models import Article
from .article_form import with_link


@dataclass(frozen=True)
class Said:
    """What was typed beside a button: the moment to schedule for; a note to the writer, or why it
    is withdrawn."""

    at: datetime | None = None
    note: str = ""


NOTHING = Said()
Act = Callable[[Article, User, Said], None]

SAID_ONE_BY_ONE = 3  # of notes, of which more stand folded under their number; of what was done
_NOT_YET = {"schedule": "not scheduled yet. The moment that you chose stays under “Schedule…”."}
_FOLDED = (
    "<li><details><summary>The rights of {} pictures are not verified.</summary>"
    "<ul>{}</ul></details></li>"
)


@dataclass(frozen=True)
class Verb:
    """`name` is the button's name in the form, after an underscore; `done` what is then true of
    one piece, `all_done` of many."""

    name: str
    label: str
    done: str
    all_done: str
    act: Act
    editors_only: bool = True


def _schedule(article: Article, by: User, said: Said) -> None:
    if said.at is None:
        raise publishing.NotAllowed("Say when readers are to see it.")
    publishing.schedule(article, said.at, by=by)


VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "publish",
            "Save and publish",
            "is published",
            "are published",
            lambda article, by, _: publishing.publish(article, by=by),
        ),
        Verb("schedule", "Save and schedule", "is scheduled", "are scheduled", _schedule),
        Verb(
            "withdraw",
            "Withdraw",
            "is withdrawn: readers do not see it any more",
            "are withdrawn: readers do not see them any more",
            lambda article, by, said: publishing.withdraw(article, by=by, reason=said.note),
        ),
        Verb(
            "submit",
            "Save and submit to the editors",
            "is submitted to the editors",
            "are submitted to the editors",
            lambda article, by, _: publishing.submit(article, by=by),
            editors_only=False,
        ),
        Verb(
            "return_to_draft",
            "Return to draft",
            "is a draft again",
            "are drafts again",
            lambda article, by, said: publishing.return_to_draft(article, by=by, note=said.note),
            editors_only=False,
        ),
    )
}


def offered(article: Article | None, *, may_publish: bool) -> list[Verb]:
    """The buttons that make sense for an article (or a new one) and a user."""
    possible = publishing.possible(article or Article())
    beyond = {"submit"} if may_publish else {v.name for v in VERBS.values() if v.editors_only}
    return [verb for verb in VERBS.values() if verb.name in possible - beyond]


def carry_out(request: HttpRequest, verb: Verb, article: Article, said: Said = NOTHING) -> bool:
    """Do it, and tell the user why it could not be done; whether it was."""
    try:
        verb.act(article, cast(User, request.user), said)
    except publishing.NotReady as not_ready:
        messages.error(request, _not_ready(verb, article, not_ready.problems))
        return False
    except (publishing.NotAllowed, publishing.Conflict) as refusal:
        messages.error(request, f"{article.headline}: {refusal}")
        return False
    return True


def tell(request: HttpRequest, verb: Verb, articles: Sequence[Article]) -> None:
    """What is true now: of a few one by one, of many in one sentence."""
    if len(articles) > SAID_ONE_BY_ONE:
        when = _moment(verb, articles[0])
        messages.success(request, f"{len(articles)} pieces {verb.all_done}{when}.")
        return
    for article in articles:
        messages.success(request, f"{article.headline} {verb.done}{_moment(verb, article)}.")


def saved(article: Article, said: Said) -> str:
    """What is true after “Save”: whoever chose a moment may think that it is scheduled."""
    waits = said.at and not article.is_released()
    return f"is saved, but {_NOT_YET['schedule']}" if waits else "is saved."


def for_history(verb: Verb, article: Article, said: Said = NOTHING) -> str:
    """“Published.” or “Scheduled for 3 March 2026, 10:00.”"""
    done = f"{capfirst(verb.done.removeprefix('is '))}{_moment(verb, article)}."
    called = {"return_to_draft": "To its writer", "withdraw": "Why"}.get(verb.name, "")
    return f"{done} {called}: “{said.note}”" if called and said.note else done


def _moment(verb: Verb, article: Article) -> str:
    """“ for 3 March 2026, 10:00”, of what is scheduled."""
    at = article.publish_at
    if verb.name != "schedule" or at is None:
        return ""
    return f" for {timezone.localtime(at):%-d %B %Y, %H:%M}"


def _not_ready(verb: Verb, article: Article, problems: list[publishing.Problem]) -> SafeString:
    form = reverse(f"admin:reviews_{article._meta.model_name}_change", args=[article.pk])
    return format_html(
        "{} is saved, but {} <ul>{}</ul>",
        article.headline,
        f"still scheduled{_moment(verb, article)}."
        if verb.name == "schedule" and article.is_released()
        else _NOT_YET.get(verb.name, "not shown to readers yet."),
        format_html_join(
            "",
            '<li><a href="{}#{}">{}</a></li>',
            ((form, anchor(problem), problem.message) for problem in problems),
        ),
    )


def anchor(problem: publishing.Problem) -> str:
    """Where on the article's form a problem is mended."""
    is_list = problem.field in ("bylines", "covered_films")
    return f"{problem.field}-group" if is_list else f"id_{problem.field}"


def checklist(article: Article) -> SafeString:
    """All the problems of an article, or of one that is not written yet, as links to where they
    are mended; empty when it is ready."""
    found = (
        publishing.checklist(article)
        if article.pk
        else readiness.missing(article, bylines=0, images=[])
    )
    return format_html_join("", "<li{}>{}</li>", map(_line, found))


def _line(problem: publishing.Problem) -> tuple[str, str]:
    """A mark for checklist.js, which crosses off what is filled in, and the link."""
    if problem.image is not None:
        return format_html(' data-picture="{}"', problem.image.pk), with_link(problem)
    link = format_html('<a href="#{}">{}</a>', anchor(problem), problem.message)
    return (format_html(' data-empty="{}"', anchor(problem)) if problem.empty else ""), link


def notes(article: Article) -> SafeString:
    """What is worth knowing before publication, though it stands in nobody's way."""
    found = readiness.notes(article)
    items = _items(found)
    folded = items if len(found) <= SAID_ONE_BY_ONE else format_html(_FOLDED, len(found), items)
    return _items(readiness.of_lead(article)) + folded


def _items(found: Iterable[publishing.Problem]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((_line(problem)[1],) for problem in found))
