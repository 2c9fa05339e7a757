"""What the queue can be narrowed to."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.http import HttpRequest

from reviews.models import Article, Section
from reviews.models.article_queries import Among
from reviews.numbers import key

from ..desk import pieces
from ..models import Comment, CommentQuerySet
from ..spam.classifier import SPAM_FROM
from . import looks
from .counted import Counted

MOST_COUNTED = 1_000  # comments; of more it is said that there are more
REPORTED = "reported"  # no state: that of a line which says how many readers see and reported
SHOWN = Comment.Status.APPROVED.value
MOST_ARTICLES = 12  # lines of a filter that can still be taken in at a glance

Comments = QuerySet[Comment]


class StatusFilter(SimpleListFilter):
    """The queue by default; every other state is one press away, with how many are in it."""

    title = "state"
    parameter_name = "state"
    EVERYTHING = "all"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        lines = (line for line in _census(request) if line.state in Comment.Status)
        states = {line.state: line.number for line in lines}
        self.counts = Counter(states)
        return Comment.Status.choices

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        everything = self.value() == self.EVERYTHING
        return queryset if everything else queryset.filter(status=self.state())

    def state(self) -> str:
        return self.value() or Comment.Status.PENDING.value

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        more = any(number >= MOST_COUNTED for number in self.counts.values())
        lines = [
            (value, label, self.counts[value], self.counts[value] >= MOST_COUNTED)
            for value, label in self.lookup_choices
        ]
        lines.append((self.EVERYTHING, "All", self.counts.total(), more))
        for value, label, count, at_least in lines:
            yield {
                "selected": self.state() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}, ["p"]),
                "display": f"{label} ({count:,}{'+' if at_least else ''})",
            }


class LanguageFilter(SimpleListFilter):
    """For whoever reads Korean, Japanese or Chinese."""

    title = "language"
    parameter_name = "language"
    OFFERED = {"ko": "Korean", "ja": "Japanese", "zh": "Chinese"}
    OTHER = "other"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        return [*self.OFFERED.items(), (self.OTHER, "Other")]

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        value = self.value()
        if not value:
            return queryset
        if value == self.OTHER:
            return queryset.exclude(written_in__in=self.OFFERED)
        return queryset.filter(written_in=value)


class ArticleFilter(SimpleListFilter):
    """The article that was chosen, then those where most comments wait."""

    title = "article"
    parameter_name = "article"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        lines = [*{line.article: line for line in _census(request) if line.article}.values()]
        lines.sort(key=lambda line: (line.article != self.chosen(), -line.number, line.article))
        return [(str(line.article), f"{line.name} ({line.number})") for line in lines]

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        return queryset.filter(article=self.chosen()) if self.chosen() else queryset

    def chosen(self) -> int:
        """Its key, or 0."""
        return key(self.value() or "")


class WriterFilter(SimpleListFilter):
    """All that came under one e-mail address, whatever became of it; a comment leads there."""

    title = "writer"
    parameter_name = "writer"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        return [(self.value(), self.value())] if self.value() else []

    def has_output(self) -> bool:
        return bool(self.value())

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        comments = cast(CommentQuerySet, queryset)
        return comments.under(self.value() or "") if self.value() else queryset


class SectionFilter(SimpleListFilter):
    """The sections that have comments."""

    title = "section"
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        sections = {line.slug: line.name for line in _census(request) if line.slug}
        return sorted(sections.items(), key=lambda section: section[1])

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        return queryset.filter(article__section__slug=self.value()) if self.value() else queryset


class ReadingFilter(SimpleListFilter):
    """The honest ones of a wave first; or the wave, before one press takes it."""

    title = "how it reads"
    parameter_name = "reading"
    SPAM, HONEST = "spam", "honest"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        return [(self.HONEST, "Not like spam"), (self.SPAM, "Like spam")]

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        like_spam = Q(spam_probability__gte=SPAM_FROM)
        if self.value() == self.SPAM:
            return queryset.filter(like_spam)
        if self.value() == self.HONEST:
            return queryset.filter(~like_spam | Q(spam_probability=None))
        return queryset


class ReportedFilter(SimpleListFilter):
    """Those with reports that count and that nobody has settled, in every state that is chosen. Its
    line leads to those that readers see: the others wait anyway."""

    title = "reports"
    parameter_name = "reported"
    OPEN = "open"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        self.number = reported(request)
        return [(self.OPEN, f"Reported by readers ({self.number:,})")]

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        return cast(CommentQuerySet, queryset).reported() if self.value() == self.OPEN else queryset

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        every, theirs = super().choices(changelist)
        shown = {self.parameter_name: self.OPEN, StatusFilter.parameter_name: SHOWN}
        yield every
        yield theirs | {"query_string": changelist.get_query_string(shown, ["p"])}


class ColleaguesFilter(SimpleListFilter):
    """Of two at work each gets comments that the other has not; who else looks at a page, leads
    there."""

    title = "colleagues"
    parameter_name = "looked_at"
    BY_NOBODY = "by-nobody-else"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> Any:
        return [(self.BY_NOBODY, "Nobody else looks at it")]

    def has_output(self) -> bool:
        return bool(self.value())

    def queryset(self, request: HttpRequest, queryset: Comments) -> Comments:
        if self.value() != self.BY_NOBODY:
            return queryset
        return queryset.exclude(pk__in=looks.of_colleagues(request.user.pk))


def reported(request: HttpRequest) -> int:
    """How many comments that readers see were reported, and nobody has said that they stay."""
    return sum(line.number for line in _census(request) if line.state == REPORTED)


class Line(NamedTuple):
    """How many comments a state has; that a section has some; how many wait under an article."""

    state: str
    slug: str
    name: str
    article: int
    number: int


def _census(request: HttpRequest) -> list[Line]:
    """Every state, every section with comments, and the articles where some wait. One query a
    request, which counts no further than MOST_COUNTED."""
    if not hasattr(request, "_comments_census"):
        chosen = request.GET.get(ArticleFilter.parameter_name, "")
        parts: list[Any] = [*_by_state(), *_by_article(key(chosen)), _by_section()]
        rows = parts[0].union(*parts[1:], all=True)
        request._comments_census = [Line(*row) for row in rows]  # type: ignore[attr-defined]
    return request._comments_census  # type: ignore[attr-defined,no-any-return]


def _by_state() -> Iterator[QuerySet[Any, Any]]:
    every = Comment.objects.order_by().not_deleted()
    for status in Comment.Status:
        yield _number(status.value, every.filter(status=status))
    yield _number(REPORTED, every.approved().reported())


def _number(state: str, comments: CommentQuerySet) -> QuerySet[Any, Any]:
    """One line, if there are any."""
    one = Comment.objects.order_by().filter(pk__in=comments.values("pk")[:1])
    number = Counted(comments.values("status")[:MOST_COUNTED])
    return _lines(one, state=Value(state), number=number)


def _by_article(chosen: int) -> Iterator[QuerySet[Any, Any]]:
    """Those with most of the comments that wait longest, and the chosen one."""
    waiting = Comment.objects.order_by().pending()
    longest = waiting.oldest_first().values("article_id")[:MOST_COUNTED]
    number = Counted(waiting.filter(article=OuterRef("pk")).values("status")[:MOST_COUNTED])
    facts = {"article": F("pk"), "name": F("headline"), "number": number}
    articles = Article.objects.order_by()
    yield _lines(articles.filter(Among("pk", _Most(longest))), **facts)
    if chosen:
        yield _lines(pieces.known().order_by().filter(pk=chosen), **facts)


class _Most(Subquery):
    """What stands most often in a list of articles."""

    template = (
        "(SELECT article_id FROM (%(subquery)s) listed"  # noqa: S608 (our own words)
        f" GROUP BY article_id ORDER BY COUNT(*) DESC, article_id LIMIT {MOST_ARTICLES})"
    )


def _by_section() -> QuerySet[Any, Any]:
    """Of each section one article with comments is looked for: asked with EXISTS, PostgreSQL goes
    through all articles."""
    comments = Comment.objects.order_by().filter(article=OuterRef("pk"))
    articles = Article.objects.order_by().filter(Exists(comments), section=OuterRef("pk"))
    one = Subquery(articles.values("pk")[:1])
    with_some = Section.objects.order_by().alias(one=one).filter(one__isnull=False)
    return _lines(with_some, slug=F("slug"), name=F("name"))


def _lines(rows: QuerySet[Any, Any], **facts: Any) -> QuerySet[Any, Any]:
    """Of `Line`, with what is said of each."""
    said = {"state": Value(""), "slug": Value(""), "name": Value(""), "article": Value(0)}
    said |= {"number": Value(0)} | facts
    named = {f"line_{name}": fact for name, fact in said.items()}
    lines: QuerySet[Any, Any] = rows.annotate(**named).values_list(*named)
    return lines
