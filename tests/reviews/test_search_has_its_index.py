"""`migrate` makes the index of words; while it lacks something, searches and readiness say so."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publication import health
from reviews import checks, migrated
from reviews.finding import changes, index
from reviews.models import Article
from tests.factories import make_article

from .searching import BEHIND, found, page, read_all, unread

pytestmark = pytest.mark.django_db


def test_as_long_as_nobody_notes_what_changes_searches_and_readiness_say_so() -> None:
    """While `migrate` takes its steps, and after one of them failed."""
    make_article()
    read_all()
    assert index.is_kept()
    for _ in range(2):  # whoever tries again after a failure begins with what the first try left
        index.remove()
    assert BEHIND in page("zanzibar")
    read_all()
    assert BEHIND in page("zanzibar"), "the worker goes on reading what it knows of"
    ready = Client().get("/readyz").content.decode()
    assert "migrations: All applied, but the search has no index. Run manage.py migrate." in ready
    index.install()
    assert index.is_kept()
    assert BEHIND not in page("zanzibar")
    assert "migrations: ok" in Client().get("/readyz").content.decode()


def test_what_an_interrupted_migrate_left_to_be_read_the_worker_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = make_article(headline="Zanzibar")
    index.remove()
    with monkeypatch.context() as patch:
        patch.setattr(index, "read_next", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            index.install()
    assert index.is_kept()
    assert found("zanzibar") == [article.get_absolute_url()]
    read_all()
    assert unread() == 0
    assert found("zanzibar") == [article.get_absolute_url()]


def _interrupted(**_: object) -> int:
    raise KeyboardInterrupt


def test_where_every_migration_was_taken_back_nothing_is_left() -> None:
    """What `migrate reviews zero` leaves, without its hour: the steps are not noted any more, and
    the pieces' table is gone."""
    make_article(headline="Zanzibar")
    read_all()
    ours, taken = {*index.tables(connection.vendor)}, MigrationRecorder(connection).migration_qs
    index.remove()
    taken.filter(app="reviews").delete()
    index.install()
    assert ours <= {*connection.introspection.table_names()}, "pieces are still there"
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reviews_article RENAME TO away")
        index.install()
        assert not ours & {*connection.introspection.table_names()}
        cursor.execute("ALTER TABLE away RENAME TO reviews_article")
    for step in migrated.behind(migrated.applied()):
        MigrationRecorder(connection).record_applied(*step)
    index.install()
    assert found("zanzibar")


def test_what_is_lost_is_made_again_by_migrate() -> None:
    article = make_article(headline="Zanzibar")
    read_all()
    index.remove()
    Article.objects.filter(pk=article.pk).update(headline="Elsewhere")
    assert found("elsewhere") == []  # nobody noted it: so it is while `migrate` runs
    index.install()
    assert found("elsewhere") == [article.get_absolute_url()]
    assert unread() == 0
    with CaptureQueriesContext(connection) as queries:
        index.install()
    assert all(query["sql"].lstrip().startswith("SELECT") for query in queries), "it is there"


def test_an_index_that_lacks_a_part_is_told_by_readiness_and_made_by_migrate() -> None:
    """As another version may have left it."""
    article = make_article(headline="Zanzibar")
    read_all()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE reviews_findable_place")
    assert "the search has no index. Run manage.py migrate." in health.problems_at_start()
    assert "the search has no index" in Client().get("/readyz").content.decode()
    index.install()
    assert not health.problems_at_start()
    assert found("zanzibar") == [article.get_absolute_url()]


def test_a_sqlite_without_trigrams_is_told_before_migrate_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not checks.pieces_can_be_found(None, ["default"])
    if connection.vendor == "sqlite":
        monkeypatch.setattr(index, "has_trigrams", lambda _: False)
        (said,) = checks.pieces_can_be_found(None, ["default"])
        assert "3.34" in str(said.hint)


def test_triggers_that_went_with_a_table_are_made_again_by_migrate() -> None:
    """As SQLite drops them where Django makes a table anew."""
    article = make_article()
    read_all()
    with connection.cursor() as cursor:
        changes.drop(cursor, connection.vendor)
    assert not index.is_kept()
    Article.objects.filter(pk=article.pk).update(headline="Zanzibar")
    index.install()
    assert index.is_kept()
    assert found("zanzibar") == [article.get_absolute_url()]


@contextmanager
def another_version() -> Iterator[None]:
    """The program as it prepares words otherwise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "EDITION", changes.EDITION + 1)
        changes._digest.cache_clear()
        yield
    changes._digest.cache_clear()


def test_where_words_are_prepared_otherwise_all_is_read_again_by_migrate() -> None:
    make_article()
    read_all()
    with another_version():
        assert not index.is_kept()
        index.install()
        assert index.is_kept()


def test_a_worker_that_runs_on_beside_migrate_leaves_what_the_new_one_reads() -> None:
    article = make_article(headline="Zanzibar")
    with another_version():
        assert index.read_next() == 0
    assert index.read_next() > 0
    assert found("zanzibar") == [article.get_absolute_url()]
