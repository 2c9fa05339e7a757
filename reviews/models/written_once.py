"""Queries that Django writes once in each process, and asks for other values as often as wanted.

To write the larger ones costs more than to ask them. They are written for stand-ins, which no row
has; what is really asked for takes their places among the parameters. So a query must be the same,
but for these, whatever is asked: what makes it another belongs into its `shape`.

Related rows that the query wants prefetched are read in the same way.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import partial
from typing import Any, TypeVar

from django.db import connections, models, router
from django.db.backends.utils import CursorWrapper
from django.db.models.query import FlatValuesListIterable

from . import loaded, read_rows

M = TypeVar("M", bound=models.Model)
V = TypeVar("V")
_Lookup = Any  # a Prefetch, of whatever models

TEXT = "\N{SYMBOL FOR SUBSTITUTE}"  # stands for a text
_KEYS = -7_206_193_754  # the first of those that stand for keys
_MOMENTS = datetime(1895, 12, 28, tzinfo=UTC)  # the first of those that stand for moments
_PLACE = re.compile("%.")
_NAME = re.compile(r"%(?:%|\((p[0-9]+)\)s)")
_MOST = 500  # shapes; the public pages have some 100


@dataclass(frozen=True)
class _Written:
    sql: str  # in which each parameter has its name, however often it stands there
    bare: str  # the same as the database's own driver reads it
    params: dict[str, Any]
    reader: read_rows.Reader
    prefetched: tuple[Any, ...]
    flat: bool  # one value of each row, and that alone


_written: dict[Hashable, _Written] = {}


def key(number: int = 0) -> int:
    """Stands for a key."""
    return _KEYS - number


def moment(number: int = 0) -> datetime:
    """Stands for a moment."""
    return _MOMENTS + timedelta(days=number)


def day() -> date:
    """Stands for a day."""
    return _MOMENTS.date()


def several(values: Sequence[V]) -> list[V]:
    """The values, the last of them repeated up to a power of two: so few shapes of a query serve
    for as many as there are, and IN takes no notice."""
    missing = (1 << (len(values) - 1).bit_length()) - len(values) if values else 0
    return [*values, *[values[-1]] * missing] if missing else [*values]


def rows(
    shape: Hashable,
    write: Callable[[], "models.QuerySet[M]"],
    values: Mapping[Any, Any],
) -> list[M]:
    """What the query of that shape finds for these `values` of its stand-ins. One query, and one
    for each relation that it prefetches."""
    return _rows(shape, write, values, _connection())


def tuples(
    shape: Hashable, write: Callable[[], Any], values: Mapping[Any, Any]
) -> list[tuple[Any, ...]]:
    """The same of a query of values. One query."""
    connection = _connection()
    written = _written_for(shape, write, connection)
    found = _found(written, values, connection)
    return [tuple(row) for row in written.reader.values(found, connection)]


def answer(shape: Hashable, write: Callable[[], Any], values: Mapping[Any, Any]) -> list[Any]:
    """Whatever the query asks for, as iterating over it says: models, tuples, or single values."""
    connection = _connection()
    written = _written_for(shape, write, connection)
    if written.reader.whole:
        return _rows(shape, write, values, connection)
    every = tuples(shape, write, values)
    return [value for (value,) in every] if written.flat else every


def keep(holder: Any, name: str, rows: list[Any], lookup: _Lookup = None) -> None:
    """What was read of a relation, as Django's own prefetching leaves it."""
    loaded.keep(holder, name, rows, partial(_of, holder, name, lookup or models.Prefetch(name)))


def _connection() -> Any:
    return connections[router.db_for_read(models.Model)]


def _rows(
    shape: Hashable, write: Callable[[], Any], values: Mapping[Any, Any], connection: Any
) -> list[Any]:
    written = _written_for(shape, write, connection)
    every = written.reader.models(_found(written, values, connection), connection)
    for lookup in written.prefetched if every else ():
        _fill(every, lookup, (shape, lookup.prefetch_through), connection)
    return every


def _written_for(shape: Hashable, write: Callable[[], Any], connection: Any) -> _Written:
    name = connection.alias, shape
    return _written.get(name) or _write(name, connection.alias, write)


def _write(name: Hashable, using: str, write: Callable[[], Any]) -> _Written:
    queryset = write()
    compiler = queryset.query.get_compiler(using)
    sql, params = compiler.as_sql()
    wanted = queryset._prefetch_related_lookups
    prefetched = tuple(
        each if isinstance(each, models.Prefetch) else models.Prefetch(each) for each in wanted
    )
    if len(_written) >= _MOST:
        _written.clear()
    reader = read_rows.reader(compiler, of_models=queryset._fields is None)
    flat = issubclass(queryset._iterable_class, FlatValuesListIterable)
    named, values = _named(sql, params)
    bare = _of_sqlite(named) if compiler.connection.vendor == "sqlite" else named
    _written[name] = made = _Written(named, bare, values, reader, prefetched, flat)
    return made


