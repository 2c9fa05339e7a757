"""Each value that a column has, without going through the rows."""

from typing import Any

from django.db.models import Func, QuerySet, Subquery
from django.db.models.expressions import RawSQL

_REACHED = RawSQL("step.reached", [])


class OneOfEach(Func):
    """The values of a column in the rows of a queryset, for `Among`; or with `keys` the keys of one
    row of each. Which of those that share a value does not matter.

    From one value to the next lower one, as a person leafs through an index (a “loose index scan”),
    which the column has to have. DISTINCT and GROUP BY read every row there is. Asked of each value
    by itself whether a row has it, PostgreSQL takes each to have as many as all others, and reads
    the whole table for one that few have.
    """

    arg_joiner = " UNION ALL SELECT "
    template = (
        "(WITH RECURSIVE step(reached) AS"
        " (SELECT %(expressions)s FROM step WHERE reached IS NOT NULL)"
        " SELECT reached FROM step WHERE reached IS NOT NULL)"
    )

    def __init__(self, rows: "QuerySet[Any]", column: str, *, keys: bool = False) -> None:
        in_order = rows.order_by(f"-{column}").values("pk" if keys else column)
        value: Any = _REACHED
        if keys:
            every = rows.model._default_manager.order_by()
            value = Subquery(every.filter(pk=_REACHED).values(column))
        lower = in_order.filter(**{f"{column}__lt": value})
        super().__init__(Subquery(in_order[:1]), Subquery(lower[:1]))
