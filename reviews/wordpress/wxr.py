"""A publication as WordPress eXtended RSS 1.2, the exchange format of WordPress and of what imports
from it (wp-admin/includes/export.php there). What `reading` reads, this writes.

What WordPress has no field for stands in the text where readers see it, and as a custom field: the
film and how it was seen, the verdict, corrections, credits. Bodies are HTML without blocks, which
its editor makes into blocks.
"""

import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.db.models import Min
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .. import body, saying
from ..addresses import whole
from ..models import Article, Byline, Image, Reviewer, Section, Tag, for_readers
from . import blocks, elements, kinds, ratings
from .bodies import CREDIT
from .elements import FOOT, HEAD, element, moments
from .reading import CREDITS, DECORATIVE

# Where files lie until WordPress has copied them. In uploads/ itself the copy would be still-1.jpg,
# and the name of the file, which this begins with, be replaced in every text once more.
FILES = "wp-content/files/"
LONGEST_GUID = 255  # characters that WordPress has for one; a piece with more it takes not at all
SUMMARY = "Spoiler"
WIDEST = 10_000  # pixels: wider than any that readers get
KINDS = {kind: names[0].capitalize() for kind, names in kinds.USUAL.items()}  # as it is read
STATUSES = {
    Article.Status.DRAFT: "draft",
    Article.Status.SUBMITTED: "pending",
    Article.Status.WITHDRAWN: "private",
}


