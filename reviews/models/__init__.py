"""The publication's own things: articles, films, people, festivals, pictures, sections."""

from .article_parts import Byline, CoveredFilm, Placement, RelatedChoice, Revision
from .article_queries import RATINGS, WAITS, ArticleQuerySet
from .articles import LONGEST_GUID, Article
from .festivals import Festival, FestivalEdition, Screening
from .films import Country, Credit, Film, FilmTitle, Language
from .former import (
    FormerEdition,
    FormerFestival,
    FormerFilm,
    FormerPerson,
    FormerReviewer,
    FormerSection,
    FormerTag,
)
from .images import CreditSource, Image, RetiredFile
from .imported import LONGEST_ADDRESS, Imported
from .people import Person, Reviewer, ReviewerLink
from .proxies import DeletedArticle, Review
from .sections import Section, Tag

__all__ = [
    "LONGEST_ADDRESS",
    "LONGEST_GUID",
    "RATINGS",
    "WAITS",
    "Article",
    "ArticleQuerySet",
    "Byline",
    "Country",
    "CoveredFilm",
    "Credit",
    "CreditSource",
    "DeletedArticle",
    "Festival",
    "FestivalEdition",
    "Film",
    "FilmTitle",
    "FormerEdition",
    "FormerFestival",
    "FormerFilm",
    "FormerPerson",
    "FormerReviewer",
    "FormerSection",
    "FormerTag",
    "Image",
    "Imported",
    "Language",
    "Person",
    "Placement",
    "RelatedChoice",
    "RetiredFile",
    "Review",
    "Reviewer",
    "ReviewerLink",
    "Revision",
    "Screening",
    "Section",
    "Tag",
]
