"""What is pressed in earnest: everybody sends the same complete form, and it is done for those who
may, and for nobody else. authorisation.txt says of every address who is let in; this, of the
presses that matter most, that who is not let in changes nothing."""

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from inspect import isfunction
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.models import Attempt
from tests.factories import make_section

from . import presses_about_comments, presses_of_editors
from .people import PEOPLE, client_of
from .presses import Press

pytestmark = pytest.mark.django_db

APPS = ("reviews", "comments", "publication", "auth", "admin")


def counted() -> dict[str, type[Model]]:
    """All that an editor, a moderator or a reader can change, by its table; tries are counted."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    models.remove(Attempt)
    return {model._meta.db_table: model for model in models}


WRITES = re.compile(r'(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "(\w+)"', re.IGNORECASE)


def rows(models: Iterable[type[Model]]) -> list[list[dict[str, Any]]]:
    return [list(model._base_manager.order_by("pk").values()) for model in models]


def pressed_by_each(press: Press, clients: dict[str, Client]) -> Iterator[tuple[str, bool, bool]]:
    """Who pressed, whether it was done, and whether anything at all is otherwise than before: of
    the tables that were written to."""
    tables = counted()
    for person, client in clients.items():
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            data = deepcopy(press.data)  # a file is read to its end
            client.post(press.path, data, headers=press.headers)
            sql = [query["sql"] for query in asked.captured_queries]
            written = {name for said in sql for name in WRITES.findall(said)} & set(tables)
            after, done = rows(map(tables.__getitem__, written)), press.done()
            transaction.set_rollback(True)
        yield person, done, after != rows(map(tables.__getitem__, written))


def test_whatever_is_written_is_seen() -> None:
    """Or nothing would be otherwise than before, whatever a press did."""
    with CaptureQueriesContext(connection) as asked:
        section = make_section()
        type(section).objects.filter(pk=section.pk).update(description="Other.")
        type(section).objects.bulk_create(
            [type(section)(name="x", slug="x")], ignore_conflicts=True
        )
        type(section).objects.all().delete()
    written = [WRITES.findall(query["sql"]) for query in asked.captured_queries]
    table = type(section)._meta.db_table
    assert [names for names in written if table in names] == [[table]] * 4


def presses() -> list[Callable[[], Press]]:
    """Whatever their modules define: none can be written and never pressed."""
    return [
        made
        for module in (presses_of_editors, presses_about_comments)
        for name, made in vars(module).items()
        if isfunction(made) and made.__module__ == module.__name__ and name[0] != "_"
    ]


@pytest.mark.parametrize("make", presses(), ids=lambda make: make.__name__)
def test_a_press_does_what_it_says_for_those_who_may_and_nothing_for_others(
    make: Callable[[], Press],
) -> None:
    press, clients = make(), {person: client_of(person) for person in PEOPLE}
    for person, done, changed in pressed_by_each(press, clients):
        assert done is (person in press.may), person
        assert changed is done, person
