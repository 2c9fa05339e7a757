"""Posts become articles: each once, in a transaction of its own, and what people changed here since
is theirs."""

import logging
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from .. import publishing
from ..models import LONGEST_GUID, Article, Byline, Imported
from . import facts, links, names
from .facts import Facts
from .items import PAGE, Post, Site, origin
from .kinds import Choices
from .pictures import Pictures
from .report import About, Report
from .tree import parsed

KEPT_NOTE = "As it came from WordPress"
# What WordPress keeps in the same table for itself.
ITS_OWN = frozenset({"nav_menu_item", "revision", "custom_css", "customize_changeset"})
ITS_OWN_TOO = ("wp_", "oembed_cache", "user_request", "jp_", "feedback", "amp_")
DRAFTS = frozenset({"draft", "pending", "private"})
CAME, NEWER, THERE = "pieces came", "pieces were brought up to date", "pieces were here already"
LEFT = "pieces were left out"

log = logging.getLogger(__name__)


class Articles:
    """Of one export."""

    def __init__(self, site: Site, choices: Choices, pictures: Pictures, report: Report) -> None:
        self.site, self.choices, self.pictures, self.report = site, choices, pictures, report

    def take(self, post: Post) -> Article | None:
        """The article that it is here, or None where it is none. Never raises for what it says."""
        try:
            return self._taken(post) if self._is_wanted(post) else None
        except (publishing.Conflict, IntegrityError):
            return self._changed_meanwhile(post)
        except Exception:
            log.exception("The item at line %s could not be taken in.", post.line)
            self.report.count(LEFT)
            said = f"“{post.title}” (line {post.line}) could not be read: the log says why"
            self.report.note(About.LEFT_OUT, said)
            return None

    def _is_wanted(self, post: Post) -> bool:
        if post.kind in ITS_OWN or post.kind.startswith(ITS_OWN_TOO):
            return False
        why = ""
        if post.kind not in ("post", PAGE):
            why = f"a “{post.kind}”, not a post"
        elif post.kind == PAGE and not parsed(post.content).text().strip():
            why = "a page without words"
        elif post.status == "trash":
            why = "in the trash there"
        elif post.status not in facts.SHOWN | DRAFTS:
            why = f"its state is “{post.status}”"
        if why:
            self.report.count(LEFT)
            self.report.note(About.LEFT_OUT, f"“{post.title}” (line {post.line}): {why}")
        return not why

    def _taken(self, post: Post) -> Article | None:
        rows = Imported.objects.select_related("article")
        row = rows.filter(origin=origin(post.guid)).first()
        if row and (row.article is None or row.article.status == Article.Status.DELETED):
            self.report.count(LEFT)
            self.report.note(About.LEFT_OUT, f"“{post.title}”: it was deleted here")
            return None
        notes: list[tuple[About, str]] = []
        said = facts.of(
            post, self.site, self.choices, self.pictures, lambda *note: notes.append(note)
        )
        if row is None or row.article is None or row.version == row.article.version:
            for note in notes:  # what a person changed here, a person has looked at
                self.report.note(*note)
        if row is None:
            return self._made(post, said)
        article = row.article
        assert article is not None  # noqa: S101 (asked above)
        if row.said == said.digest():
            self.report.count(THERE)
        elif row.version != article.version:
            self._was_edited(article)
        else:
            self._update(article, row, said)
        links.lead_on(post, row)
        return article

    def _made(self, post: Post, said: Facts) -> Article:
        with transaction.atomic():
            addressable = post.slug if post.slug.isascii() else ""
            wished = names.slug_of(addressable or said.headline, Article)
            article = Article(slug=names.free(Article, wished), **self._fields(said))
            if _is_free(post.feed_guid):
                article.guid = post.feed_guid
            article.save(force_insert=True)
            self._join(article, said)
            row = Imported(origin=origin(post.guid), number=post.number, article=article)
            row.address = links.address_of(post.link)
            self._let_stand(article, row, said)
            links.lead_on(post, row)
        self.report.count(CAME, of=article.get_kind_display().lower())
        return article

    def _update(self, article: Article, row: Imported, said: Facts) -> None:
        fields = self._fields(said)
        with transaction.atomic():
            seen = Article.objects.filter(pk=article.pk, version=row.version)
            if not seen.update(version=F("version") + 1, **fields):
                raise publishing.Conflict
            article.refresh_from_db()
            self._join(article, said)
            self._let_stand(article, row, said)
        self.report.count(NEWER)

    def _fields(self, said: Facts) -> dict[str, object]:
        is_review = said.kind == Article.Kind.REVIEW
        usual = said.comments_open
        return {
            "kind": said.kind,
            "headline": said.headline,
            "standfirst": said.standfirst,
            "body": links.straight(said.body),
            "lead_image_id": said.lead,
            "section": names.section(said.section),
            "language": said.language,
            "film": names.film(said.film) if said.film else None,
            "rating": said.rating,
            "unrated": is_review and said.rating is None and said.at is not None,
            "comment_policy": Article.CommentPolicy.USUAL
            if usual
            else Article.CommentPolicy.CLOSED,
        }

    def _join(self, article: Article, said: Facts) -> None:
        article.tags.set([names.tag(term) for term in said.tags])
        interview = said.kind == Article.Kind.INTERVIEW
        role = Byline.Role.INTERVIEW if interview else Byline.Role.WORDS
        named = [names.reviewer(author) for author in said.authors]
        article.bylines.exclude(reviewer__in=named, role=role).delete()
        for position, reviewer in enumerate(dict.fromkeys(named)):
            Byline.objects.update_or_create(
                article=article, reviewer=reviewer, role=role, defaults={"position": position}
            )

    def _let_stand(self, article: Article, row: Imported, said: Facts) -> None:
        self.pictures.say(list(said.placed))
        lacks = publishing.bring_in(
            article, said.at, corrected_at=said.corrected_at, note=KEPT_NOTE
        )
        row.said, row.version = said.digest(), article.version
        row.save()
        if lacks:
            self.report.note(About.DRAFTS, f"“{article.headline}”: {_sentences(lacks)}")

    def _was_edited(self, article: Article) -> None:
        self.report.count(THERE)
        self.report.note(About.EDITED, f"“{article.headline}”")

    def _changed_meanwhile(self, post: Post) -> Article | None:
        """By a person, or by the same import once more."""
        row = Imported.objects.filter(origin=origin(post.guid)).first()
        if row is None or row.article is None:
            self.report.count(LEFT)
            said = f"“{post.title}”: something else was saved at the same moment. Run it again"
            self.report.note(About.LEFT_OUT, said)
            return None
        if row.version == row.article.version:
            self.report.count(THERE)
        else:
            self._was_edited(row.article)
        return row.article


def _is_free(guid: str) -> bool:
    fits = 0 < len(guid) <= LONGEST_GUID
    return fits and not Article.objects.filter(guid=guid).exists()


def _sentences(problems: Sequence[publishing.Problem]) -> str:
    return " ".join(problem.message for problem in problems)
