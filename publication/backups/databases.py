"""A copy of the whole database at one moment while others write, and putting one in its place.

SQLite through its online backup interface (sqlite.org/backup.html), PostgreSQL through its client
tools. Either way a copy takes the old one's place in one transaction: all of it, or nothing.
"""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.text import get_text_list

from comments.models import Follower, Notice
from reviews.models import Image

from ..pagecache.triggers import EVERYTHING
from ..pagecache.triggers import TABLE as CHANGES
from ..progress import Tell
from . import crossing, tools
from .archive import BadArchive
from .tables import Tables
from .tools import ToolFailed

# Numbers of transactions mean nothing in another cluster: all that was written down is of now.
_CHANGED_NOW = (
    f"DO $$ BEGIN IF to_regclass('public.{CHANGES}') IS NOT NULL THEN "  # noqa: S608
    f"UPDATE public.{CHANGES} SET xid = pg_current_xact_id(); END IF; END $$"
)
GIVEN_UP = "given up: a backup was restored"  # said of a mail that may have gone out since
_MAILS = Notice._meta.db_table
_GIVE_UP_MAILS = (
    f"UPDATE {{table}} SET dropped_at = {{now}}, error = '{GIVEN_UP}' "  # noqa: S608
    "WHERE sent_at IS NULL AND dropped_at IS NULL"
)
# What was news when the copy was made was mailed since, but for the last day's.
_FOLLOWERS = Follower._meta.db_table
_LET_NEWS_GROW_OLD = (
    "UPDATE {table} SET news_from = {a_day_ago}, in_hand = '[]', begun_at = NULL "
    "WHERE news_from < {a_day_ago}"
)
_SETTLED = ((_MAILS, _GIVE_UP_MAILS), (_FOLLOWERS, _LET_NEWS_GROW_OLD))
_OF_SQLITE = {"now": "datetime('now')", "a_day_ago": "datetime('now', '-1 day')"}
_OF_POSTGRESQL = {"now": "now()", "a_day_ago": "now() - interval '1 day'"}
_WHERE_THERE = (
    "DO $$ BEGIN IF to_regclass('public.{table}') IS NOT NULL THEN {update}; END IF; END $$"
)
_THERE = "SELECT 1 FROM sqlite_master WHERE name = ?"
_AHEAD = 1_000_000  # changes that others may still make before this one is in place
Settled = tuple[tuple[str, str], ...]  # tables, and what is done in each if it is there
Ask = Callable[[str], list[tuple[Any, ...]]]  # the rows of a SELECT
_TABLE = Image._meta.db_table
# What is there is read on under another name, and goes at the end: nobody waits for all the rows.
_BEFORE = "publication_before"
_PUT_ASIDE = (
    f"ALTER SCHEMA public RENAME TO {_BEFORE}; "  # noqa: S608 (our own words)
    "CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC; "  # as in a new database
    # Whoever runs the server has extensions there, such as pg_stat_statements: they stay.
    "DO $$ DECLARE one text; BEGIN FOR one IN SELECT extname FROM pg_extension "
    f"WHERE extnamespace = '{_BEFORE}'::regnamespace "
    "LOOP EXECUTE format('ALTER EXTENSION %I SET SCHEMA public', one); END LOOP; END $$"
)
_OF_OTHERS = (
    "SELECT extname, rolname FROM pg_extension JOIN pg_roles ON pg_roles.oid = extowner WHERE "
    "extnamespace = 'public'::regnamespace AND NOT pg_has_role(extowner, 'USAGE') ORDER BY extname"
)
_GUARD = re.compile(rb"\\restrict \w+\n")  # with a word that pg_restore made up (CVE-2025-8714)
_TAKE_AWAY = (
    "SET client_min_messages = warning; SET lock_timeout = '60s'; "
    f"DROP SCHEMA {_BEFORE} CASCADE; SET lock_timeout = 0"
)


@contextmanager
def snapshot(target: Path) -> Iterator[Ask]:
    """Writes the copy to `target`; inside, a function that asks it, or what it was made of.

    Raises `ToolFailed`.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)  # in one step: one moment, however many write
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        require_whole_sqlite(target)
        with closing(sqlite3.connect(target)) as copy:
            yield lambda sql: copy.execute(sql).fetchall()
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (moment,) = cursor.fetchone()
            words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
            tools.run("pg_dump", *words, f"--file={target}", on_the_database=True)

            def ask(sql: str) -> list[tuple[Any, ...]]:
                cursor.execute(sql)
                return list(cursor.fetchall())

            yield ask


def make_a_place() -> None:
    """A SQLite file that is still to come, for its owner alone: it will hold readers' addresses."""
    if connection.vendor == "sqlite":
        place = Path(str(connection.settings_dict["NAME"]))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)


def require_whole(copy: Path, vendor: str) -> None:
    """Raises `BadArchive` when the copy cannot be one, `ToolFailed`."""
    if vendor == "sqlite":
        require_whole_sqlite(copy)
    else:
        try:
            tools.run("pg_restore", "--list", str(copy))
        except ToolFailed as error:
            if shutil.which("pg_restore"):
                raise BadArchive(f"The database in it cannot be read: {error}") from None
            raise


def require_same(copy: Path, vendor: str, migrations: Iterable[tuple[str, str]]) -> None:
    """Raises `BadArchive` when the copy is of another database than was said, such as none of this
    program's, `ToolFailed`."""
    table = Tables(copy, vendor, only="django_migrations")
    try:
        rows = [dict(zip(one.columns, row, strict=True)) for one in table for row in one.rows]
    except (sqlite3.Error, ValueError):
        rows = []
    if {(row.get("app"), row.get("name")) for row in rows} != set(migrations):
        raise BadArchive("The database in it is not the one of which its manifest tells.")


