"""The editors' desk: one module per subject."""

from . import articles, festivals, films, images, people, sections

__all__ = ["articles", "festivals", "films", "images", "people", "sections"]
