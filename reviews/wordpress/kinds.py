"""Which kind of piece a post is, and which film a review is of, as far as its words are sure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..models import Article, Film
from ..models.films import FIRST_FILM_YEAR, LAST_FILM_YEAR
from .items import Term

Kind = Article.Kind

# Names of categories, in lower case; the first kind that has one of a post's is its kind.
USUAL: dict[str, tuple[str, ...]] = {
    Kind.REVIEW: (
        *("reviews", "review", "film reviews", "film review", "movie reviews"),
        *("drama reviews", "drama review", "tv reviews", "series reviews"),
    ),
    Kind.INTERVIEW: ("interviews", "interview"),
    Kind.FESTIVAL_REPORT: ("festival reports", "festival report", "festival coverage"),
    Kind.NEWS: ("news",),
    Kind.FEATURE: ("features", "feature", "articles", "essays"),
}
UNCATEGORISED = frozenset({"uncategorized", "uncategorised", "미분류"})
_A_FILM = "film|movie|short film|documentary|anime"
_A_SERIES = "(?:k-|tv |television )?drama|(?:tv |television |drama |anime )?series|tv|television"
_CALLED_A_REVIEW = re.compile(rf"^(?:{_A_FILM}|{_A_SERIES})?\s*review\s*[:：–—-]", re.I)
_BEFORE_IT = re.compile(
    rf"^(?:(?:{_A_FILM}|festival|(?P<series>{_A_SERIES}))\s+)?review\s*[:：–—-]\s*", re.I
)
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_TITLE = re.compile(
    rf"^(?P<title>.+?)\s*[(\[](?:(?P<countries>[^()\[\]\d]+?)\s*,\s*)?{_YEAR}[)\]]"
    r"(?:\s*(?:$|[-–—:|,]|by\b|directed\b|dir\.|review\b))",
    re.I,
)
_ANY_YEAR = re.compile(r"[(\[][^()\[\]]*(?:18|19|20)\d\d[)\]]")
_QUOTES = "“”\"'‘’«»《》『』「」<>〈〉 "


@dataclass(frozen=True)
class Choices:
    """What whoever imports says of categories: kinds by their names in lower case."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    section: str = "Film"  # of pieces whose categories say a kind and nothing else


@dataclass(frozen=True)
class FilmSaid:
    title: str
    year: int
    countries: tuple[str, ...] = ()
    kind: str = Film.Kind.FILM


def names_of(extra: Mapping[Article.Kind, Iterable[str]]) -> dict[str, str]:
    """The kind of each name of a category: the usual ones, and those that were said for it."""
    usual = {name: kind for kind, names in USUAL.items() for name in names}
    said = {name.lower().strip(): kind for kind, names in extra.items() for name in names}
    return usual | said


def of(
    categories: Iterable[Term], every: Mapping[str, Term], headline: str, choices: Choices
) -> str:
    """The kind that one of the categories says, or one of those above it; else that of a headline
    that says “Review:”; else a feature."""
    names = {name.lower() for term in categories for name in _upwards(term, every)}
    said = {choices.kinds[name] for name in names if name in choices.kinds}
    found = next((kind for kind in USUAL if kind in said), "")
    return found or (Kind.REVIEW if _CALLED_A_REVIEW.match(headline) else Kind.FEATURE)


def says_only_a_kind(term: Term, choices: Choices) -> bool:
    return term.name.lower() in choices.kinds or term.slug in UNCATEGORISED


def film_of(headline: str, tags: Iterable[str]) -> FilmSaid | None:
    """A headline that names one film with its year, or the only tag that does."""
    if len(_ANY_YEAR.findall(headline)) <= 1 and (said := _film(headline)):
        return said
    found = [film for film in map(_film, tags) if film]
    return found[0] if len(found) == 1 else None


def _film(words: str) -> FilmSaid | None:
    words = words.strip()
    before = _BEFORE_IT.match(words)
    found = _TITLE.match(words[before.end() :] if before else words)
    if found is None:
        return None
    title, year = found["title"].strip(_QUOTES), int(found["year"])
    if not title or len(title) > 200 or not FIRST_FILM_YEAR <= year <= LAST_FILM_YEAR:
        return None
    countries = re.split(r"\s*[/,&]\s*", found["countries"] or "")
    kind = Film.Kind.SERIES if before and before["series"] else Film.Kind.FILM
    return FilmSaid(title, year, tuple(filter(None, countries)), kind)


def _upwards(term: Term, every: Mapping[str, Term]) -> list[str]:
    """The names of a category and of those above it, in which a mistake may go round."""
    names, seen = [term.name], {term.slug}
    above = every.get(term.slug, term).parent
    while above and above not in seen and above in every:
        seen.add(above)
        names.append(every[above].name)
        above = every[above].parent
    return names
