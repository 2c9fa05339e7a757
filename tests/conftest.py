"""Fixtures that every test may use."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.template import Context, RequestContext, Template
from django.test import Client, TransactionTestCase
from django.test.testcases import LiveServerThread
from django.test.utils import instrumented_test_render
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from reviews import renditions

from . import answering, emptying, migrated, reading_in_turns
from .chromium import browser as browser  # for tests of pages, and for those of hostile texts
from .factories import make_user

# How long an example takes says more of what else the machine does than of the program.
hypothesis_settings.register_profile("tests", parent=hypothesis_settings(), deadline=None)
hypothesis_settings.load_profile("tests")

render = Template._render  # as it is outside tests

# Folders by how long their files take: no worker is left with a long one at the end.
SLOW_FIRST = ("running", "browser", "safety", "nu", "publication", "reviews", "comments")
# What they look at is the same page whichever database is behind it; see .ci/run. So is what a test
# finds that may ask none.
LOOK_AT_PAGES = ("browser", "nu")


def pytest_xdist_auto_num_workers() -> int:
    """One more than processors: a test that waits for a browser or a server leaves one free."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(migrated.Original())


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    return reading_in_turns.folder(path, parent)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Within a folder, tests stay as pytest-django has them. Marks come before pytest chooses by
    them."""
    here = Path(__file__).parent
    folder = {item: item.path.relative_to(here).parts[0] for item in items}
    for item in items:
        if folder[item] in LOOK_AT_PAGES or not _may_ask_the_database(item):
            item.add_marker(pytest.mark.once)
    # Whoever read them; and what would find rows that others of its file share comes before those.
    items.sort(key=lambda item: (item.path, "shared" in getattr(item, "fixturenames", ())))
    yield
    place = {name: number for number, name in enumerate(SLOW_FIRST)}
    items.sort(key=lambda item: place.get(folder[item], 0))


def _may_ask_the_database(item: pytest.Item) -> bool:
    """pytest-django lets nobody else; who is skipped on one of them asks which it is."""
    asks = "django_db_setup" in getattr(item, "fixturenames", ())
    return asks or any(map(item.get_closest_marker, ("django_db", "skipif")))


def pytest_collection_finish() -> None:
    """What is here now stays: Python need not go through it again in search of what can be freed,
    which took a twelfth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def quick_pictures() -> Iterator[None]:
    """AVIF as quick as its encoder can, in a quarter of the time: no test is about the bytes that
    this costs (`make bench` is)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(renditions.AVIF_OPTIONS, "speed", 10)
        yield


@pytest.fixture(scope="session", autouse=True)
def contexts_of_pages(django_test_environment: None) -> Iterator[None]:
    """`response.context` is that of the page. For the tests, Django copies one for each template
    that it renders, and a form has hundreds: of every widget, and of every part."""

    def noted(template: Template, context: Context) -> str:
        of_a_page = context.template is template and isinstance(context, RequestContext)
        return (instrumented_test_render if of_a_page else render)(template, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", noted)
        yield


@pytest.fixture(scope="session", autouse=True)
def served_until_answered() -> Iterator[None]:
    """See `django_db_setup`, which may come after the server has begun."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LiveServerThread, "server_class", answering.Server)
        yield


@pytest.fixture(autouse=True)
def no_files_of_others() -> Iterator[None]:
    """Pictures and notes of erasures outlive the database, as they should, and no test is about
    another's. What a file of tests shares is there before each of them, and stays."""
    there = emptying.files()
    yield
    emptying.put_away(there)


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For a fixture of a whole file, and one in each: the rows that it makes are there before each
    test that asks for them, which takes back what it does itself, and gone after the last. No test
    with real transactions stands in such a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def editor(db: None) -> User:
    return make_user("Editor", username="editor")


@pytest.fixture
def moderator(db: None) -> User:
    return make_user("Moderator", username="moderator")


@pytest.fixture
def editor_client(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def moderator_client(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, django_db_keepdb: bool, django_db_modify_db_settings: None
) -> bool:
    """A file that was copied is not begun anew; a copy of PostgreSQL's is made where it is used."""
    note = getattr(request.config, "workerinput", {}).get("migrated")
    if note and not django_db_keepdb:
        migrated.copy(note)
        return connection.vendor == "sqlite"
    return django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Tests with real transactions are followed by tests/emptying.py instead of Django's flush,
    once tests/answering.py has answered everybody."""
    with django_db_blocker.unblock():
        planted = emptying.planted()

    def put_back(_: TransactionTestCase) -> None:
        answering.finish()
        emptying.put_back(planted)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", put_back)
        yield