def require_whole_sqlite(copy: Path) -> None:
    """Raises `BadArchive` when SQLite finds damage, or a row that points nowhere."""
    try:
        with closing(sqlite3.connect(copy)) as database:
            (said,) = database.execute("PRAGMA integrity_check").fetchone()
            astray = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BadArchive(f"The database in it is damaged: {error}.") from None
    if said != "ok" or astray:
        raise BadArchive(f"The database in it is damaged: {said if said != 'ok' else astray}.")


def not_ours_to_move() -> str:
    """Why a copy could not take this database's place, and what to do; or “”. What was there is put
    aside with its schema, and who does not own an extension cannot leave it where it is."""
    if connection.vendor != "postgresql" or not connection.introspection.table_names():
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_OF_OTHERS)
        others = cursor.fetchall()
    if not others:
        return ""
    named = get_text_list([f"{name}, of the role {owner}" for name, owner in others], "and")
    moves = "".join(f' ALTER EXTENSION "{name}" SET SCHEMA extensions;' for name, _ in others)
    return (
        f"In the schema public of the database are extensions of others, which this user cannot "
        f"leave where they are: {named}. Let the server's administrator move them, and restore "
        f"again: psql {connection.settings_dict['NAME']} -c 'CREATE SCHEMA IF NOT EXISTS "
        f"extensions;{moves}'"
    )


def put_in_place(
    copy: Path, vendor: str, renamed: Mapping[str, str], send_owed: bool, tell: Tell
) -> None:
    """The copy instead of what is there, in one transaction. `renamed`: originals whose names
    were taken, and what they are called now. Processes that are connected see it at once, and so
    the mails that were owed when it was made are given up in it, and of what was news then only the
    last day's is told, unless they shall be sent."""
    settled = () if send_owed else _SETTLED
    if vendor != connection.vendor:
        crossing.put_in_place(Tables(copy, vendor), renamed, "" if send_owed else GIVEN_UP, tell)
        return
    tell("Database in its place", 0, 1)
    if vendor == "sqlite":
        _put_sqlite_in_place(copy, renamed, settled)
    else:
        _put_postgresql_in_place(copy, renamed, settled)
    tell("Database in its place", 1, 1)


def _put_sqlite_in_place(copy: Path, renamed: Mapping[str, str], settled: Settled) -> None:
    connection.close()
    name = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(name)) as target:
        update = f"UPDATE {_TABLE} SET file = ? WHERE file = ?"  # noqa: S608 (our own words)
        source.executemany(update, [(new, old) for old, new in renamed.items()])
        for table, settle in settled:
            if source.execute(_THERE, (table,)).fetchone():
                source.execute(settle.format(table=table, **_OF_SQLITE))
        _let_go_of_pages(source, target)
        source.commit()
        target.execute("PRAGMA busy_timeout = 60000")
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target)


def _let_go_of_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Stored pages hold by numbers of changes: those that come must be above all that were."""
    if not source.execute(_THERE, (CHANGES,)).fetchone():
        return
    last = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?"
    numbers = [source.execute(last, (CHANGES,)).fetchone()[0]]
    if target.execute(_THERE, ("sqlite_sequence",)).fetchone():
        numbers.append(target.execute(last, (CHANGES,)).fetchone()[0])
    source.execute(
        f"INSERT OR REPLACE INTO {CHANGES} (id, tag) VALUES (?, ?)",  # noqa: S608 (our own words)
        (max(numbers) + _AHEAD, EVERYTHING),
    )


def _put_postgresql_in_place(copy: Path, renamed: Mapping[str, str], settled: Settled) -> None:
    there = bool(connection.introspection.table_names())
    connection.close()
    script = copy.with_suffix(".sql")
    # Without what another server had beside us: its extensions, and schemas of theirs.
    words = ["--schema=public", "--no-owner", "--no-privileges", f"--file={script}"]
    tools.run("pg_restore", *words, str(copy))
    _require_guarded(script)
    words = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    words += [f"--command={_PUT_ASIDE}"] if there else []
    # What pg_restore writes ends without a search path; our triggers need one.
    words += [f"--file={script}", "--command=SET search_path = public"]
    words += [f"--command={_renaming(old, new)}" for old, new in renamed.items()]
    for table, settle in settled:
        update = settle.format(table=f"public.{table}", **_OF_POSTGRESQL)
        words += [f"--command={_WHERE_THERE.format(table=table, update=update)}"]
    words += [f"--command={_CHANGED_NOW}"]
    words += [f"--command={_TAKE_AWAY}"] if there else []
    tools.run("psql", *words, on_the_database=True)


def _require_guarded(script: Path) -> None:
    """Whether the first that psql is told is to take none of its own commands from what follows: in
    a dump of somebody else's they would start programs. Raises `ToolFailed`."""
    with script.open("rb") as lines:
        told = next((line for line in lines if line.strip() and not line.startswith(b"--")), b"")
    if not _GUARD.fullmatch(told):
        raise ToolFailed(
            "pg_restore is one that does not keep psql from starting programs that a dump names. "
            "Install PostgreSQL's client tools of August 2025 or newer (13.22, 14.19, 15.14, "
            "16.10, 17.6, 18)."
        )


def _renaming(old: str, new: str) -> str:
    new, old = _quoted(new), _quoted(old)
    return f"UPDATE public.{_TABLE} SET file = {new} WHERE file = {old}"  # noqa: S608


def _quoted(text: str) -> str:
    """As a string constant (PostgreSQL manual, 4.1.2.1, with standard_conforming_strings)."""
    return "'" + text.replace("'", "''") + "'"
