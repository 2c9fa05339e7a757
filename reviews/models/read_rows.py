"""Rows of a query as the models that Django would make of them, in a tenth of its calls.

How a row is to be read is found out once, when its query is written. Where several rows join the
same row of another table they share one model of it: what readers' pages read they only show.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models.base import ModelState

Row = Sequence[Any]
_Known = dict[tuple["_Part", Any], Any]


@dataclass(frozen=True)
class Reader:
    """How the rows of one query are read."""

    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]
    counts: tuple[int, ...]  # columns that are ints, if the database says so or not
    whole: "_Part | None"  # None where the query asks for values
    named: tuple[tuple[str, int], ...]  # annotations

    def values(self, rows: Iterable[Row], connection: Any) -> Iterator[Row]:
        """Each row in the types that models have."""
        for row in rows:
            read = [*row]
            for place, converters, expression in self.converters:
                if read[place] is not None:
                    for convert in converters:
                        read[place] = convert(read[place], expression, connection)
            for place in self.counts:
                if type(read[place]) is not int and read[place] is not None:
                    read[place] = int(read[place])
            yield read

    def models(self, rows: Iterable[Row], connection: Any) -> list[Any]:
        """A model of each row, with those that it joins."""
        found, known, whole = [], _Known(), self.whole
        if whole is None:
            raise TypeError("This query asks for values, not for models.")
        for row in self.values(rows, connection):
            made = whole.made(row, connection.alias, known)
            own = vars(made)
            for name, place in self.named:
                own[name] = row[place]
            found.append(made)
        return found


@dataclass(frozen=True, eq=False)
class _Part:
    """What of a row belongs to one model."""

    model: type[models.Model]
    names: tuple[str, ...]
    columns: slice
    key: int
    joined: tuple[tuple[str, "_Part"], ...]

    def made(self, row: Row, using: str, known: _Known) -> Any:
        """As `Model.from_db` makes it, which would call for each of its fields."""
        made = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, using
        own = vars(made)
        own.update(zip(self.names, row[self.columns], strict=True))
        own["_state"] = state
        if self.joined:
            cache = state.fields_cache
            for name, part in self.joined:
                cache[name] = part.once(row, using, known)
        return made

    def once(self, row: Row, using: str, known: _Known) -> Any:
        """The same for the same row of its table; None where nothing is joined."""
        if row[self.key] is None:
            return None
        which = self, row[self.key]
        if which not in known:
            known[which] = self.made(row, using, known)
        return known[which]


def reader(compiler: Any, *, of_models: bool) -> Reader:
    """For a query that this compiler has written, `of_models` or of values."""
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    info, named = compiler.klass_info, compiler.annotation_col_map or {}
    ours = _of_moments(compiler.connection)
    counts = tuple(place for place, (each, said) in converters.items() if _counts(each, said))
    return Reader(
        tuple(
            (place, tuple(ours.get(convert, convert) for convert in each), said)
            for place, (each, said) in converters.items()
            if place not in counts
        ),
        counts,
        _part(info, compiler.select) if of_models else None,
        tuple(named.items()),
    )


def _counts(converters: Sequence[Any], said: Any) -> bool:
    """Whether all that is done with a value is what Django does with each of an expression that is
    an integer: it calls `int`, though databases nearly always answer with one."""
    kind = said.output_field.get_internal_type()
    return kind.endswith("IntegerField") and [*converters] == [getattr(said, "convert_value", None)]


def _of_moments(connection: Any) -> dict[Any, Callable[..., Any]]:
    """In place of what Django converts SQLite's moments with, which asks the settings and checks
    twice for each whether it has a time zone."""
    usual = getattr(connection.ops, "convert_datetimefield_value", None)
    if usual is None or connection.timezone is not UTC:
        return {}

    def in_utc(value: Any, expression: Any, connection: Any) -> Any:
        if type(value) is datetime and value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return usual(value, expression, connection)

    return {usual: in_utc}


def _part(info: Any, select: Sequence[Any]) -> _Part:
    """Raises `NotImplementedError` where it joins anything but what its foreign keys name."""
    model, places = info["model"], info["select_fields"]
    joined = info.get("related_klass_infos", ())
    if any(each["reverse"] or each["from_parent"] or each["field"].unique for each in joined):
        raise NotImplementedError("Only foreign keys are joined here: prefetch what points back.")
    columns = slice(places[0], places[-1] + 1)
    names = tuple(column.target.attname for column, *_ in select[columns])
    return _Part(
        model,
        names,
        columns,
        places[0] + names.index(model._meta.pk.attname),
        tuple((each["field"].cache_name, _part(each, select)) for each in joined),
    )