def _named(sql: str, params: Iterable[Any]) -> tuple[str, dict[str, Any]]:
    """The query with a name for each of its parameters, those that are the same under one."""
    # A choice is its value: to hash and to bind one, Python is called for each.
    plain = [value.value if isinstance(value, Enum) else value for value in params]
    names: dict[Any, str] = {}
    for value in plain:
        names.setdefault((type(value), value), f"p{len(names)}")
    places = iter(plain)

    def name(found: re.Match[str]) -> str:
        if found[0] != "%s":  # a per cent sign, written twice
            return found[0]
        value = next(places)
        return f"%({names[type(value), value]})s"

    return _PLACE.sub(name, sql), {said: value for (_, value), said in names.items()}


def _of_sqlite(named: str) -> str:
    """As SQLite names parameters: Django would write each statement anew each time it is asked."""
    return _NAME.sub(lambda found: f":{found[1]}" if found[1] else "%", named)


def _found(written: _Written, values: Mapping[Any, Any], connection: Any) -> list[Any]:
    """The rows for these values. One query."""
    ops = connection.ops

    def adapted(value: Any) -> Any:
        if isinstance(value, datetime):
            return ops.adapt_datetimefield_value(value)
        return ops.adapt_datefield_value(value) if isinstance(value, date) else value

    asked = dict(values)
    for stand_in, value in values.items():
        if isinstance(stand_in, date):  # as moments are; keys and texts are bound as they stand
            asked[adapted(stand_in)] = adapted(value)
    said = {name: asked.get(value, value) for name, value in written.params.items()}
    logged = connection.queries_logged
    with connection.cursor() if logged else _cursor(connection) as cursor:
        cursor.execute(written.sql if logged else written.bare, said)
        found: list[Any] = cursor.fetchall()
    return found


def _cursor(connection: Any) -> CursorWrapper:
    """The driver's own, which sends parameters beside the statement: so PostgreSQL can keep its
    plan (docs/decisions/0024). Where statements are written down (DEBUG) Django's is wanted, which
    alone can say afterwards what it sent."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        from psycopg import Cursor

        plain: Any = Cursor(connection.connection)
    else:
        plain = connection.connection.cursor()
    cursor: CursorWrapper = connection._prepare_cursor(plain)
    return cursor


def _fill(found: Sequence[Any], lookup: _Lookup, shape: Hashable, connection: Any) -> None:
    """Reads a relation of all that have it, which are then as Django's own prefetching leaves
    them."""
    *way, name = lookup.prefetch_through.split("__")
    holders = [holder for each in found if (holder := _at(each, way)) is not None]
    if not holders:
        return
    relation = holders[0]._meta.get_field(name)
    if relation.one_to_many:
        related = _pointing(holders, relation.field, lookup, shape, connection)
    elif len(holders) == 1:
        related = {holders[0].pk: _joined(holders[0], name, lookup, shape, connection)}
    else:
        models.prefetch_related_objects(found, lookup)
        return
    for holder in holders:
        keep(holder, name, related.get(holder.pk, []), lookup)


def _pointing(
    holders: Sequence[Any], field: Any, lookup: _Lookup, shape: Hashable, connection: Any
) -> dict[Any, list[Any]]:
    """Rows that point to the holders, by whom they point to."""
    by_key = {holder.pk: holder for holder in holders}
    keys = several([*by_key])
    stand_ins = [key(number) for number in range(len(keys))]

    def write() -> Any:
        every = field.model._default_manager.all() if lookup.queryset is None else lookup.queryset
        return every.filter(**{f"{field.name}__in": stand_ins})

    related: dict[Any, list[Any]] = {}
    values = dict(zip(stand_ins, keys, strict=True))
    for row in _rows((shape, len(keys)), write, values, connection):
        to = getattr(row, field.attname)
        field.set_cached_value(row, by_key[to])
        related.setdefault(to, []).append(row)
    return related


def _joined(holder: Any, name: str, lookup: _Lookup, shape: Hashable, connection: Any) -> list[Any]:
    """Rows of a relation of many to many."""

    def write() -> Any:
        return _of(type(holder)(pk=key()), name, lookup)

    return _rows(shape, write, {key(): holder.pk}, connection)


def _of(holder: Any, name: str, lookup: _Lookup) -> Any:
    """The relation of one as a queryset, whatever of it was read. No query."""
    manager, wanted = getattr(holder, name), lookup.queryset
    every = manager.model._default_manager if wanted is None else wanted
    return manager._apply_rel_filters(every.all())


def _at(thing: Any, way: Iterable[str]) -> Any:
    for step in way:
        thing = thing and getattr(thing, step)
    return thing
