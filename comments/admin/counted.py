"""Counting no further than it matters: a million comments are not gone through to say so."""

from typing import Any

from django.db.models import IntegerField, Subquery


class Counted(Subquery):
    """How many rows a query that is cut somewhere has. What it selects should stand in the index
    that finds them: then nothing else is read."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field: Any = IntegerField()
