"""No page goes through all articles or comments, nor sorts them: each question has its index.

SQLite says how it would answer before it does. It is told of large tables (publication/plans.py),
so that what it says of a few rows holds for a million.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import moderation, notices, privacy, trust
from comments.desk import numbers
from comments.learning import labels
from comments.models import Comment, Decision, Finding, Identity, Notice
from comments.spam import dry_run
from publication import plans
from reviews.models import Article, Film
from tests.bench import growth_reader
from tests.factories import make_comment

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's plans"),
]
NOW = timezone.now()
LARGE = {model._meta.db_table for model in (Article, Comment, Decision, Finding)}
FILMS = {Film._meta.db_table}  # on public pages; the newsroom's list shows all of a few
# Drafts are picked out of the index of all.
WHOLE = {"newsroom: drafts"}


def _questions(client: Client, address: str) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    asked: list[tuple[str, object]] = []

    def note(execute: object, sql: str, params: object, many: bool, context: object) -> object:
        asked.append((sql, params))
        return execute(sql, params, many, context)  # type: ignore[operator]

    with connection.execute_wrapper(note):  # type: ignore[arg-type]
        assert client.get(address).status_code == 200
    for sql, params in asked:
        if sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)  # type: ignore[arg-type]
                yield sql, [(row[0], row[1], row[3]) for row in cursor.fetchall()]


def _walks(sql: str, plan: list[tuple[int, int, str]], large: set[str]) -> list[str]:
    """What of a plan goes through a whole large table that no LIMIT of its own question ends."""
    found: list[str] = []
    whole, ended = _ended(sql)
    sorted_first = {parent for _, parent, step in plan if "TEMP B-TREE FOR ORDER BY" in step}
    begun: set[int] = set()  # questions of which a table stood before: it is gone through again
    for _, parent, step in plan:
        if step.startswith("SCAN json_each"):
            continue  # keys that the question brings along
        if "VIRTUAL TABLE INDEX" in step and not re.search(r"INDEX \d+:(M\d|=)", step):
            found.append(f"{step}\n    {sql}")  # neither by what MATCH says nor by its key
        again = parent in begun
        begun |= {parent} if step.startswith(("SCAN", "SEARCH")) else set()
        scanned = re.match(r"SCAN (\w+)(?: USING (COVERING )?INDEX (\w+))?$", step)
        if scanned is None:
            continue
        name, covering, index = scanned.groups()
        limited = (name in ended if parent else whole) and parent not in sorted_first and not again
        counted = "COUNT(" in sql and covering
        if _table(sql, name, index) in large and not limited and not counted:
            found.append(f"{step}\n    {sql}")
    return found


_NAMED = re.compile(r'\b(?:FROM|JOIN) "?(\w+)"?(?: (?:AS )?"?([A-Z]+\d+\b))?')
_BRACKET = re.compile(r"\(([^()]*)\)")


def _ended(sql: str) -> tuple[bool, set[str]]:
    """Whether a LIMIT ends the statement, and the names of the tables that every question in it
    about them ends so: what stands in brackets is a question of its own."""
    ended: set[str] = set()
    not_ended: set[str] = set()
    while found := _BRACKET.search(sql):
        names = {name for pair in _NAMED.findall(found[1]) for name in pair if name}
        (ended if re.search(r"\bLIMIT\b", found[1]) else not_ended).update(names)
        sql = f"{sql[: found.start()]} {sql[found.end() :]}"
    return bool(re.search(r"\bLIMIT\b", sql)), ended - not_ended


def test_a_limit_ends_the_question_it_stands_in_and_no_other() -> None:
    exists = 'SELECT a FROM "big" WHERE EXISTS(SELECT 1 FROM "small" U0 WHERE (U0."x") LIMIT 1)'
    assert _ended(exists) == (False, {"small", "U0"})
    assert _ended('SELECT a FROM "big" WHERE b IN (SELECT c FROM "small") LIMIT 5') == (True, set())
    asked = [(1, 0, "SCAN comments_comment")]
    assert _walks('SELECT 1 FROM "comments_comment" WHERE (SELECT 1 LIMIT 1)', asked, LARGE)
    assert not _walks('SELECT 1 FROM "comments_comment" LIMIT 1', asked, LARGE)
    twice = [(1, 0, "SEARCH x USING INDEX y"), *asked]
    assert _walks('SELECT 1 FROM "x" JOIN "comments_comment" LIMIT 1', twice, LARGE)


def _table(sql: str, name: str, index: str | None) -> str:
    """Behind an alias that several parts of a statement may have."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name FROM sqlite_master WHERE name = %s", [index or name])
        if row := cursor.fetchone():
            return str(row[0])
    alias = re.search(rf'"(\w+)" {name}\b', sql)
    return alias[1] if alias else name


@pytest.fixture
def pages(db: None) -> dict[str, tuple[Client, str]]:
    call_command("make_bulk_content", articles=120, comments=400, verbosity=0, stdout=_Nowhere())
    return growth_reader._pages()


class _Nowhere:
    def write(self, _: str) -> None: ...

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return False


def test_no_page_goes_through_all_articles_or_comments(
    pages: dict[str, tuple[Client, str]],
) -> None:
    walked = [
        f"{name}: {walk}"
        for name, (client, address) in pages.items()
        if name not in WHOLE
        for sql, plan in _questions(client, address)
        for walk in _walks(sql, plan, LARGE if name.startswith("newsroom") else LARGE | FILMS)
    ]
    assert not walked, "\n".join(walked)


