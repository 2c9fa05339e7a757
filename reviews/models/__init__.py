"""The publication's own things: articles, films, people, festivals, pictures, sections."""

from .article_parts import Byline, Placement, RelatedChoice, Revision
from .article_queries import ArticleQuerySet
from .articles import Article, Review
from .festivals import Festival, FestivalEdition, Screening
from .films import Country, Credit, Film, FilmTitle, Language
from .images import CreditSource, Image, RetiredFile
from .people import FormerPerson, Person, Reviewer, ReviewerLink
from .sections import Section, Tag

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Byline",
    "Country",
    "Credit",
    "CreditSource",
    "Festival",
    "FestivalEdition",
    "Film",
    "FilmTitle",
    "FormerPerson",
    "Image",
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