class Export:
    """Written piece by piece into `out`. `media`: a folder that gets the files of pictures as they
    came, which are then said to be under wp-content/files; without it they are said to be where
    readers get them here."""

    def __init__(self, out: IO[str], media: Path | None) -> None:
        self.out, self.media = out, media
        self.now = timezone.now()
        self.categories = _categories()
        self.lost: list[str] = []  # names of pictures whose files are not there
        self.held: list[str] = []  # of those that readers may not see now

    def begin(self, title: str, description: str) -> None:
        site = settings.SITE_URL
        self.out.write(HEAD)
        self.out.write(element("title", title) + f"<link>{escape(site)}</link>\n")
        self.out.write(element("description", description))
        self.out.write(f"<language>{settings.LANGUAGE_CODE}</language>\n")
        self.out.write("<wp:wxr_version>1.2</wp:wxr_version>\n")
        for name in ("wp:base_site_url", "wp:base_blog_url"):
            self.out.write(f"<{name}>{escape(site)}</{name}>\n")
        for reviewer in Reviewer.objects.order_by("pk"):
            self.out.write(elements.author(reviewer))
        for number, (name, slug) in enumerate(self.categories.items(), 1):
            self.out.write(elements.category(number, slug, name))
        for number, tag in enumerate(Tag.objects.order_by("pk"), len(self.categories) + 1):
            self.out.write(elements.tag(number, tag))

    def end(self) -> None:
        self.out.write(FOOT)

    def pictures(self) -> Iterator[None]:
        """One attachment after the other. Those that were withdrawn stay here, and so do those
        under embargo or whose time ended: there everybody would see them."""
        every = Image.objects.exclude(rights_status=Image.Rights.WITHDRAWN).order_by("pk")
        for image in every.iterator(500):
            if not image.is_free(self.now):
                self.held.append(image.file.name)
            elif address := self._address(image):
                self.out.write(self._attachment(image, address))
            yield

    def page(self, number: int, title: str, slug: str, words: str) -> None:
        """What WordPress has as pages: plain words, in paragraphs; none without words. They have no
        day of their own, and one that every export says is that on which all began."""
        if not words.strip():
            return
        said = element("title", title) + f"<link>{escape(settings.SITE_URL)}/{slug}/</link>\n"
        at = Article.objects.aggregate(at=Min("created_at"))["at"] or self.now
        said += elements.came(at)
        said += self._words(linebreaks(words, autoescape=True), "")
        said += self._of_a_row(2 * number, "page", "publish", slug, at)
        self.out.write(f"<item>\n{said}</item>\n")

    def article(self, article: Article, replies: Iterable[str]) -> None:
        at = article.publish_at or article.first_published_at
        status = STATUSES.get(Article.Status(article.status)) or (
            "future" if at and at > self.now else "publish"
        )
        bylines = list(article.bylines.all())
        writers = [line.reviewer for line in bylines if line.role != Byline.Role.PHOTOGRAPHS]
        self.out.write("<item>\n" + element("title", escape(article.headline, quote=False)))
        self.out.write(f"<link>{escape(whole(article.get_absolute_url()))}</link>\n")
        self.out.write(elements.came(at))
        self.out.write(element("dc:creator", elements.login(writers[0]) if writers else ""))
        if len(article.guid) <= LONGEST_GUID:
            self.out.write(f'<guid isPermaLink="false">{escape(article.guid)}</guid>\n')
        self.out.write(self._words(self._text(article), escape(article.standfirst, quote=False)))
        self.out.write(
            self._of_a_row(
                2 * article.pk,
                "post",
                status,
                article.slug,
                at or article.created_at,
                is_set=at is not None,
                corrected=article.updated_at,
                closed=article.comment_policy == Article.CommentPolicy.CLOSED,
            )
        )
        for reviewer in writers:
            self.out.write(
                elements.term("author", f"cap-{elements.login(reviewer)}", reviewer.name)
            )
        for name in (KINDS[article.kind], article.section.name):
            self.out.write(elements.term("category", self.categories[name], name))
        for tag in article.tags.all():
            self.out.write(elements.term("post_tag", tag.slug, tag.name))
        if article.film and article.film.year:
            name = f"{article.film.title} ({article.film.year})"
            self.out.write(elements.term("post_tag", article.film.slug, name))
        for key, value in self._meta(article):
            self.out.write(elements.postmeta(key, value))
        for reply in replies:
            self.out.write(reply)
        self.out.write("</item>\n")

    def _words(self, content: str, excerpt: str) -> str:
        return element("content:encoded", content) + element("excerpt:encoded", excerpt)

    def _of_a_row(
        self,
        number: int,
        kind: str,
        status: str,
        slug: str,
        at: datetime,
        *,
        is_set: bool = True,
        corrected: datetime | None = None,
        closed: bool = True,
    ) -> str:
        return (
            f"<wp:post_id>{number}</wp:post_id>\n"
            + moments("wp:post_date", at, is_set=is_set)
            + moments("wp:post_modified", corrected or at, is_set=is_set)
            + element("wp:comment_status", "closed" if closed else "open")
            + element("wp:ping_status", "closed")
            + element("wp:post_name", quote(slug).lower())
            + element("wp:status", status)
            + "<wp:post_parent>0</wp:post_parent>\n<wp:menu_order>0</wp:menu_order>\n"
            + element("wp:post_type", kind)
            + element("wp:post_password", "")
            + "<wp:is_sticky>0</wp:is_sticky>\n"
        )

    def _attachment(self, image: Image, address: str) -> str:
        name = Path(image.file.name).stem
        said = element("title", name) + f"<link>{escape(address)}</link>\n"
        said += elements.came(image.uploaded_at)
        said += f'<guid isPermaLink="false">{escape(address)}</guid>\n'
        said += self._words("", escape(image.caption, quote=False))
        said += self._of_a_row(_number_of(image), "attachment", "inherit", name, image.uploaded_at)
        said += element("wp:attachment_url", address)
        facts = {
            "_wp_attached_file": image.file.name,
            "_wp_attachment_image_alt": image.alt_text,
            DECORATIVE: "1" if image.decorative else "",
            CREDITS[0]: image.credit_line,
            "creator": image.creator,
            "copyright_notice": image.copyright_notice,
            "licence": " ".join(filter(None, [image.licence_name, image.licence_url])),
            "expires_at": image.expires_at.isoformat() if image.expires_at else "",
            "source": image.source,
        }
        said += "".join(elements.postmeta(key, value) for key, value in facts.items() if value)
        return f"<item>\n{said}</item>\n"

    def _address(self, image: Image) -> str:
        """Where its file is to be had, or “”. With a folder for them it is copied there."""
        if self.media is None:
            address = self._named(image)
            if not address:
                self.lost.append(image.file.name)
            return address
        place = self.media / FILES / image.file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            with image.file.storage.open(image.file.name) as file, place.open("wb") as copy:
                shutil.copyfileobj(file, copy)
        except FileNotFoundError:
            place.unlink(missing_ok=True)
            self.lost.append(image.file.name)
            return ""
        return self._named(image)

    def _named(self, image: Image) -> str:
        """Its address, or “”. The same everywhere: WordPress puts its own for it into the texts."""
        if self.media:
            return f"{settings.SITE_URL}/{FILES}{quote(image.file.name)}"
        address = image.address(at_least=WIDEST)
        return whole(address) if address else ""

    def _text(self, article: Article) -> str:
        """The body, and around it what readers are shown and WordPress has no field for."""
        images = {i.pk: i for i in article.body_images.all() if i.is_free(self.now)}
        said = body.render(
            article.body, images, self._figure, self._gallery, _spoiler, language=article.language
        )
        before = [article.content_note] if article.content_note else []
        after = [*([article.verdict] if article.verdict else []), *_facts(article)]
        after += [
            f"{line.said()} {line.reviewer.name}"
            for line in article.bylines.all()
            if line.role == Byline.Role.PHOTOGRAPHS
        ]
        for each in for_readers.corrections(article):
            day = date(timezone.localtime(each.made_at))
            after.append(f"{_('Amended on %(day)s:') % {'day': day}} {each.note}")
        stars = article.stars()
        rated = "" if stars is None else _rating(stars)
        return "\n".join(
            filter(None, [*map(_paragraph, before), said, rated, *map(_paragraph, after)])
        )

    def _figure(self, image: Image, said: SafeString) -> str:
        address = self._named(image)
        if not address:
            return ""
        credit = f'<span class="{CREDIT}">{escape(image.credit_line)}</span>'
        words = f"{said or escape(image.caption)} {credit if image.credit_line else ''}".strip()
        alt = "" if image.decorative else image.alt_text
        return (
            f'<figure class="wp-block-image"><img class="wp-image-{_number_of(image)}" '
            f'src="{escape(address)}" alt="{escape(alt)}"/>'
            f"<figcaption>{words}</figcaption></figure>\n"
        )

    def _gallery(self, placed: Iterable[tuple[Image, SafeString]]) -> str:
        figures = "".join(self._figure(image, said) for image, said in placed)
        if not figures:
            return ""
        return f'<figure class="wp-block-gallery has-nested-images">{figures}</figure>\n'

    def _meta(self, article: Article) -> Iterator[tuple[str, object]]:
        lead = article.lead_image
        if lead and lead.is_free(self.now):
            yield "_thumbnail_id", _number_of(lead)
        film = article.film
        facts = {
            "language": article.language,
            "film": f"{film.title} ({film.year})" if film else "",
            "rating": article.stars() or "",
            "verdict": article.verdict,
            "content_note": article.content_note,
        }
        yield from ((key, value) for key, value in facts.items() if value)


