"""Until when an article takes replies, and which rule says so: its own, or that of the whole site.

An article's own setting comes first. Where it has none, the number of days under Limits counts from
the moment it was first published; no number there means that replies never close.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews import dependencies
from reviews.models import Article

from .models import Limits

Policy = Article.CommentPolicy


@dataclass(frozen=True)
class Closing:
    """`at` is when replies close or closed; None where no date is set. `closed` says that they
    are over, which a piece that nobody can read yet is not. `days` are those of the rule in force,
    which is the whole site’s where `by_limits` says so."""

    open: bool
    closed: bool
    at: datetime | None = None
    days: int | None = None
    by_limits: bool = False

    def sentence(self) -> str:
        """What is so now and which rule makes it so, for editors."""
        return " ".join(filter(None, [self._state(), self._rule()]))

    def _state(self) -> str:
        if not (self.open or self.closed):
            return ""
        if self.at is None:
            return _("Replies are open.") if self.open else _("Replies are closed.")
        day = {"day": date_format(timezone.localtime(self.at), "DATE_FORMAT")}
        says = _("Replies close on %(day)s.") if self.open else _("Replies closed on %(day)s.")
        return says % day

    def _rule(self) -> str:
        if self.by_limits and self.days is None:
            return _("The rule of the whole site, under Limits: they never close.")
        if self.days is None:
            return _("This piece’s own setting.")
        after = ngettext("after %(days)d day", "after %(days)d days", self.days)
        rule = after % {"days": self.days}
        if self.by_limits:
            return _("The rule of the whole site, under Limits: %(rule)s.") % {"rule": rule}
        return _("This piece’s own setting: %(rule)s.") % {"rule": rule}


def of(article: Article, limits: Callable[[], Limits] | None = None) -> Closing:
    """Whether it takes replies now. One query where the rule of the whole site counts, unless who
    asks has the `limits`."""
    by_limits = article.comment_policy == Policy.USUAL
    days = {
        Policy.USUAL: (limits or _limits)().close_after_days if by_limits else None,
        Policy.CLOSES_AFTER: article.comments_close_after_days,
    }.get(Policy(article.comment_policy))
    first = article.first_published_at
    at = first + timedelta(days=days) if first and days is not None else None
    dependencies.changes_at(at)
    closed = article.comment_policy == Policy.CLOSED or (at is not None and at <= timezone.now())
    return Closing(article.is_live() and not closed, closed, at, days, by_limits)


def _limits() -> Limits:
    return dependencies.kept("limits", Limits.objects.current)
