"""Names that are written almost as something was typed, for whoever mistypes a title or a name.

The index knows which names share three letters in a row with it. The few that share most are
compared letter by letter, Korean by its jamo: a whole publication is never gone through.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from django.db import connections, router

from . import folding, places, texts
from .asking import Rows
from .engines import by_index
from .index import names_of

LONGEST = 60  # letters that are compared
MOST_THREES = 100
# Rows that have the same three. So, of 50,000 names, 199 in 200 are found with a letter left out.
MOST_SHARING = 1_000
MOST_READ = 240  # rows of a kind that seem to share most: by that index alone not all can be told
MOST_COMPARED = 24  # of these, those that do
MOST_WORDS = 6
SHORT = 6  # letters of a word in which two that changed places leave no three in a row as they were
NEAR_ENOUGH = 0.72  # of 1, in alphabets: one letter wrong in a word of four, two in one of eight
NEAR_IN_SIGNS = 0.6  # where a sign is a word: one wrong in three
FEWEST = 4  # letters that names of fewer words than the query must have, not to be there by chance


def nearest(
    query: str, unread: Mapping[str, Rows], *, first: Collection[str] = ()
) -> dict[str, dict[int, float]]:
    """Of each kind keys of the rows whose names are near, with how near, to 1. One query.

    `unread` are the rows of each that the index does not have as they are; of the kinds in `first`
    only the first of their names counts.
    """
    typed = folding.name(query[:LONGEST])
    threes = _threes(typed)
    if not threes:
        return {kind: {} for kind in unread}
    asked = [{three} for three in sorted(threes)[:MOST_THREES]] + _halves(typed)
    sharing = _sharing([*unread], asked)
    found: dict[str, dict[int, float]] = {}
    for kind, changed in unread.items():
        rows = [(key, names) for key, names in sharing[kind] if key not in changed]
        rows.sort(key=lambda row: -_shared(threes, row[1]))
        rows = rows[:MOST_COMPARED]
        rows += [(key, said.names) for key, said in changed.items() if said]
        lines = 1 if kind in first else None
        how_near = {key: _nearest(typed, threes, names.split("\n")[:lines]) for key, names in rows}
        found[kind] = {key: nearness for key, nearness in how_near.items() if nearness}
    return found


def among(query: str, folded: Sequence[str], every: str) -> dict[int, float]:
    """Which of a few hundred names, as the index would have them, are near to what was typed, by
    their places, with how near, to 1. `every` has all of them."""
    typed = folding.name(query[:LONGEST])
    threes = {three for three in _threes(typed) if three in every}
    if not threes:  # of most words
        return {}
    sharing = [place for place, names in enumerate(folded) if _shares(threes, names)]
    found = {place: _nearest(typed, threes, folded[place].split("\n")) for place in sharing}
    return {place: nearness for place, nearness in found.items() if nearness}


def _nearest(typed: str, threes: set[str], lines: Iterable[str]) -> float:
    return max((_nearness(typed, threes, line) for line in lines), default=0)


def _nearness(typed: str, threes: set[str], name: str) -> float:
    if not _shares(threes, name):
        return 0
    one, other = _letters(typed), _letters(name)
    whole = SequenceMatcher(None, one, other, autojunk=False).ratio()
    enough = NEAR_IN_SIGNS if folding.EAST_ASIAN.search(typed) else NEAR_ENOUGH
    said = max(whole, _word_by_word(one.split()[:MOST_WORDS], other.split()[:MOST_WORDS], enough))
    return said if said >= enough else 0


def _word_by_word(typed: list[str], name: list[str], enough: float) -> float:
    """Whether each word of the shorter is near one of the longer, in whatever order."""
    fewer, more = sorted((typed, name), key=len)
    if sum(map(len, fewer)) < FEWEST:
        return 0
    said = 0.0
    for word in fewer:
        near = get_close_matches(word, more, n=1, cutoff=enough)
        if not near:
            return 0
        said += SequenceMatcher(None, word, near[0]).ratio()
    return said / len(fewer) - 0.01 * (len(more) - len(fewer))  # what says no more is meant first


def _letters(folded: str) -> str:
    return unicodedata.normalize("NFD", folded.replace(folding.MARK, "")).strip()


def _threes(typed: str) -> set[str]:
    """Three in a row of what was typed, and of it with two neighbours in a short word traded."""
    return {
        form[at : at + 3]
        for word in typed.split()
        for form in _forms(f" {word} ")
        for at in range(len(form) - 2)
    }


def _forms(word: str) -> Iterator[str]:
    yield word
    if len(word) <= SHORT + 2:
        for at in range(1, len(word) - 2):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _shares(threes: set[str], names: str) -> list[str]:
    return [three for three in threes if three in names]


def _shared(threes: set[str], names: str) -> float:
    """Short names first, of those that share as many."""
    return len(_shares(threes, names)) ** 2 / len(names)


def _halves(typed: str) -> list[set[str]]:
    """The threes of each half of it. One wrong letter leaves one half as it was, and few names
    have all threes of that, where thousands have each."""
    middle = len(typed) // 2
    halves = [_in_a_row(part) for part in (typed[:middle], typed[middle:])]
    return [threes for threes in halves if len(threes) > 1]


def _in_a_row(said: str) -> set[str]:
    return {said[at : at + 3] for at in range(len(said) - 2)}


def _sharing(
    kinds: Sequence[str], wanted: Sequence[Collection[str]]
) -> dict[str, list[tuple[int, str]]]:
    """Of each kind keys and names of the rows that share most with what was typed, short names
    first.

    Asked is for all threes of each of `wanted`. What stands in very many names says little of any:
    of each so many rows are looked at.
    """
    connection = connections[router.db_for_read(texts.KINDS[kinds[0]])]
    vendor = connection.vendor
    asked: list[Any] = [[*threes] for threes in wanted]
    if vendor == "sqlite":
        asked = [" AND ".join([f'names : "{three}"' for three in threes]) for threes in asked]
    questions = []
    for kind in kinds:
        table = names_of(vendor, kind)
        every = [
            _ONE[vendor].format(table=table, most=MOST_SHARING, threes=len(threes))
            for threes in wanted
        ]
        sql = _NEAREST[vendor].format(table=table, every=" UNION ALL ".join(every))
        questions.append(f"SELECT '{kind}', {kind}_near.* FROM ({sql}) {kind}_near")  # noqa: S608
    found: dict[str, list[tuple[int, str]]] = {kind: [] for kind in kinds}
    params = [*asked, MOST_READ] * len(kinds)
    for kind, place, names in by_index(connection, " UNION ALL ".join(questions), params):
        found[kind].append((places.key(kind, place), names))
    return found


# What FTS5 has of a row besides its key is read of those alone that share anything; PostgreSQL has
# read the row when it knows the key.
_ONE = {
    "sqlite": "SELECT rowid, {threes} AS threes FROM"
    " (SELECT rowid FROM {table} WHERE {table} MATCH %s LIMIT {most}) one",
    "postgresql": "SELECT rowid, names, {threes} AS threes FROM"
    " (SELECT rowid, names FROM {table} WHERE names_threes @> %s LIMIT {most}) one",
}
_NEAREST = {
    "sqlite": "SELECT said.rowid, said.names FROM"
    " (SELECT rowid AS id, sum(threes) AS shared FROM ({every}) every GROUP BY rowid) found"
    " JOIN {table} said ON said.rowid = found.id"
    " ORDER BY found.shared * found.shared * 1.0 / length(said.names) DESC, said.rowid LIMIT %s",
    "postgresql": "SELECT rowid, names FROM ({every}) every GROUP BY rowid, names"
    " ORDER BY sum(threes) * sum(threes) * 1.0 / length(names) DESC, rowid LIMIT %s",
}
