"""What the address of a list in the newsroom may ask the database.

Django takes any lookup of any column there: a pattern that SQLite has Python try, and that holds
the whole process for hours, or a part of a text of a length that no database looks for.
"""

from typing import Any

from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.http import QueryDict

# What filters, and windows in which a row is chosen, write into addresses.
COMPARISONS = frozenset({"exact", "in", "isnull", "isempty", "gt", "gte", "lt", "lte"})


def require_comparisons(model: Any, asked: QueryDict) -> None:
    """Raises `BadRequest` where a column is asked for anything else."""
    for name in asked:
        if not _compares(model, name.split("__")):
            raise BadRequest("No lookup of a list.")


def _compares(model: Any, parts: list[str]) -> bool:
    """Columns, and behind them a comparison at most. One word that is no column is a filter's own,
    or what a list counts of each row."""
    for at, part in enumerate(parts):
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            return len(parts) == at + 1 and (at == 0 or part in COMPARISONS)
        model = field.related_model or model
    return True
