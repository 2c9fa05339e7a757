"""What the public templates say that Django's own tags do not."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, to_locale

from reviews import (
    addresses,
    cards,
    days,
    editions,
    facts,
    figures,
    memoised,
    months,
    open_graph,
    options,
    saying,
    shortened,
    sitemaps,
    structured_data,
)
from reviews.addresses import whole
from reviews.fast_html import NOTHING, filled
from reviews.hyphens import unbroken
from reviews.look import look
from reviews.models import Article, FestivalEdition, Film, Image, Person, Reviewer
from reviews.written_in import right_to_left

register = template.Library()

# Where a language that names no country is read, for sites that want one.
COUNTRIES = {"ko": "KR"}


register.filter(saying.lang)
register.filter(saying.moment)
register.filter(shortened.description)
register.filter(unbroken)
register.simple_tag(cards.stars)
register.simple_tag(cards.original)
register.simple_tag(cards.teasers)
register.simple_tag(sitemaps.lines, name="sitemap_lines")
register.simple_tag(months.listed, name="months")
register.simple_tag(editions.listed, name="editions")
register.simple_tag(options.listed, name="options")
register.simple_tag(days.span, name="days")
register.simple_tag(facts.facts)
register.simple_tag(facts.called)
register.simple_tag(facts.called_together)
register.simple_tag(facts.title)
register.simple_tag(facts.byline)
register.simple_tag(facts.films)
register.simple_tag(facts.names)
register.simple_tag(facts.tags)
register.simple_tag(facts.screened)


@register.simple_tag(takes_context=True)
def picture(
    context: template.Context, image: Image | None, place: str, caption: str = ""
) -> SafeString:
    """A figure with its credit; one that readers may not see only in an editor's preview."""
    return figures.figure(image, caption, place=place, preview=bool(context.get("preview")))


@register.simple_tag(takes_context=True)
def card(context: template.Context, article: Article, place: str, level: int = 3) -> SafeString:
    """An article in a list, loaded for_cards; `place` says how large (figures.PLACES)."""
    return cards.card(article, place, level, preview=bool(context.get("preview")))


@register.simple_tag(name="cards", takes_context=True)
def several_cards(
    context: template.Context,
    articles: Iterable[Article],
    *places: str,
    level: int = 3,
    of: FestivalEdition | None = None,
    given: cards.Given = cards.NONE,
) -> SafeString:
    """The cards of a list, each in its place, and in the last all that are left."""
    preview = bool(context.get("preview"))
    return cards.listed(articles, *places, level=level, preview=preview, of=of, given=given)


@register.simple_tag(takes_context=True)
def related_cards(context: template.Context, articles: Iterable[Article]) -> SafeString:
    """Articles to read next, loaded for_teasers."""
    return cards.related(articles, preview=bool(context.get("preview")))


@register.simple_tag(takes_context=True)
def apart(context: Any, part: str) -> SafeString:
    """The template that shows a part of this page which changes by itself; where the page is kept
    without it, the mark that it is put in place of (views/apart.py)."""
    mark: SafeString | None = context.get("mark")
    return mark or render_to_string(part, context.flatten())


@register.simple_tag(takes_context=True)
def described(context: template.Context, thing: Article | Film | Person | Reviewer) -> SafeString:
    """The JSON-LD of an article, a film, a person or a reviewer."""
    if isinstance(thing, Article):
        publisher = str(context["masthead"])
        told: Any = context.get("corrections", ())
        return structured_data.script(structured_data.for_article(thing, publisher, whole, told))
    if isinstance(thing, Film):
        coverage: Any = context.get("coverage", ())
        return structured_data.script(structured_data.for_film(thing, whole, coverage=coverage))
    if isinstance(thing, Reviewer):
        return structured_data.script(structured_data.for_profile(thing, whole))
    return structured_data.script(structured_data.for_person(thing, whole))


@register.simple_tag(takes_context=True)
def described_site(context: template.Context) -> SafeString:
    """The JSON-LD of the publication, for its front page."""
    masthead = context["masthead"]
    return structured_data.script(structured_data.for_site(masthead.name, masthead.tagline, whole))


@register.filter
def page_number(page: Any) -> str:
    """“, page 2” for the title of a list that is not on its first page."""
    if page.number == 1:
        return ""
    said = gettext("page %(number)s") % {"number": page.number}
    return f", {said}"


register.simple_tag(look)
register.simple_tag(memoised.rendered, name="memoised")
register.simple_tag(whole, name="absolute")
register.simple_tag(addresses.to, name="address")
register.simple_tag(open_graph.for_article, name="open_graph")
register.simple_tag(open_graph.picture, name="shared_picture")


@register.simple_tag(takes_context=True)
def header(context: template.Context) -> SafeString:
    """The name and the ways through the publication; of these the one that is being read is said
    to be."""
    masthead, path = context["masthead"], context.get("anywhere") or context["request"].path
    said = {"name": masthead.name, "tagline": masthead.tagline, "front": bool(context.get("front"))}
    elsewhere = memoised.rendered("includes/_header.html", **said)
    if f'href="{path}"' not in elsewhere:
        return elsewhere
    return memoised.rendered("includes/_header.html", **said, path=path)


@register.simple_tag(takes_context=True)
def footer(context: template.Context, address: str = "") -> SafeString:
    """What stands under every page; the `address` of one that is not private, for paper."""
    said = {"template": "includes/_footer.html", "name": context["masthead"].name}
    return memoised.around(address, **said) if address else memoised.rendered(**said)


@register.simple_tag(takes_context=True)
def here(context: template.Context, name: str) -> SafeString:
    """` aria-current="page"` when the address of that name is the `path`."""
    on_it = context.get("path") == reverse(name)
    return filled(' aria-current="{}"', "page") if on_it else NOTHING


@register.simple_tag
def locale() -> str:
    """The publication's language and country as other sites want it: “en_GB” (ogp.me)."""
    said = to_locale(_language())
    return f"{said}_{COUNTRIES[said]}" if said in COUNTRIES else said


@register.simple_tag
def page_language() -> SafeString:
    """`lang="ko"`: the publication's language as a tag of BCP 47; and `dir="rtl"`, where its lines
    begin at the right."""
    tag = to_locale(_language()).replace("_", "-")
    direction = filled(' dir="{}"', "rtl") if right_to_left(tag) else NOTHING
    return filled('lang="{}"{}', tag, direction)


@register.simple_tag
def arrow_back() -> str:
    """Against the direction of the lines: no browser turns an arrow round by itself."""
    return "→" if right_to_left(_language()) else "←"


@register.simple_tag
def arrow_on() -> str:
    return "←" if right_to_left(_language()) else "→"


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
