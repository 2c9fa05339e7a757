"""What markup says of days and languages, each looked up once: pages say the same ones all day."""

from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from . import unchanging
from .filling import NOTHING, filled


def day(at: datetime | None) -> str:
    """The day of a moment, as the page's language writes it."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return _day(local.year, local.month, local.day)


def moment(at: datetime | None) -> str:
    """What a `<time>` says to programs: HTML knows no microseconds, which `date:"c"` writes."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def lang(tag: str) -> SafeString:
    """` lang="ko"`, with its leading space, when `tag` is not the page's own language."""
    return _lang(tag, get_language() or settings.LANGUAGE_CODE) if tag else NOTHING


@unchanging.in_each_language(most=4_000)  # ten years
def _day(year: int, month: int, day: int) -> str:
    return date_format(date(year, month, day))


@lru_cache(maxsize=500)
def _lang(tag: str, page: str) -> SafeString:
    return NOTHING if _language(tag) == _language(page) else filled(' lang="{}"', tag)


def _language(tag: str) -> str:
    """The language alone of a tag such as “en-GB”; a romanised title is not its language."""
    language, _, rest = tag.lower().partition("-")
    return f"{language}-latn" if "latn" in rest else language
