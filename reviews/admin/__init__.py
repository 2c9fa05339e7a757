"""The editors' desk: one module per subject."""

from . import (
    articles,
    credit_sources,
    deleted_pieces,
    festivals,
    films,
    images,
    people,
    sections,
)

__all__ = [
    "articles",
    "credit_sources",
    "deleted_pieces",
    "festivals",
    "films",
    "images",
    "people",
    "sections",
]
