"""Queries that Django writes once in each process, and asks for other values as often as wanted.

To write the larger ones costs more than to ask them. They are written for stand-ins, which no row
has; what is really asked for takes their places among the parameters. So a query must be the same,
but for these, whatever is asked: what makes it another belongs into its `shape`.

Related rows that the query wants prefetched are read in the same way.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from django.db import connections, models, router
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=models.Model)
V = TypeVar("V")
_Lookup = Any  # a Prefetch, of whatever models

TEXT = "\N{SYMBOL FOR SUBSTITUTE}"  # stands for a text
_KEYS = -7_206_193_754  # the first of those that stand for keys
_MOMENTS = datetime(1895, 12, 28, tzinfo=UTC)  # the first of those that stand for moments
_MOST = 500  # shapes; the public pages have some 100


@dataclass(frozen=True)
class _Written:
    sql: str
    params: tuple[Any, ...]
    compiler: Any  # as it was left: it knows what the columns are
    prefetched: tuple[Any, ...]
    converters: Any  # from what the database says to what models say


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
    of = router.db_for_read(models.Model)
    written = _written.get((of, shape)) or _write((of, shape), of, write)
    asked: Any = _Asked(written, values)
    found: Any = models.QuerySet(written.compiler.klass_info["model"], asked)
    every: list[M] = list(ModelIterable(found))
    for lookup in written.prefetched if every else ():
        _fill(every, lookup, (shape, lookup.prefetch_through))
    return every


def tuples(
    shape: Hashable, write: Callable[[], Any], values: Mapping[Any, Any]
) -> list[tuple[Any, ...]]:
    """The same of a query of values. One query."""
    of = router.db_for_read(models.Model)
    written = _written.get((of, shape)) or _write((of, shape), of, write)
    return list(_Asked(written, values).get_compiler(of).results_iter(tuple_expected=True))


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
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    _written[name] = made = _Written(sql, tuple(params), compiler, prefetched, converters)
    return made


class _Asked:
    """In the place of a queryset's query: gives the compiler that has written already."""

    def __init__(self, written: _Written, values: Mapping[Any, Any]) -> None:
        self.written, self.values = written, values

    def get_compiler(self, using: str) -> Any:
        connection: Any = connections[using]
        ops = connection.ops

        def adapted(value: Any) -> Any:
            if isinstance(value, datetime):
                return ops.adapt_datetimefield_value(value)
            return ops.adapt_datefield_value(value) if isinstance(value, date) else value

        asked = {adapted(stand_in): adapted(value) for stand_in, value in self.values.items()}
        params = tuple([asked.get(value, value) for value in self.written.params])
        compiler = copy(self.written.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda: (self.written.sql, params)
        compiler.get_converters = lambda _columns: self.written.converters
        return compiler


def _fill(found: Sequence[Any], lookup: _Lookup, shape: Hashable) -> None:
    """Reads a relation of all that have it, which are then as Django's own prefetching leaves
    them."""
    *way, name = lookup.prefetch_through.split("__")
    holders = [holder for each in found if (holder := _at(each, way)) is not None]
    if not holders:
        return
    relation = holders[0]._meta.get_field(name)
    if relation.one_to_many:
        related = _pointing(holders, relation.field, lookup, shape)
    elif len(holders) == 1:
        related = {holders[0].pk: _joined(holders[0], name, lookup, shape)}
    else:
        models.prefetch_related_objects(found, lookup)
        return
    for holder in holders:
        filled = _of(holder, name, lookup)
        filled._result_cache, filled._prefetch_done = related.get(holder.pk, []), True
        vars(holder).setdefault("_prefetched_objects_cache", {})[name] = filled


def _pointing(
    holders: Sequence[Any], field: Any, lookup: _Lookup, shape: Hashable
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
    for row in rows((shape, len(keys)), write, values):
        holder = by_key[getattr(row, field.attname)]
        field.set_cached_value(row, holder)
        related.setdefault(holder.pk, []).append(row)
    return related


def _joined(holder: Any, name: str, lookup: _Lookup, shape: Hashable) -> list[Any]:
    """Rows of a relation of many to many."""
    return rows(shape, lambda: _of(type(holder)(pk=key()), name, lookup), {key(): holder.pk})


def _of(holder: Any, name: str, lookup: _Lookup) -> Any:
    """The relation of one as a queryset. No query."""
    manager, wanted = getattr(holder, name), lookup.queryset
    return manager.all() if wanted is None else manager._apply_rel_filters(wanted.all())


def _at(thing: Any, way: Iterable[str]) -> Any:
    for step in way:
        thing = thing and getattr(thing, step)
    return thing
