"""What is said of days, languages, ratings and several names. Each is looked up once: pages say the
same ones all day.

Which language and time zone a page is in costs more to ask than to look up what they say, so who
says much takes its `Tongue` once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from django.conf import settings
from django.utils import dateformat, timezone
from django.utils.formats import date_format, get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext

from . import written_in
from .fast_html import NOTHING, filled, joined
from .memoised import remembered

# Letters of Django's formats: where a time begins, and those that need the day or the second.
_TIME = re.compile("[aAfgGhHiPs]")
_OF_DAYS = frozenset("bcdDeEFIjlLmMnNoOrsStTuUwWyYzZ")


@dataclass(frozen=True)
class Tongue:
    """Of the language and the time zone that are in force where it is taken, and of no other."""

    language: str
    zone: tzinfo
    date: str  # a form of Django's for a moment, or for the day of one where `time` is one too
    time: str

    def day(self, at: datetime | None) -> str:
        """The day of a moment."""
        if at is None:
            return ""
        local = at.astimezone(self.zone)
        return _day(local.year, local.month, local.day, self.language)

    def moment(self, at: datetime | None) -> str:
        """What a `<time>` says to programs: HTML knows no microseconds, as `date:"c"` writes."""
        return at.astimezone(self.zone).isoformat(timespec="seconds") if at else ""

    def moment_and_minute(self, at: datetime) -> tuple[str, str]:
        """The same, and day and time of it."""
        local = at.astimezone(self.zone)
        moment = local.isoformat(timespec="seconds")
        if not self.time:
            return moment, dateformat.format(local, self.date)
        said = _in(self.date, local.year, local.month, local.day, self.language)
        return moment, f"{said}{_at(self.time, local.hour, local.minute, self.language)}"

    def lang(self, tag: str) -> SafeString:
        """` lang="ko"`, with its leading space, when `tag` is not the page's own language; and
        ` dir="rtl"`, when its lines begin on the other side."""
        return _lang(tag, self.language) if tag else NOTHING


def tongue() -> Tongue:
    language = _language()
    return Tongue(language, timezone.get_current_timezone(), *_day_and_time(language))


def moment(at: datetime | None) -> str:
    return tongue().moment(at)


def lang(tag: str) -> SafeString:
    return _lang(tag, _language()) if tag else NOTHING


def in_its_language(words: str, tag: str) -> str:
    """Words that may not be in the page's language, told apart where they are not."""
    attribute = lang(tag)
    return format_html("<span{}>{}</span>", attribute, words) if attribute else words


def stars(rating: int) -> str:
    """Half-stars as a list says them: “½ star”, “1 star”, “3½ stars”."""
    whole, half = divmod(rating, 2)
    number = f"{whole or ''}{'½' if half else ''}"
    # Translators: a rating; the number may have a half, such as 3½.
    said = ngettext("%(number)s star", "%(number)s stars", 1 if rating <= 2 else 2)
    return said % {"number": number}


def together(names: Sequence[str], tongue: Tongue) -> SafeString:
    """“A, B and C”; what is not safe is escaped."""
    if len(names) < 2:
        return joined("", names)
    return joined("", [joined(", ", names[:-1]), _and(tongue.language), names[-1]])


@remembered(most=5)
def _and(_language: str) -> SafeString:
    return filled(" {} ", pgettext("between two names", "and"))


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@remembered(most=4_000)  # ten years
def _day(year: int, month: int, day: int, _language: str) -> str:
    return date_format(date(year, month, day))


@remembered(most=5)
def _day_and_time(_language: str) -> tuple[str, str]:
    """DATETIME_FORMAT in two, where the time stands after the day; else it and nothing."""
    whole = get_format("DATETIME_FORMAT")
    found = _TIME.search(whole)
    if not found or "\\" in whole or set(whole[found.start() :]) & _OF_DAYS:
        return whole, ""
    return whole[: found.start()], whole[found.start() :]


@remembered(most=4_000)
def _in(form: str, year: int, month: int, day: int, _language: str) -> str:
    return dateformat.format(date(year, month, day), form)


@remembered(most=24 * 60)
def _at(form: str, hour: int, minute: int, _language: str) -> str:
    return dateformat.time_format(time(hour, minute), form)


@remembered(most=500)
def _lang(tag: str, page: str) -> SafeString:
    if _alone(tag) == _alone(page):
        return NOTHING
    direction = written_in.direction(tag, page)
    how = filled(' dir="{}"', direction) if direction else NOTHING
    return filled(' lang="{}"{}', tag, how)


def _alone(tag: str) -> str:
    """The language alone of a tag such as “en-GB”; a romanised title is not its language."""
    language, _, rest = tag.lower().partition("-")
    return f"{language}-latn" if "latn" in rest else language
