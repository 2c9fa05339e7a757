"""What the public templates say that Django's own tags do not."""

from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, to_locale

from reviews import figures, structured_data
from reviews.look import look
from reviews.models import Article, Film, Image, Person
from reviews.whole_addresses import whole

register = template.Library()

STAR_WIDTH = 24  # units of one star in _stars.html

# Where a language that names no country is read, for sites that want one.
COUNTRIES = {"ko": "KR"}


@register.filter
def lang(tag: str) -> SafeString | str:
    """` lang="ko"`, with its leading space, when `tag` is not the page's own language."""
    if not tag or _language(tag) == _language(get_language() or settings.LANGUAGE_CODE):
        return ""
    return format_html(' lang="{}"', tag)


@register.filter(expects_localtime=True)
def moment(at: datetime | None) -> str:
    """What a `<time>` says to programs: HTML knows no microseconds, which `date:"c"` writes."""
    return at.isoformat(timespec="seconds") if at else ""


@register.inclusion_tag("reviews/_stars.html")
def stars(rating: int | None) -> dict[str, object]:
    """The drawn stars of a rating in half-stars, hidden from screen readers."""
    return {"rating": rating, "width": (rating or 0) * STAR_WIDTH // 2}


@register.simple_tag(takes_context=True)
def picture(
    context: template.Context, image: Image | None, place: str, caption: str = ""
) -> SafeString:
    """A figure with its credit; one that readers may not see only in an editor's preview."""
    return figures.figure(image, caption, place=place, preview=bool(context.get("preview")))


@register.simple_tag(takes_context=True)
def apart(context: Any, part: str) -> SafeString:
    """The template that shows a part of this page which changes by itself; where the page is kept
    without it, the mark that it is put in place of (views/apart.py)."""
    mark: SafeString | None = context.get("mark")
    return mark or render_to_string(part, context.flatten())


@register.simple_tag
def shared(image: Image | None) -> figures.Still | None:
    """What other sites show of a picture beside a link, at its whole address."""
    return figures.still(image, figures.SHARED_WIDTH, crop="16x9", root=settings.SITE_URL)


@register.simple_tag(takes_context=True)
def described(context: template.Context, thing: Article | Film | Person) -> SafeString:
    """The JSON-LD of an article, a film or a person."""
    if isinstance(thing, Article):
        publisher = str(context["masthead"])
        return structured_data.script(structured_data.for_article(thing, publisher, whole))
    if isinstance(thing, Film):
        return structured_data.script(structured_data.for_film(thing, whole))
    return structured_data.script(structured_data.for_person(thing, whole))


register.simple_tag(look)
register.simple_tag(whole, name="absolute")


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], name: str) -> SafeString | str:
    """` aria-current="page"` when the address of that name is the page being read."""
    on_it = context["request"].path == reverse(name)
    return format_html(' aria-current="{}"', "page") if on_it else ""


@register.simple_tag
def locale() -> str:
    """The publication's language and country as other sites want it: “en_GB” (ogp.me)."""
    said = to_locale(get_language() or settings.LANGUAGE_CODE)
    return f"{said}_{COUNTRIES[said]}" if said in COUNTRIES else said


@register.simple_tag
def page_language() -> str:
    """The publication's language as a tag of BCP 47, such as “en-GB” or “ko”."""
    return to_locale(get_language() or settings.LANGUAGE_CODE).replace("_", "-")


def _language(tag: str) -> str:
    """The language alone of a tag such as “en-GB”; a romanised title is not its language."""
    language, _, rest = tag.lower().partition("-")
    return f"{language}-latn" if "latn" in rest else language
