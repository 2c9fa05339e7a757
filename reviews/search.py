"""Finding pieces by their words, their films and their people, in every script.

Every word asked for must be somewhere: parts of words, because the full-text search of SQLite and
of PostgreSQL fails silently on Chinese, Japanese and Korean. They are found whatever their accents,
apostrophes and hyphens, names and titles in East Asian scripts whatever their spaces too. Words of
two letters are found where words begin. The index is `finding`'s.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice

from django.utils.translation import gettext as _

from . import body, lists, meant, shortened
from .finding import asking, first, folding
from .models import Article, Film, Person, for_readers

LONGEST = 100  # characters of a query: a long title in full
MOST_WORDS = 6
MOST_HITS = 200  # pieces in a result; past them more words help, not more pages
MOST_SUBJECTS = 5  # films, and as many people
PASSAGE = 240  # characters shown of what was found
BEFORE = 80  # of them, before the first word found


class NothingToFind(Exception):
    """The query has no word that can be looked for; the message says why."""


@dataclass(frozen=True)
class Hit:
    article: Article
    passage: Sequence[tuple[str, bool]]  # words around what was found, and whether they are it


@dataclass(frozen=True)
class Found:
    """What a query leads to. `subjects` are films and people that go by it, `lists` pages of what
    else does; where there is nothing of any, `instead` are pages of what is called almost so.
    `behind`: more has changed than the index knows yet."""

    words: tuple[str, ...]
    pieces: Sequence[int]  # keys, the nearest first: bodies are read of those of a page alone
    subjects: Sequence[Film | Person]
    lists: Sequence[meant.Meant]
    more: bool
    instead: Sequence[meant.Meant] = ()
    behind: bool = False

    def count(self) -> int:
        return len(self.pieces)

    def hits(self, keys: Sequence[int]) -> list[Hit]:
        """With the passage of each. Two queries: whole bodies are read of these alone."""
        articles = for_readers.results(keys)
        return [Hit(article, passage(article, self.words)) for article in articles]


def find(query: str) -> Found:
    """The pieces that have every word, those named so first, then the newest.

    At most MOST_HITS. Five queries; one more for each of pieces, films, people and lists of which
    any are found, another for titles of films, and those of `meant.by` when nothing is. Raises
    NothingToFind.
    """
    words = words_of(query)
    unread = asking.unread()
    found: list[int] = []
    for in_names in (True, False):
        if len(found) <= MOST_HITS:
            some = first.newest(words, unread, in_names=in_names, most=MOST_HITS + 1)
            found = list(dict.fromkeys([*found, *some]))
    subjects = _subjects(words, unread)
    names = lists.read()
    named = meant.named(words, names)
    instead = () if found or subjects or named else meant.by(" ".join(words), unread.rows, names)
    more = len(found) > MOST_HITS
    return Found(words, found[:MOST_HITS], subjects, named, more, instead, unread.behind)


def words_of(query: str) -> tuple[str, ...]:
    """What to look for, in Unicode's compatibility form (UAX 15). Raises NothingToFind."""
    plain = unicodedata.normalize("NFKC", query[:LONGEST]).replace("\x00", "")
    cut = (word.strip('.,;:!?“”"«»「」『』《》〈〉()[]…–—、。') for word in plain.split())
    said = [word for word in dict.fromkeys(cut) if word]
    words = [word for word in said if len(word) > 1 or folding.EAST_ASIAN.match(word)]
    words = [word for word in words if folding.needle(word, in_names=False)]
    if not words:
        raise NothingToFind(_("Type a word of at least two letters."))
    return tuple(words[:MOST_WORDS])


def pattern(word: str) -> str:
    """A regular expression that forgives how a name is typed: what was found is marked by it."""
    letters = [_letter(letter) for letter in word if folding.text(letter).strip()]
    spaced = r"\s*" if folding.SPACELESS.search(word) else ""
    return f"{folding.UNSEEN}{spaced}".join(letters)


def passage(article: Article, words: Sequence[str]) -> list[tuple[str, bool]]:
    """The words around the first thing found in its text, else its standfirst."""
    found = re.compile("|".join(f"(?:{pattern(word)})" for word in words), re.IGNORECASE)
    texts = (article.standfirst, article.verdict, unescape(body.plain_text(article.body)))
    text = next((text for text in texts if found.search(text)), article.standfirst)
    there = found.search(text)
    start = _edge(text, max(0, there.start() - BEFORE)) if there else 0
    shown = shortened.beginning(text[start : start + PASSAGE + 1], PASSAGE)
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
    if letter in folding.APOSTROPHES:
        return f"[{folding.APOSTROPHES}]"
    forms = folding.forms(letter)
    return f"[{forms}]" if forms else re.escape(letter)


def _subjects(words: Sequence[str], unread: asking.Unread) -> list[Film | Person]:
    titled = Film.objects.prefetch_related("titles")
    films, people = first.having(words, (titled, Person.objects.all()), unread, in_names=True)
    return [*films[:MOST_SUBJECTS], *people[:MOST_SUBJECTS]]
