"""What an article looks like in a list: a card, a card to read next, a teaser without picture.

Python and not templates, because the front page holds some thirty: words are looked up once in
each language. What the classes look like, static/css/site.css says. Every value is escaped where
it is put in. No query, for articles that were loaded as each says.
"""

from collections.abc import Sequence

from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from . import figures, unchanging
from .filling import NOTHING, filled, joined
from .models import Article, Film, Reviewer
from .saying import day, lang, moment

STAR_WIDTH = 24  # units of one star in _stars.html

_CARD = """
<article class="card{}{}">
  {}
  <div class="card__words">
    <p class="kicker">{}{}</p>
    <{} class="card__title"{}><a href="{}">{}</a></{}>
    {}
    {}
    {}
    <p class="card__byline">{} <time datetime="{}">{}</time></p>
  </div>
</article>
"""
_RELATED = """
<article class="card">
  {}
  <div class="card__words">
    <p class="kicker">{}</p>
    <h3 class="card__title"{}><a href="{}">{}</a></h3>
  </div>
</article>
"""
_TEASER = """
<article class="teaser">
  <p class="kicker">{} <time class="kicker__more" datetime="{}">{}</time></p>
  <h3 class="teaser__title"{}><a href="{}">{}</a></h3>
</article>
"""
_LEAD, _WORDS = filled(" card--lead"), filled(" card--words")


def card(article: Article, place: str, level: int = 3, *, preview: bool = False) -> SafeString:
    """Of one loaded `for_cards()`; `place` is one of figures.PLACES. `level` is its heading's, 2
    for the lead."""
    figure = figures.figure(article.lead_image, place=place, preview=preview)
    leads = place == "card-lead"
    heading = "h2" if leads or level == 2 else "h3"
    spoken = lang(article.language)
    edition = article.festival_edition()
    return filled(
        _CARD,
        _LEAD if leads else NOTHING,
        NOTHING if figure else _WORDS,
        figure,
        _kind(article.kind),
        filled(' <span class="kicker__more">{}</span>', str(edition)) if edition else NOTHING,
        heading,
        spoken,
        article.get_absolute_url(),
        article.headline,
        heading,
        original(article.film, "card__original") if article.film else NOTHING,
        _rating(article),
        filled('<p class="card__standfirst"{}>{}</p>', spoken, article.standfirst)
        if article.standfirst
        else NOTHING,
        _names(article.writers()),
        moment(article.first_published_at),
        day(article.first_published_at),
    )


def related(article: Article, *, preview: bool = False) -> SafeString:
    """Of one loaded `for_teasers()`."""
    return filled(
        _RELATED,
        figures.figure(article.lead_image, place="card", preview=preview),
        _kind(article.kind),
        lang(article.language),
        article.get_absolute_url(),
        article.headline,
    )


def teaser(article: Article) -> SafeString:
    """Its headline alone."""
    return filled(
        _TEASER,
        _kind(article.kind),
        moment(article.first_published_at),
        day(article.first_published_at),
        lang(article.language),
        article.get_absolute_url(),
        article.headline,
    )


def original(film: Film, name: str = "original") -> SafeString:
    """A film's title in its own language, where that is another; `name` is the class. No query
    when `titles` is prefetched."""
    title = film.original_title()
    if title is None or title.text == film.title:
        return NOTHING
    return filled('<p class="{}"><bdi{}>{}</bdi></p>', name, lang(title.language), title.text)


def stars(rating: int | None) -> SafeString:
    """The drawn stars of a rating in half-stars, hidden from screen readers."""
    return unchanging.rendered("reviews/_stars.html", width=(rating or 0) * STAR_WIDTH // 2)


@unchanging.in_each_language(most=10)
def rating_said(rating: int) -> SafeString:
    """“Rating: 3.5 out of 5.”, for those who do not see the stars."""
    stars = localize(rating / 2 if rating % 2 else rating // 2)
    return filled("{}", gettext("Rating: %(stars)s out of 5.") % {"stars": stars})


def _rating(article: Article) -> SafeString:
    if not article.rating:
        return NOTHING
    said = '<p class="card__rating">{}<span class="unseen">{}</span></p>'
    return filled(said, stars(article.rating), rating_said(article.rating))


def _names(people: Sequence[Reviewer]) -> SafeString:
    names = [person.name for person in people]
    if len(names) < 2:
        return joined("", names)
    return joined("", [joined(", ", names[:-1]), _and(), names[-1]])


@unchanging.in_each_language(most=20)
def _kind(kind: str) -> str:
    return str(Article.Kind(kind).label)


@unchanging.in_each_language(most=5)
def _and() -> SafeString:
    return filled(" {} ", pgettext("between two names", "and"))
