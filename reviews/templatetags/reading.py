"""What the public templates say that Django's own tags do not."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reviews import figures, structured_data
from reviews.models import Article, Film, Image, Person
from reviews.whole_addresses import whole

register = template.Library()

PAGE_LANGUAGE = "en"
STAR_WIDTH = 24  # units of one star in _stars.html


@register.filter
def lang(tag: str) -> SafeString | str:
    """` lang="ko"`, with its leading space, when `tag` is not the page's own language."""
    if not tag or tag.partition("-")[0] == PAGE_LANGUAGE:
        return ""
    return format_html(' lang="{}"', tag)


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


register.simple_tag(whole, name="absolute")
