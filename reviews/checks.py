"""What `manage.py check` says of the database that pieces are to be found in."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from .finding import index


@register(Tags.database)
def pieces_can_be_found(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """reviews.E001: this SQLite has no full-text search over three characters. With `migrate`."""
    if not all(
        index.has_trigrams(connections[using])
        for using in databases or ()
        if connections[using].vendor == "sqlite"
    ):
        said = "The SQLite of this Python has no FTS5 with trigrams, which the search is made of."
        hint = "Use a Python with SQLite 3.34 or newer (any from python.org or Debian 12 has)."
        return [Error(said, hint=hint, id="reviews.E001")]
    return []
