"""The rows of a copied database, table by table, as its own engine wrote them down.

A SQLite file is asked; what pg_dump wrote is read as pg_restore prints it, in the text format of
COPY (PostgreSQL manual, COPY, “Text Format”), so that no server is needed.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import tools
from .archive import BadArchive

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """One table. Its rows are there until the next one is asked for."""

    name: str
    columns: list[str]
    rows: Iterator[Row]


@dataclass
class Tables:
    """All of a copy, or `only` one. When it was gone through, `seen` has the tables, and `last` the
    number that each gave last: that of a row which was deleted since must be given to no other."""

    copy: Path
    vendor: str
    only: str = ""
    seen: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Table]:
        """Raises `BadArchive`, `ToolFailed`."""
        every = {"sqlite": self._of_sqlite, "postgresql": self._of_postgresql}[self.vendor]
        for table in every():
            self.seen.add(table.name)
            yield table

    def _of_sqlite(self) -> Iterator[Table]:
        named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND ? IN ('', name)"
        with closing(sqlite3.connect(self.copy)) as database:
            try:
                for (name,) in database.execute(named, (self.only,)).fetchall():
                    found = database.execute(f'SELECT * FROM "{name}"')  # noqa: S608 (its own names)
                    yield Table(name, [column for column, *_ in found.description], found)
                if not self.only:
                    self.last.update(database.execute("SELECT name, seq FROM sqlite_sequence"))
            except sqlite3.DatabaseError as error:
                raise BadArchive(f"The database in it cannot be read: {error}.") from None

    def _of_postgresql(self) -> Iterator[Table]:
        words = ["--data-only", "--file=-", *([f"--table={self.only}"] if self.only else [])]
        with tools.lines("pg_restore", *words, str(self.copy)) as lines:
            for line in lines:
                if begins := _COPY.fullmatch(line):
                    columns = [name.strip('"') for name in begins["columns"].split(", ")]
                    rows = _copied(lines)
                    yield Table(begins["table"], columns, rows)
                    for _ in rows:  # what nobody asked for
                        pass
                elif said := _SETVAL.fullmatch(line):
                    given = int(said["last"]) if said["called"] == "true" else 0
                    self.last[said["table"]] = given


_COPY = re.compile(r'COPY public\."?(?P<table>\w+)"? \((?P<columns>.*)\) FROM stdin;\n')
_SETVAL = re.compile(
    r"SELECT pg_catalog\.setval\('public\.(?P<table>\w+)_id_seq', "
    r"(?P<last>\d+), (?P<called>\w+)\);\n"
)
_END, _NULL = "\\.\n", "\\N"
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MEANS: Mapping[str, str] = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def _copied(lines: Iterator[str]) -> Iterator[Row]:
    for line in lines:
        if line == _END:
            return
        yield tuple(map(_plain, line.removesuffix("\n").split("\t")))
    raise BadArchive("The database in it is cut short.")


def _plain(text: str) -> str | None:
    if text == _NULL:
        return None
    return (
        _ESCAPED.sub(lambda found: _MEANS.get(found[1], found[1]), text) if "\\" in text else text
    )
