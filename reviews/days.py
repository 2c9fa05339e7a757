"""From one day to another, as a publication's language writes it: “4–19 November 2021”."""

from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from .fast_html import filled


def span(first: date, last: date | None = None) -> SafeString:
    """Both in `<time>`; what they share of month and year is said once. No line begins with “–”."""
    if last is None or last == first:
        return _day(first, "DATE_FORMAT")
    if (first.year, first.month) == (last.year, last.month):
        begins = pgettext("format of a first day, before the last of the same month", "j")
        ends = pgettext("format of a last day, after the first of the same month", "j F Y")
        return filled("{}–{}", _day(first, begins), _day(last, ends))
    begins, ends = "DATE_FORMAT", "DATE_FORMAT"
    if first.year == last.year:
        begins = pgettext("format of a first day, before the last of the same year", "j F")
        ends = pgettext("format of a last day, after the first of the same year", "j F Y")
    return filled("{}&nbsp;– {}", _day(first, begins), _day(last, ends))


def _day(day: date, form: str) -> SafeString:
    return filled('<time datetime="{}">{}</time>', day.isoformat(), date_format(day, form))