def test_what_is_kept_under_an_address_is_found_by_it(db: None) -> None:
    comment = make_comment()
    with CaptureQueriesContext(connection) as asked:
        privacy.ask("Mina@example.org")
        notices.ask_to_confirm(comment)
        Comment.objects.approved().under("Mina@example.org").exists()
        privacy.erase("Mina@example.org")
    about = [query["sql"] for query in asked if "LOWER(" in query["sql"]]
    assert len(about) >= 5
    for sql in about:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            steps = [row[3] for row in cursor.fetchall()]
        assert any("INDEX comment_same_email (<expr>=?" in step for step in steps), (sql, steps)


def test_the_numbers_of_the_desk_are_read_from_what_is_recent(db: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        numbers.collect()
        dry_run.since(timezone.now() - timedelta(days=30))
    first = []
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            first.append(cursor.fetchone()[3])
    by_time = re.compile(r"SEARCH comments_\w+ USING INDEX (decision|finding)_by_time \(\w+>\?\)")
    walked = [step for step in first if not by_time.fullmatch(step)]
    assert [step for step in walked if "comment_queue" not in step] == []


def test_whether_mail_stands_still_is_asked_of_what_is_owed_and_was_sent_last(
    moderator: User,
) -> None:
    notices.tell(moderator, Notice.Kind.TROUBLE, about="a disk", at=NOW)
    Notice.objects.update(error="gaierror")
    with CaptureQueriesContext(connection) as asked:
        assert notices.standstill()
    assert len(asked) == 3
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            index = "notice_owed" if '"sent_at" IS NULL' in query["sql"] else "notice_sent"
            assert f"INDEX {index}" in cursor.fetchone()[3]


LISTS = ("front", "reviews", "reviews, highest rated first", "features", "section", "feed", "month")


def test_the_newest_of_a_list_are_read_from_their_index_and_not_sorted(
    pages: dict[str, tuple[Client, str]],
) -> None:
    for name in LISTS:
        client, address = pages[f"page: {name}"]
        looked_at = 0
        for sql, plan in _questions(client, address):
            if re.search(r'ORDER BY .*first_published_at" DESC', sql) and "UNION" not in sql:
                sorts = [step for _, parent, step in plan if not parent and "TEMP B-TREE" in step]
                assert not sorts, f"{name}: {sql}"
                looked_at += 1
        assert looked_at, name


NAMED = ("tag", "reviewer", "person", "edition", "film")
NARROWED = ("year", "country", "festival", "reviewer")


def test_which_pieces_something_names_is_read_of_indexes_alone(
    pages: dict[str, tuple[Client, str]],
) -> None:
    """Their rows are as long as their bodies; a list reads those that it shows."""
    for name in (*NAMED, *(f"reviews by {by}" for by in NARROWED)):
        client, address = pages[f"page: {name}"]
        looked_at = 0
        for sql, plan in _questions(client, address):
            if re.search(r'ORDER BY .*first_published_at" DESC|"__count"', sql):
                what = "reviews_article|U0" if name in ("tag", "reviewer") else "reviews_article"
                steps = [step for _, _, step in plan if re.match(rf"\w+ ({what})\b", step)]
                assert steps, sql
                assert all(" COVERING INDEX " in step for step in steps), f"{name}: {steps}\n{sql}"
                looked_at += 1
        assert looked_at, name


def test_every_index_is_told_of_and_telling_again_changes_nothing(db: None) -> None:
    plans.install()
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, stat FROM sqlite_stat1")
        told = dict(cursor.fetchall())
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        indexes = {name for (name,) in cursor.fetchall()}
    ours = {index.name for model in (Article, Comment) for index in model._meta.indexes}
    assert ours <= indexes & told.keys()
    assert told["comment_thread"].startswith("1000000 ")
    plans.install()
    assert User.objects.count() == 0


def test_sqlite_is_told_of_the_rest_when_a_table_is_migrated_away(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE publication_masthead")
        plans.install()
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE idx = 'comment_thread'")
        assert cursor.fetchone() == (1,)


def test_what_hangs_together_by_what_most_have_not_is_found_by_what_it_has(moderator: User) -> None:
    """Nearly no decision undoes one, nearly no comment has an identity or answers another. Whoever
    asks of one comment, of one writer or of one label does not go through all decisions."""
    identity = Identity.objects.create(
        email="mina@example.org", **dict.fromkeys(("proven_at", "used_at", "earned_since"), NOW)
    )
    few = make_comment(identity=identity)
    asked = {
        "trust": lambda: trust.record_of(identity),
        "replies": lambda: few.replies.count(),
        "labels": lambda: list(labels.in_force().filter(pk__in=first)),
    }
    moderation.approve([few], by=moderator)
    first = list(Decision.objects.values_list("pk", flat=True))
    before = {name: _steps(ask) for name, ask in asked.items()}
    moderation.approve([make_comment(few.article) for _ in range(150)], by=moderator)
    plans.install()
    for name, ask in asked.items():
        assert _steps(ask) < before[name] + 150, name


def _steps(ask: Callable[[], object]) -> int:
    """Of SQLite's machine."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.connection.set_progress_handler(step, 1)
    ask()
    connection.connection.set_progress_handler(None, 0)
    return steps
