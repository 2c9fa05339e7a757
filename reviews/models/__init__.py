"""The publication's own things: articles, films, people, festivals, pictures, sections."""

from .articles import Article, Byline, Placement, Review, Revision
from .festivals import Festival, FestivalEdition, Screening
from .films import Country, Credit, Film, FilmTitle, Language
from .images import Image
from .people import Person, Reviewer, ReviewerLink
from .sections import Section, Tag

__all__ = [
    "Article",
    "Byline",
    "Country",
    "Credit",
    "Festival",
    "FestivalEdition",
    "Film",
    "FilmTitle",
    "Image",
    "Language",
    "Person",
    "Placement",
    "Review",
    "Reviewer",
    "ReviewerLink",
    "Revision",
    "Screening",
    "Section",
    "Tag",
]