def _categories() -> dict[str, str]:
    """The slug of each, by name: a section's own, unless that is a kind's."""
    slugs = {name: slugify(name) for name in KINDS.values()}
    of_kinds = frozenset(slugs.values())
    for name, slug in Section.objects.values_list("name", "slug"):
        slugs.setdefault(name, f"section-{slug}" if slug in of_kinds else slug)
    return slugs


def _number_of(image: Image) -> int:
    """Odd, as those of pieces are even: WordPress has one row of numbers for both."""
    return 2 * image.pk + 1


def _paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def _spoiler(held: SafeString) -> str:
    return f'<details class="wp-block-details"><summary>{SUMMARY}</summary>{held}</details>\n'


def _rating(stars: float) -> str:
    """Jetpack's block, with what a reader sees where it is not known."""
    name = blocks.RATING
    line = ratings.line(stars, blocks.RATING_SCALE)
    return f'<!-- wp:{name} {{"rating":{stars:g}}} --><p>{line}</p><!-- /wp:{name} -->'


def _facts(article: Article) -> list[str]:
    """The film, or the films with their stars, and the festival."""
    film, edition = article.film, article.festival_edition()
    said = []
    if film:
        year = [str(film.year)] if film.year else []
        said.append(", ".join([film.title, *map(str, film.countries.all()), *year]))
    for each in article.films():
        stars = [saying.stars(each.rating)] if each.rating else []
        said.append(", ".join([str(each.film), *stars]))
    return [*said, str(edition)] if edition else said
