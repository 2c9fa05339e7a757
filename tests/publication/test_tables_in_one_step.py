"""A new installation gets its tables in one step, and they are those of all the steps before."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.migration_steps import StepByStep

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "elsewhere"])


@pytest.fixture(scope="module", autouse=True)
def _known(django_db_setup: None) -> Iterator[None]:
    there = {**connections.databases["default"]}
    if connection.vendor == "postgresql":
        there["OPTIONS"] = {**there.get("OPTIONS", {}), "options": "-c search_path=elsewhere"}
    else:
        there["NAME"] = ":memory:"
    connections.databases["elsewhere"] = there
    yield
    del connections["elsewhere"], connections.databases["elsewhere"]


@pytest.fixture
def elsewhere() -> Iterator[BaseDatabaseWrapper]:
    """A place with no tables, beside those of the tests."""
    schemas = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if schemas:
            cursor.execute("CREATE SCHEMA elsewhere")
        yield connections["elsewhere"]
        connections["elsewhere"].close()
        if schemas:
            cursor.execute("DROP SCHEMA elsewhere CASCADE")


def tables(place: BaseDatabaseWrapper) -> list[str]:
    """Of each table: its columns, and its keys, indexes and checks."""
    found = []
    with place.cursor() as cursor:
        for table in place.introspection.django_table_names(only_existing=True):
            columns = place.introspection.get_table_description(cursor, table)
            constraints = place.introspection.get_constraints(cursor, table).items()
            found += [f"{table} {column}" for column in columns]
            found += [f"{table} {_named(*each)}" for each in constraints]
    return sorted(found)


def _named(name: str, said: dict[str, Any]) -> str:
    """SQLite’s have no names, but for numbers, where we gave none."""
    numbered = name.startswith(("fk_", "__unnamed_constraint_"))
    return f"{'' if numbered else name} {sorted(said.items())}".replace(" elsewhere.", " public.")


def changes(before: ProjectState, after: ProjectState) -> dict[str, Any]:
    return MigrationAutodetector(before, after)._detect_changes()


def test_one_step_makes_what_all_the_steps_made_and_who_took_those_has_nothing_to_do(
    elsewhere: BaseDatabaseWrapper,
) -> None:
    steps = StepByStep(elsewhere)
    assert len(steps.migration_plan(steps.last)) > len(MigrationLoader(None).graph.nodes) + 30
    steps.migrate(steps.last)
    stepped, at_once = tables(elsewhere), tables(connection)
    different = sorted(set(stepped) ^ set(at_once))
    assert not different, "\n".join(different)
    assert len(stepped) == len(at_once)
    in_one = MigrationLoader(None).project_state()
    assert not changes(steps.loader.project_state(steps.last), in_one)
    assert not changes(in_one, steps.loader.project_state(steps.last))

    after = MigrationExecutor(elsewhere)
    assert after.migration_plan(after.loader.graph.leaf_nodes()) == []
