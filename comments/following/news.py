"""What is news to a follower, and when it is time to tell.

What somebody was told of stands in their own row. So nothing is told twice, however often it is
withdrawn and published again, and nothing is left out that came back after a mail.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

from reviews.models import Article, ArticleQuerySet

from ..models import Follower

# A week's mail may have to wait for its server for days, and an archive that is brought in is old.
NEWS_LASTS = timedelta(days=14)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Published = tuple[int, datetime]  # the key of a piece, and since when readers have it


def lately(now: datetime) -> list[Published]:
    """The published pieces that may be news to somebody, the newest first. One query."""
    found = Article.objects.published(now).filter(first_published_at__gt=now - NEWS_LASTS)
    rows = found.newest_first().values_list("pk", "first_published_at")
    return [(pk, at) for pk, at in rows if at]


def to(follower: Follower, published: list[Published]) -> list[int]:
    """The keys of those that are news to one follower, in the same order. No query."""
    since, told = follower.news_from, set(follower.told)
    return [pk for pk, at in published if since and at > since and pk not in told]


def still(keys: list[int], now: datetime) -> list[int]:
    """Those that could be news again, were they forgotten. One query."""
    young = Article.objects.filter(pk__in=keys, first_published_at__gt=now - NEWS_LASTS)
    return list(young.order_by("pk").values_list("pk", flat=True))


def rhythms() -> list[tuple[str, str]]:
    """How often one can be told, as forms and mails say it, with the day that is set."""
    weekly = gettext("Once a week, on %(day)s") % {"day": WEEKDAYS[_day()]}
    return [("daily", str(Follower.Rhythm.DAILY.label)), ("weekly", weekly)]


def said(rhythm: str) -> str:
    return dict(rhythms())[rhythm]


def next_time(rhythm: str, after: datetime) -> datetime:
    """The first morning of a rhythm after a moment, by the clocks of the site."""
    return next(at for at in _mornings(rhythm, after, step=1) if at > after)


def last_time(rhythm: str, before: datetime) -> datetime:
    """The last morning of a rhythm that is not after a moment."""
    return next(at for at in _mornings(rhythm, before, step=-1) if at <= before)


def in_the_next_mail(now: datetime) -> ArticleQuerySet:
    """What a follower who reads every morning will be told next, as far as it is known now."""
    since, until = last_time("daily", now), next_time("daily", now)
    coming = Article.objects.released().filter(publish_at__lte=until)
    return coming.filter(first_published_at__gt=since).newest_first()


def _mornings(rhythm: str, around: datetime, step: int) -> Iterator[datetime]:
    """Those of two weeks, from the day of a moment on, or back."""
    hour = time(settings.FOLLOWERS_HOUR, tzinfo=timezone.get_current_timezone())
    for days in range(14):
        day = timezone.localtime(around).date() + timedelta(days=step * days)
        if rhythm == "daily" or day.weekday() == _day():
            yield datetime.combine(day, hour).astimezone(UTC)


def _day() -> int:
    return DAYS.index(settings.FOLLOWERS_DAY)
