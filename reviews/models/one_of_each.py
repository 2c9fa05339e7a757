"""One row of each value that a column has, without going through the rows."""

from typing import cast

from django.db import models
from django.db.models.expressions import RawSQL

# From one value to the next lower one, as a person leafs through an index (a “loose index scan”).
# DISTINCT and GROUP BY read every row there is.
_SQL = """WITH RECURSIVE step(value) AS (
SELECT MAX("{column}") FROM "{table}"
UNION ALL
SELECT (SELECT MAX("{column}") FROM "{table}" WHERE "{column}" < step.value)
FROM step WHERE step.value IS NOT NULL
) SELECT (SELECT "{key}" FROM "{table}" WHERE "{column}" = step.value LIMIT 1)
FROM step WHERE step.value IS NOT NULL"""


def keys(model: type[models.Model], field: str) -> RawSQL:
    """Keys for `pk__in`: of one row for each value of a field that has an index. Which row of those
    that share it does not matter."""
    meta = model._meta
    column: str = cast("models.Field[object, object]", meta.get_field(field)).column
    names = {"table": meta.db_table, "column": column, "key": meta.pk.column}
    return RawSQL(_SQL.format(**names), [])  # noqa: S611 (our own names)
