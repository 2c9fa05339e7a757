"""What markup says of days and languages, each looked up once: pages say the same ones all day."""

import re
from datetime import date, datetime, time
from functools import lru_cache

from django.conf import settings
from django.utils import dateformat, timezone
from django.utils.formats import date_format, get_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from . import unchanging
from .filling import NOTHING, filled

# Letters of Django's formats: where a time begins, and those that need the day
# or the second.
_TIME = re.compile("[aAfgGhHiPs]")
_OF_DAYS = frozenset("bcdDeEFIjlLmMnNoOrsStTuUwWyYzZ")


def day(at: datetime | None) -> str:
    """The day of a moment, as the page's language writes it."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return _day(local.year, local.month, local.day)


def minute(local: datetime) -> str:
    """Day and time of a moment in the page's time zone, as the page's language writes them."""
    day, time = _day_and_time()
    if not time:
        return dateformat.format(local, day)
    said = _in(day, local.year, local.month, local.day)
    return f"{said}{_at(time, local.hour, local.minute)}"


def moment(at: datetime | None) -> str:
    """What a `<time>` says to programs: HTML knows no microseconds, which `date:"c"` writes."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def lang(tag: str) -> SafeString:
    """` lang="ko"`, with its leading space, when `tag` is not the page's own language."""
    return _lang(tag, get_language() or settings.LANGUAGE_CODE) if tag else NOTHING


@unchanging.in_each_language(most=4_000)  # ten years
def _day(year: int, month: int, day: int) -> str:
    return date_format(date(year, month, day))


@unchanging.in_each_language(most=1)
def _day_and_time() -> tuple[str, str]:
    """DATETIME_FORMAT in two, where the time stands after the day; else it and nothing."""
    whole = get_format("DATETIME_FORMAT")
    found = _TIME.search(whole)
    if not found or "\\" in whole or set(whole[found.start() :]) & _OF_DAYS:
        return whole, ""
    return whole[: found.start()], whole[found.start() :]


@unchanging.in_each_language(most=4_000)
def _in(form: str, year: int, month: int, day: int) -> str:
    return dateformat.format(datetime(year, month, day), form)


@unchanging.in_each_language(most=24 * 60)
def _at(form: str, hour: int, minute: int) -> str:
    return dateformat.time_format(time(hour, minute), form)


@lru_cache(maxsize=500)
def _lang(tag: str, page: str) -> SafeString:
    return NOTHING if _language(tag) == _language(page) else filled(' lang="{}"', tag)


def _language(tag: str) -> str:
    """The language alone of a tag such as “en-GB”; a romanised title is not its language."""
    language, _, rest = tag.lower().partition("-")
    return f"{language}-latn" if "latn" in rest else language
