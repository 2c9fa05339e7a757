"""What the pages that readers ask for most show, by queries that are written once.

What they find is what the words of article_queries.py find; they differ in what it costs.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from . import written_once
from .article_parts import CoveredFilm, Revision
from .article_queries import ArticleQuerySet
from .articles import Article
from .festivals import FestivalEdition, Screening
from .films import Country, Film, Language
from .written_once import TEXT, key, moment

_NOW, _FIRST = moment(0), moment(1)


def piece(kind: str, slug: str) -> Article | None:
    """A published piece as `for_page()` loads it. Six queries, eight with films; of a review
    seven."""

    def write() -> Any:
        pieces = Article.objects.published(_NOW).of_kind(kind).for_page_but_origins()
        if kind != Article.Kind.REVIEW:
            pieces = pieces.prefetch_related("people")
        return pieces.filter(slug=TEXT)

    values: dict[Any, Any] = {_NOW: timezone.now(), TEXT: slug}
    found: list[Article] = written_once.rows(("piece", kind), write, values)
    article = found[0] if found else None
    if article and article.film:
        _read_origins(article.film)
    elif article:
        _read_films(article)
    return article


def piece_elsewhere(kind: str, slug: str) -> Article | None:
    """The published piece with that slug, of another kind, as far as its address. One query."""

    def write() -> Any:
        pieces = Article.objects.published(_NOW).exclude(kind=kind).order_by()
        return pieces.filter(slug=TEXT).only("kind", "slug")

    values: dict[Any, Any] = {_NOW: timezone.now(), TEXT: slug}
    found: list[Article] = written_once.rows(("piece elsewhere", kind), write, values)
    return found[0] if found else None


def piece_of(pk: int) -> Article | None:
    """A published piece by its key, however large a number that is. One query."""
    if pk > BigIntegerField.MAX_BIGINT:
        return None

    def write() -> Any:
        return Article.objects.published(_NOW).order_by().filter(pk=key())

    found: list[Article] = written_once.rows("piece of", write, {_NOW: timezone.now(), key(): pk})
    return found[0] if found else None


def film(slug: str) -> Film | None:
    """A film as `for_page()` loads it. Five queries, or one where there is none."""

    def write() -> Any:
        return Film.objects.for_page().filter(slug=TEXT)

    found: list[Film] = written_once.rows("film", write, {TEXT: slug})
    return found[0] if found else None


def corrections(article: Article) -> list[Revision]:
    """What readers are told was corrected or added, oldest first. One query, if ever it was."""
    if article.updated_at is None:
        return []

    def write() -> Any:
        told = Revision.objects.filter(article=key(), public=True).exclude(note="")
        return told.only("made_at", "note").order_by("made_at", "pk")

    found: list[Revision] = written_once.rows("corrections", write, {key(): article.pk})
    return found


def around(article: Article, count: int) -> list[Any]:
    """What `ArticleQuerySet.around` finds among published teasers. One query."""
    edition = article.festival_edition()

    def write() -> Any:
        one = Article(pk=key(0), section_id=key(1), film_id=article.film_id and key(2))
        one.edition = FestivalEdition(pk=key(3)) if edition else None
        one.first_published_at = _FIRST
        return Article.objects.published(_NOW).for_teasers().around(one, count)

    now = timezone.now()
    values: dict[Any, Any] = {
        _NOW: now,
        _FIRST: article.first_published_at or now,
        key(0): article.pk,
        key(1): article.section_id,
        key(2): article.film_id,
        key(3): edition and edition.pk,
    }
    shape = ("around", count, article.film_id is None, edition is None)
    found: list[Any] = written_once.rows(shape, write, values)
    return found


def stars_of(film: Film) -> dict[int, int]:
    """The half-stars that reports gave a film of theirs, by the keys of those. One query."""

    def write() -> Any:
        rated = CoveredFilm.objects.filter(film=key(), rating__isnull=False).order_by()
        return rated.values_list("article", "rating")

    return dict(written_once.tuples("stars of", write, {key(): film.pk}))


def programme(edition: FestivalEdition) -> list[Screening]:
    """What a festival edition screened, in the order of its programme. Two queries."""

    def write() -> Any:
        wanted = Screening.objects.filter(edition=key()).in_programme_order()
        return wanted.only("strand", "premiere_status", "film__title", "film__slug")

    found: list[Screening] = written_once.rows("programme", write, {key(): edition.pk})
    return found


def cards(keys: Iterable[int]) -> list[Article]:
    """Articles with all that their cards show, in the order of their keys. Three queries."""
    return _in_order("cards", keys, Article.objects.for_cards)


def results(keys: Iterable[int]) -> list[Article]:
    """Articles with all that a search shows of them, in the order of their keys. Two queries."""
    return _in_order("results", keys, Article.objects.for_results)


def next_moments(now: datetime) -> list[datetime]:
    """When the next piece joins `published()`: one moment, or none. One query."""

    def write() -> Any:
        coming = Article.objects.released().filter(publish_at__gt=_NOW).order_by("publish_at")
        return coming.values_list("publish_at", flat=True)[:1]

    return written_once.answer("next moment", write, {_NOW: now})


def for_feed(count: int) -> list[Article]:
    """The newest published pieces with all that a feed says of them. Seven queries, or eight."""

    def write() -> Any:
        return Article.objects.published(_NOW).newest_first().for_feed()[:count]

    found: list[Article] = written_once.rows(("feed", count), write, {_NOW: timezone.now()})
    return found


def newest(count: int) -> list[tuple[int, int | None, bool]]:
    """Keys of the newest published pieces, each with that of its festival edition, and whether its
    editors want it to lead. One query."""

    def write() -> Any:
        published = Article.objects.published(_NOW).newest_first()
        edition = Coalesce("screening__edition", "edition")
        return published.values_list("pk", edition, "leads")[:count]

    return written_once.tuples(("newest", count), write, {_NOW: timezone.now()})


def newest_of_each_section(count: int, without: Sequence[int]) -> list[Article]:
    """What the words of that name find among published pieces, but for some. One query."""
    others_than = written_once.several(without)
    stand_ins = [key(number) for number in range(len(others_than))]

    def write() -> Any:
        others = Article.objects.published(_NOW).exclude(pk__in=stand_ins)
        return others.newest_of_each_section(count)

    values: dict[Any, Any] = {_NOW: timezone.now()}
    values |= zip(stand_ins, others_than, strict=True)
    shape = ("sections", count, len(others_than))
    found: list[Article] = written_once.rows(shape, write, values)
    return found


def _in_order(
    name: str, keys: Iterable[int], loaded: Callable[[], ArticleQuerySet]
) -> list[Article]:
    if not (sought := list(keys)):
        return []
    wanted = written_once.several(sought)
    stand_ins = [key(number) for number in range(len(wanted))]

    def write() -> Any:
        return loaded().order_by().filter(pk__in=stand_ins)

    values = dict(zip(stand_ins, wanted, strict=True))
    found = {row.pk: row for row in written_once.rows((name, len(wanted)), write, values)}
    return [found[pk] for pk in sought if pk in found]


def _read_films(article: Article) -> None:
    """The films that it is about, as Django's own prefetching leaves them. One query, or three."""

    def write() -> Any:
        return CoveredFilm.objects.filter(article=key()).for_page()

    found = written_once.rows("covered films", write, {key(): article.pk})
    written_once.keep(article, "covered_films", found)


def _read_origins(film: Film) -> None:
    """Its countries and languages, as Django's own prefetching leaves them. One query."""

    def write() -> Any:
        one = Film(pk=key())
        countries = one.countries.order_by().values_list(Value("countries"), "code", "name")
        languages = one.languages.order_by().values_list(Value("languages"), "tag", "name")
        return countries.union(languages, all=True).order_by("name")

    said = written_once.tuples("origins", write, {key(): film.pk})
    for name, model, pk in (("countries", Country, "code"), ("languages", Language, "tag")):
        theirs = [row for what, *row in said if what == name]
        rows = [model.from_db(film._state.db, [pk, "name"], row) for row in theirs]
        written_once.keep(film, name, rows)
