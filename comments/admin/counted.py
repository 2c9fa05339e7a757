"""Counting no further than it matters: a million comments are not gone through to say so."""

from typing import Any

from django.db.models import IntegerField, Subquery, Value

from ..models import Comment


class Counted(Subquery):
    """How many rows a query that is cut somewhere has. What it selects should stand in the index
    that finds them: then nothing else is read."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field: Any = IntegerField()


class State(Value):
    """A state that is written into the statement and is no parameter: PostgreSQL plans a statement
    once for whatever its parameters are (docs/decisions/0024), and in a state there may be most of
    a million comments, or none."""

    def __init__(self, state: str) -> None:
        super().__init__(Comment.Status(state).value)

    def as_sql(self, *_: Any) -> tuple[str, list[Any]]:
        return f"'{self.value}'", []
