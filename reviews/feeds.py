"""The RSS feeds, of all and of a section, a tag or a reviewer: whole articles, with their pictures'
credits.

RSS 2.0 (rssboard.org), with content:encoded for the text, dc:creator for each byline, each picture
as Media RSS 1.5.1 has it (rssboard.org/media-rss), and wfw:commentRss for the feed of its replies.
How many these are no entry says: with each of them every subscriber would fetch all of it again.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from io import StringIO
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape

from . import addresses, body, figures, former, replies, spoilers
from .addresses import whole
from .markup import text_of
from .models import Article, ArticleQuerySet, Image, Reviewer, Section, Tag, for_readers

LENGTH = 20  # articles; readers ask again long before so many are new
_NOT_XML = re.compile(  # XML 1.0, section 2.2
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)
Subject = Section | Tag | Reviewer
# A pull quote, which without styles would be a sentence that is said twice.
_SET_APART = ((body.PULL_QUOTE, "<blockquote>"), ("</aside>", "</blockquote>"))
_OWN_LINK = re.compile(r'href="(?=/(?!/))')


@dataclass(frozen=True)
class Channel:
    """The feed as a whole: what the masthead calls it, and where it stands."""

    title: str
    description: str
    root: str  # scheme and host
    about: "Subject | None" = None  # what all of its articles have, or whose they are


@dataclass(frozen=True)
class Entry:
    """One article, and where it stands."""

    article: Article
    root: str


@dataclass(frozen=True)
class Medium:
    """A picture that an entry shows, and what the entry says under it."""

    still: figures.Still
    image: Image
    caption: str


class Rss(Rss201rev2Feed):
    """RSS 2.0 that is written into memory and given to the answer whole: of the two thousand small
    pieces of a feed it would encode each by itself."""

    def write(self, outfile: Any, encoding: str) -> None:
        written = StringIO()
        super().write(written, encoding)
        outfile.write(written.getvalue())


class _FullTextRss(Rss):
    """RSS 2.0 with the whole text, every author and every picture."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
            "xmlns:wfw": "http://wellformedweb.org/CommentAPI/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for creator in item["creators"]:
            handler.addQuickElement("dc:creator", creator)
        handler.addQuickElement("comments", item["replies"])
        handler.addQuickElement("wfw:commentRss", item["feed_of_replies"])
        handler.addQuickElement("content:encoded", item["content"])
        for medium in item["media"]:
            _add_medium(handler, medium)


class ArticleFeed(Feed):  # type: ignore[type-arg]  # Django's takes no type at run time
    """The newest articles of every kind. Nine queries at most, however many."""

    feed_type = _FullTextRss
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        # The masthead belongs to the roof; templates know it, this module does not.
        said = render_to_string("reviews/feed_channel.txt", request=request)
        title, _, description = for_xml(said).strip().partition("\n")
        return Channel(title, description.strip(), settings.SITE_URL)

    def title(self, channel: Channel) -> str:
        return channel.title

    def description(self, channel: Channel) -> str:
        return channel.description

    def link(self, channel: Channel) -> str:
        about = channel.about
        return whole(about.get_absolute_url() if about else reverse("reviews:front"))

    def feed_url(self, channel: Channel) -> str:
        return whole(address(channel.about) if channel.about else reverse("reviews:feed"))

    def items(self, channel: Channel) -> list[Entry]:
        articles = _about(channel.about) if channel.about else for_readers.for_feed(LENGTH)
        return [Entry(article, channel.root) for article in articles]

    def item_title(self, entry: Entry) -> str:
        return for_xml(entry.article.headline)

    def item_description(self, entry: Entry) -> str:
        """As HTML, which readers take it for (rssboard.org/rss-profile, “description”)."""
        return for_xml(escape(entry.article.standfirst))

    def item_link(self, entry: Entry) -> str:
        return whole(entry.article.get_absolute_url())

    def item_guid(self, entry: Entry) -> str:
        return for_xml(entry.article.guid)

    def item_pubdate(self, entry: Entry) -> datetime | None:
        return entry.article.first_published_at

    def item_updateddate(self, entry: Entry) -> datetime | None:
        return entry.article.updated_at or entry.article.first_published_at

    def item_categories(self, entry: Entry) -> list[str]:
        article = entry.article
        tags = [tag.name for tag in article.tags.all()]
        people = [person.name for person in article.whom()]
        return [for_xml(name) for name in (article.section.name, *tags, *people)]

    def item_extra_kwargs(self, entry: Entry) -> dict[str, Any]:
        writers = [for_xml(reviewer.name) for reviewer in entry.article.writers()]
        text, media = _whole_text(entry)
        place, feed = map(whole, replies.of(entry.article))
        read = {"replies": place, "feed_of_replies": feed}
        return {"creators": writers, "content": for_xml(text), "media": media} | read


