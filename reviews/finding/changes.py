"""Triggers that write down what was changed of what words are made of, in the same transaction.

Whichever door a change comes through, it leaves a row that names a piece, a film, a person or a
reviewer. In whose words these are is asked when the row is read, and not by the trigger, which does
not see a piece that somebody else is writing at that moment. `index` reads words again later; until
then they are searched as they are.

They are no part of a migration: SQLite drops a table's triggers whenever Django makes the table
anew, and refuses to rename a table that another's trigger names. `migrate` takes them away before
it begins and makes them when it is done, and then all is read again.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..models import Article, Byline, CoveredFilm, Credit, Film, FilmTitle, Person, Reviewer

TABLE = "reviews_unread"  # no model: it has no meaning but here
PREFIX = "reviews_find_"
# Another way to prepare words is another number: then all is read again after `migrate`.
EDITION = 8
UNWATCHED = -1  # the number of the row that stands there while nobody notes what changes

_TABLES = {
    "sqlite": f"""CREATE TABLE IF NOT EXISTS {TABLE}
        (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject INTEGER NOT NULL)""",
    "postgresql": f"""CREATE TABLE IF NOT EXISTS {TABLE}
        (id bigserial PRIMARY KEY, kind text NOT NULL, subject bigint NOT NULL)""",
}


@dataclass(frozen=True)
class Spread:
    """Whose words are others when rows are: their own, where they are of a kind that has words, and
    those of the pieces that a SELECT finds by their {keys}."""

    own: str | None
    pieces: str


# What a row of the table says was changed, where that is in the words of others.
SPREADS = {
    "by": Spread(None, "SELECT article_id AS id FROM reviews_byline WHERE reviewer_id IN ({keys})"),
    "about": Spread(
        "film",
        "SELECT id FROM reviews_article WHERE film_id IN ({keys})"
        " UNION SELECT article_id FROM reviews_coveredfilm WHERE film_id IN ({keys})",
    ),
    "with": Spread(
        "person",
        "SELECT article.id FROM reviews_credit credit JOIN reviews_article article"
        " ON article.film_id = credit.film_id WHERE credit.person_id IN ({keys})"
        " UNION SELECT article_id FROM reviews_credit credit JOIN reviews_coveredfilm covered"
        " ON covered.film_id = credit.film_id WHERE credit.person_id IN ({keys})"
        " UNION SELECT article_id FROM reviews_article_people WHERE person_id IN ({keys})",
    ),
}


@dataclass(frozen=True)
class _Watched:
    table: str
    columns: tuple[str, ...]
    kind: str  # what is written down, of the row that a column names
    subject: str


_WATCHED = [
    _Watched(
        Article._meta.db_table,
        ("headline", "standfirst", "verdict", "body", "film_id", "first_published_at"),
        *("article", "id"),
    ),
    _Watched(Byline._meta.db_table, ("article_id", "reviewer_id"), "article", "article_id"),
    _Watched(
        Article.people.through._meta.db_table,
        ("article_id", "person_id"),
        *("article", "article_id"),
    ),
    _Watched(CoveredFilm._meta.db_table, ("article_id", "film_id"), "article", "article_id"),
    _Watched(Reviewer._meta.db_table, ("name",), "by", "id"),
    _Watched(Film._meta.db_table, ("title",), "about", "id"),
    _Watched(FilmTitle._meta.db_table, ("film_id", "text"), "about", "film_id"),
    _Watched(Credit._meta.db_table, ("film_id", "person_id"), "about", "film_id"),
    _Watched(Person._meta.db_table, ("name", "native_name"), "with", "id"),
]


Changed = Mapping[str, set[int]]  # what was changed → of which rows


def by_kind(rows: Iterable[tuple[int, str, int]]) -> Changed:
    """Rows of the table, as what they say."""
    found: dict[str, set[int]] = {}
    for _, kind, subject in rows:
        found.setdefault(kind, set()).add(subject)
    return found


def own_words(changed: Changed) -> Changed:
    """Of each kind that has words, whose own may be others; those are not among them to which a
    change spreads."""
    found: dict[str, set[int]] = {}
    for kind, keys in changed.items():
        own = SPREADS[kind].own if kind in SPREADS else kind
        if own:
            found.setdefault(own, set()).update(keys)
    return found


def pieces_of(kind: str, keys: Collection[int]) -> str:
    """A SELECT of the pieces to which a change of those rows spreads."""
    return SPREADS[kind].pieces.format(keys=", ".join(map(str, keys)))


def make(cursor: Any, vendor: str) -> None:
    """The table and the triggers, which are not there."""
    cursor.execute(_TABLES[vendor])
    for statement in _statements(vendor):
        cursor.execute(statement)


def drop(cursor: Any, vendor: str) -> None:
    for name, table in _there(cursor, vendor):
        on = f" ON {table}" if vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def forget(cursor: Any) -> None:
    """What PostgreSQL's triggers called, whose tables are gone."""
    for watched in _WATCHED:
        cursor.execute(f'DROP FUNCTION IF EXISTS "{PREFIX}{watched.table}"()')


def are_made(cursor: Any, vendor: str) -> bool:
    """Whether the triggers that there are, are those that this code would make."""
    events = _EVENTS[vendor]
    wanted = {
        f"{PREFIX}{watched.table}_{event}_{_digest(vendor)}"
        for watched in _WATCHED
        for event in events
    }
    return {name for name, _ in _there(cursor, vendor)} == wanted


_EVENTS = {"sqlite": ("insert", "update", "delete"), "postgresql": ("change",)}


def _there(cursor: Any, vendor: str) -> list[tuple[str, str]]:
    """Name and table of each of our triggers."""
    asked = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger",
    }
    cursor.execute(asked[vendor])
    return [(name, table) for name, table in cursor.fetchall() if name.startswith(PREFIX)]


@cache
def _digest(vendor: str) -> str:
    """Of all that the triggers do: other code, other triggers."""
    said = [str(EDITION), *(body for w in _WATCHED for body in _bodies(w, vendor).values())]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]


def _bodies(watched: _Watched, vendor: str) -> dict[str, str]:
    """What is done at each event."""
    differ = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f'OLD."{name}" {differ} NEW."{name}"' for name in watched.columns)
    old, new = (f"SELECT '{watched.kind}', {row}.\"{watched.subject}\"" for row in ("OLD", "NEW"))
    selects = {
        "insert": new,
        "update": f"{old} WHERE ({changed}) UNION {new} WHERE ({changed})",
        "delete": old,
    }
    return {
        event: f"INSERT INTO {TABLE} (kind, subject) {select};" for event, select in selects.items()
    }


def _statements(vendor: str) -> Iterator[str]:
    for watched in _WATCHED:
        bodies = _bodies(watched, vendor)
        name = f"{PREFIX}{watched.table}"
        if vendor == "sqlite":
            for event, body in bodies.items():
                yield (
                    f'CREATE TRIGGER "{name}_{event}_{_digest(vendor)}" AFTER {event.upper()}'
                    f' ON "{watched.table}" FOR EACH ROW BEGIN {body} END'
                )
            continue
        cases = " ".join(
            f"IF TG_OP = '{event.upper()}' THEN {body} END IF;" for event, body in bodies.items()
        )
        yield (
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS'
            f" $$ BEGIN {cases} RETURN NULL; END $$"
        )
        yield (
            f'CREATE TRIGGER "{name}_change_{_digest(vendor)}" AFTER INSERT OR UPDATE OR DELETE'
            f' ON "{watched.table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()'
        )
