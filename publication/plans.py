"""How SQLite comes to an answer: what it is told of the tables before it has seen them full.

SQLite chooses among indexes by its statistics. A new database has none, and none that is small says
what a large one needs; then it takes every index for as good as another, and walks all that is
published where the index of a film would have found two pieces. So it is told how many rows share a
value, as in a publication of twenty years: plans are the same on the first day and on the last.
What sqlite.org calls manual control of query plans by the sqlite_stat tables. PostgreSQL counts by
itself, over and over; it is only told to compile nothing.

Whoever runs ANALYZE replaces this by what there is, until the next `migrate`.
"""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

ROWS = 10_000  # of a table of which nothing is said
SHARE_A_VALUE = 10  # rows with the same value of a column of which nothing is said

TABLES = {
    "comments_comment": 1_000_000,
    "comments_decision": 1_000_000,
    "comments_finding": 1_000_000,
    "reviews_article": 20_000,
    "reviews_byline": 20_000,
    "reviews_country": 250,
    "reviews_credit": 50_000,
    "reviews_festival": 20,
    "reviews_festivaledition": 200,
    "reviews_language": 200,
    "reviews_reviewer": 100,
    "reviews_section": 10,
    "reviews_tag": 500,
}
# Indexes of a part of the rows, and how many have it: of ninety days of mails few are still owed.
PARTS = {"notice_owed": 100}
EXPRESSION = ""
# Columns with few values: which part of the rows may share one.
FEW_VALUES = {
    ("reviews_article", "kind"): 0.2,
    ("reviews_article", "status"): 0.9,
    ("reviews_article", "section_id"): 0.2,
    ("reviews_article", EXPRESSION): 0.1,
    ("reviews_article_tags", "tag_id"): 0.01,
    ("reviews_byline", "reviewer_id"): 0.02,
    ("reviews_film", "year"): 0.02,
    # Of one country or two there is more; of all others their own few are found, and not the newest
    # of all gone through for them.
    ("reviews_film_countries", "country_id"): 0.02,
    ("reviews_film_languages", "language_id"): 0.05,
    ("comments_comment", "status"): 0.8,
    ("comments_comment", "article_id"): 0.0001,
    ("comments_comment", "parent_id"): 0.7,  # most answer the article itself
    ("comments_comment", "written_by_id"): 0.99,  # readers' have none
    ("comments_comment", "picked_by_id"): 0.99,
    ("comments_decision", "by_id"): 0.3,  # a few moderators', or a rule's
    ("comments_finding", "rule"): 0.1,
}
# Columns that most rows leave empty, where an index begins with one: more than share a value, and
# less than are empty. So what has one is found by it, and what has none by anything else.
MOSTLY_EMPTY = {
    ("comments_comment", "parent_id"): 0.001,
    ("comments_comment", "identity_id"): 0.0001,
    ("comments_decision", "undoes_id"): 0.001,
}


def compile_nothing(connection: Any, **_: Any) -> None:
    """PostgreSQL compiles what it takes to be dear (JIT), and for lists of fifty rows that takes
    longer than to answer (docs/decisions/0024). Said once in each connection, and not as an option
    of connecting, which poolers refuse; on the driver's own, as it is no statement of a page."""
    if connection.vendor == "postgresql":
        connection.connection.execute("SET jit = off")


def install(using: str = "default", **_: Any) -> None:
    """Tells SQLite, unless it was told the same. After `migrate`."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        told = sorted(_told(cursor))
        there = MigrationRecorder.Migration._meta.db_table  # whatever else was taken back
        cursor.execute(f'ANALYZE "{there}"')  # makes the table of statistics, if there is none
        cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL")
        if sorted(cursor.fetchall()) == told:
            return
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", told)
        cursor.execute("ANALYZE sqlite_schema")  # this connection reads it; others when they open


def _told(cursor: Any) -> list[tuple[str, str, str]]:
    """Table, index, and what is said of it, for each index of ours that there is."""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'")
    found = [(table, index) for table, index in cursor.fetchall() if table in ours]
    unique = _unique(cursor, sorted({table for table, _ in found}))
    return [(table, index, _said(cursor, table, index, unique)) for table, index in found]


def _unique(cursor: Any, tables: list[str]) -> set[str]:
    """The indexes that let no two rows have the same values."""
    found = set()
    for table in tables:
        cursor.execute(f'PRAGMA index_list("{table}")')
        found |= {name for _, name, unique, *_ in cursor.fetchall() if unique}
    return found


def _said(cursor: Any, table: str, index: str, unique: set[str]) -> str:
    """The rows of the index, then how many share the first value of it, the first two …"""
    cursor.execute(f'PRAGMA index_xinfo("{index}")')
    columns = [name or EXPRESSION for _, _, name, _, _, is_key in cursor.fetchall() if is_key]
    rows = PARTS.get(index) or TABLES.get(table, ROWS)
    left: float = rows
    said = [rows]
    for place, column in enumerate(columns):
        share = 1 / rows if column == "id" else SHARE_A_VALUE / rows
        shares = FEW_VALUES if place else FEW_VALUES | MOSTLY_EMPTY
        left = max(1.0, left * shares.get((table, column), share))
        said.append(round(left))
    if index in unique and (table, columns[-1]) not in MOSTLY_EMPTY:
        said[-1] = 1
    return " ".join(map(str, said))