class SubjectFeed(ArticleFeed):
    """The newest of a section, a tag or a reviewer. Ten queries at most; a former address
    leads on."""

    def __init__(self, model: type[Subject]) -> None:
        self.model = model

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        slug = kwargs["slug"]
        subject = self.model._default_manager.filter(slug=slug).first()
        if subject is not None:
            return super().__call__(request, subject=subject)
        now: Subject | None = former.leads_to(self.model, slug)
        if now is None:
            raise Http404("No such feed.")
        return redirect(addresses.asked_on(address(now), request), permanent=True)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        channel, about = super().get_object(request), kwargs["subject"]
        return replace(channel, title=f"{for_xml(about.name)} · {channel.title}", about=about)


def address(about: Subject) -> str:
    """The path of the feed of its pieces."""
    return addresses.to(f"reviews:{about._meta.model_name}_feed", about.slug)


def _about(subject: Subject) -> list[Article]:
    """Which they are is asked by itself, as lists do: whole rows would be sorted."""
    keys = _pieces_of(subject).newest_first().values_list("pk", flat=True)[:LENGTH]
    found = Article.objects.filter(pk__in=[*keys]).newest_first()
    return [*found.for_feed()]


def _pieces_of(subject: Subject) -> ArticleQuerySet:
    published = Article.objects.published()
    if isinstance(subject, Section):
        return published.filter(section=subject)
    if isinstance(subject, Tag):
        return published.tagged(subject)
    return published.by(subject.slug)


def _whole_text(entry: Entry) -> tuple[str, list[Medium]]:
    """The article as HTML that stands alone, with absolute addresses and credits under pictures;
    and those pictures, each once."""
    article = entry.article
    media: dict[int, Medium] = {}

    def show(image: Image, caption: str) -> str:
        """`caption` is HTML, which the library's is not."""
        still = figures.still(image, root=entry.root)
        if still:
            plain = unescape(text_of(caption)) or image.caption
            media.setdefault(image.pk, Medium(still, image, plain))
        return figures.in_feed(image, caption or image.caption, entry.root)

    images = {image.pk: image for image in article.body_images.all()}
    lead = article.lead_image
    openly = body.without_spoilers(article.body, spoilers.left_out(article.get_absolute_url()))
    text: str = render_to_string(
        "reviews/feed_item.html",
        {
            "article": article,
            "lead": show(lead, "") if lead else "",
            "body": body.render(openly, images, show, language=article.language),
        },
    )
    for ours, everybodys in _SET_APART:
        text = text.replace(ours, everybodys)
    return _OWN_LINK.sub(f'href="{entry.root}', text), list(media.values())


def _add_medium(handler: Any, medium: Medium) -> None:
    still, image = medium.still, medium.image
    size = {"width": str(still.width), "height": str(still.height)}
    attributes = {"url": still.url, "type": still.type, "medium": "image", **size}
    plain = {"type": "plain"}
    said = [
        ("media:title", image.headline or image.alt_text, plain),
        ("media:description", medium.caption or image.alt_text, plain),
        ("media:credit", image.credit_line, {}),
        ("media:copyright", image.copyright_notice, {}),
    ]
    handler.startElement("media:content", attributes)
    for name, text, how in said:
        if text:
            handler.addQuickElement(name, for_xml(text), how)
    handler.endElement("media:content")


def for_xml(text: str) -> str:
    """The text without the characters that XML cannot carry, however they came in."""
    return _NOT_XML.sub("", text)
