"""Finding pieces by their words, their films and their people, in every script.

Every word asked for must be somewhere: substrings, because the full-text search of SQLite and of
PostgreSQL fails silently on Chinese, Japanese and Korean. Names and titles are found whatever
their accents, apostrophes and, in East Asian scripts, spaces; bodies as they are written.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from . import body
from .models import Article, ArticleQuerySet, Byline, Credit, Film, FilmTitle, Person

LONGEST = 100  # characters of a query: a long title in full
MOST_WORDS = 6
MOST_HITS = 200  # pieces in a result; past them more words help, not more pages
MOST_SUBJECTS = 5  # films, and as many people
PASSAGE = 240  # characters shown of what was found
BEFORE = 80  # of them, before the first word found

# Written without spaces, or with spaces that writers put differently: one character may be a word.
_EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u3005-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7ff]")
_APOSTROPHES = "'’‘ʻʼ"
# Letters that stand in bodies as names of elements and attributes (reviews/prose.py).
_MARKUP = "blockquote figcaption figure strong data-image data-gallery span lang href https mailto"


class NothingToFind(Exception):
    """The query has no word that can be looked for; the message says why."""


@dataclass(frozen=True)
class Hit:
    article: Article
    passage: Sequence[tuple[str, bool]]  # words around what was found, and whether they are it


@dataclass(frozen=True)
class Found:
    """What a query leads to. `subjects` are pages of films and people that go by it."""

    words: tuple[str, ...]
    articles: Sequence[Article]
    subjects: Sequence[Film | Person]
    more: bool

    def count(self) -> int:
        return len(self.articles)

    def hits(self, articles: Sequence[Article]) -> list[Hit]:
        """With the passage of each; reads the whole bodies of these alone."""
        return [Hit(article, passage(article, self.words)) for article in articles]


def find(query: str) -> Found:
    """The pieces that have every word, those named so first, then the newest.

    At most MOST_HITS; four queries and two for cards. Raises NothingToFind.
    """
    words = words_of(query)
    named = Q()
    anywhere = Q()
    for word in words:
        in_name = _in_names(word)
        named &= in_name
        anywhere &= in_name | _in_text(word)
    near = Case(When(named, then=Value(0)), default=Value(1), output_field=IntegerField())
    pieces: ArticleQuerySet = Article.objects.published().filter(anywhere)
    nearest = pieces.annotate(near=near).order_by("near", "-first_published_at", "-pk")
    articles = list(nearest.for_cards().defer(None)[: MOST_HITS + 1])  # passages are of the body
    return Found(words, articles[:MOST_HITS], _subjects(words), more=len(articles) > MOST_HITS)


def words_of(query: str) -> tuple[str, ...]:
    """What to look for, in Unicode's compatibility form (UAX 15). Raises NothingToFind."""
    plain = unicodedata.normalize("NFKC", query[:LONGEST]).replace("\x00", "")
    cut = (word.strip('.,;:!?“”"«»「」『』《》〈〉()[]…–—、。') for word in plain.split())
    said = [word for word in dict.fromkeys(cut) if word]
    words = [word for word in said if len(word) > 1 or _EAST_ASIAN.match(word)]
    if not words:
        raise NothingToFind(_("Type a word of at least two letters."))
    return tuple(words[:MOST_WORDS])


def pattern(word: str) -> str:
    """A regular expression of Python and PostgreSQL that forgives how a name is typed."""
    letters = [_letter(letter) for letter in word]
    spaced = r"\s*" if _EAST_ASIAN.search(word) else ""
    return spaced.join(letters)


def passage(article: Article, words: Sequence[str]) -> list[tuple[str, bool]]:
    """The words around the first thing found in its text, else its standfirst."""
    found = re.compile("|".join(f"(?:{pattern(word)})" for word in words), re.IGNORECASE)
    texts = (article.standfirst, article.verdict, unescape(body.plain_text(article.body)))
    text = next((text for text in texts if found.search(text)), article.standfirst)
    first = found.search(text)
    start = _edge(text, max(0, first.start() - BEFORE)) if first else 0
    shown = text[start : start + PASSAGE]
    if start + PASSAGE < len(text):
        shown = f"{shown[: shown.rfind(' ')] if ' ' in shown else shown}…"
    parts: list[tuple[str, bool]] = [("…", False)] if start else []
    at = 0
    for match in islice(found.finditer(shown), 50):
        parts += [(shown[at : match.start()], False), (match.group(), True)]
        at = match.end()
    return [*((words, marked) for words, marked in parts if words), (shown[at:], False)]


def _edge(text: str, at: int) -> int:
    """The beginning of a word at or a little after a place; scripts without spaces have none."""
    space = text.find(" ", at, at + BEFORE // 2)
    return space + 1 if at and space >= 0 else at


def _letter(letter: str) -> str:
    if letter in _APOSTROPHES:
        return f"[{_APOSTROPHES}]"
    forms = _FORMS.get(_bare(letter))
    return f"[{forms}]" if forms else re.escape(letter)


def _bare(letter: str) -> str:
    """A Latin letter without its accents, in lower case."""
    return unicodedata.normalize("NFD", letter)[0].lower()


def _forms() -> dict[str, str]:
    """Every Latin letter, bare → all its forms, upper and lower, with every accent."""
    forms: dict[str, str] = {}
    for code in (
        *range(0x41, 0x5B),
        *range(0x61, 0x7B),
        *range(0xC0, 0x250),
        *range(0x1E00, 0x1F00),
    ):
        bare = _bare(chr(code))
        if "a" <= bare <= "z":
            forms[bare] = forms.get(bare, "") + chr(code)
    return forms


_FORMS = _forms()


def _in_names(word: str) -> Q:
    """In what a piece, its film or its people are called."""
    said = pattern(word)
    titles = FilmTitle.objects.filter(text__iregex=said).values("film")
    people = Person.objects.filter(Q(name__iregex=said) | Q(native_name__iregex=said))
    credited = Credit.objects.filter(person__in=people).values("film")
    bylines = Byline.objects.filter(reviewer__name__iregex=said).values("article")
    return (
        Q(headline__iregex=said)
        | Q(film__title__iregex=said)
        | Q(film__in=titles)
        | Q(film__in=credited)
        | Q(pk__in=bylines)
    )


def _in_text(word: str) -> Q:
    """In what it says. A word that is also markup is looked for after the end of a tag alone."""
    in_body = Q(body__icontains=word)
    if word.lower() in _MARKUP:
        in_body = Q(body__iregex=f">[^<]*{pattern(word)}")
    return in_body | Q(standfirst__icontains=word) | Q(verdict__icontains=word)


def _subjects(words: Sequence[str]) -> list[Film | Person]:
    films, people = Film.objects.all(), Person.objects.all()
    for word in words:
        said = pattern(word)
        titles = FilmTitle.objects.filter(text__iregex=said).values("film")
        films = films.filter(Q(title__iregex=said) | Q(pk__in=titles))
        people = people.filter(Q(name__iregex=said) | Q(native_name__iregex=said))
    return [*films[:MOST_SUBJECTS], *people[:MOST_SUBJECTS]]
