"""What an article looks like in a list: a card, a card to read next, a teaser without picture.

Python and not templates, because the front page holds some thirty: words are looked up once in
each language. What the classes look like, static/css/site.css says. Every value is escaped where
it is put in. No query, for articles that were loaded as each says.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from unicodedata import east_asian_width

from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from . import figures, memoised, saying
from .fast_html import NOTHING, filled, joined, safe
from .hyphens import unbroken
from .models import Article, FestivalEdition, Film, Reviewer, labels
from .saying import Tongue

Given = Mapping[int, int]  # half-stars, by the keys of pieces
NONE: Given = {}
LONG_HEADLINE = 70  # columns, of which Hangul, Han and kana take two each
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
<p class="card__byline">{}{}<time datetime="{}">{}</time></p>
</div>
</article>
"""
_RELATED = """
<article class="card{}">
{}
<div class="card__words">
<p class="kicker">{}</p>
<h3 class="card__title"{}><a href="{}">{}</a></h3>
</div>
</article>
"""
_TEASER = """
<article class="teaser">
<p class="kicker">{}&nbsp;<time class="kicker__more" datetime="{}">{}</time></p>
<h3 class="teaser__title"{}><a href="{}">{}</a></h3>
</article>
"""
_LEAD, _LONG_LEAD = filled(" card--lead"), filled(" card--lead card--long")
_WORDS, _SPACE = filled(" card--words"), filled("&nbsp;")


def card(article: Article, place: str, level: int = 3, *, preview: bool = False) -> SafeString:
    """Of one loaded `for_cards()`; `place` is one of figures.PLACES. `level` is its heading's, 2
    for the lead."""
    return _card(article, place, level, preview, saying.tongue())


def listed(
    articles: Iterable[Article],
    *places: str,
    level: int = 3,
    preview: bool = False,
    of: FestivalEdition | None = None,
    given: Given = NONE,
) -> SafeString:
    """The cards of several, one after the other: each in its place, and in the last of `places`
    all that are left. On the page `of` a festival's edition none names it again; on a film's each
    has the stars that it has `given` this film: 0 for a review of another."""
    tongue, each = saying.tongue(), chain(places, repeat(places[-1]))
    cards = [
        _card(article, place, level, preview, tongue, of, given)
        for article, place in zip(articles, each, strict=False)
    ]
    return joined("", cards)


def _card(
    article: Article,
    place: str,
    level: int,
    preview: bool,
    tongue: Tongue,
    of: FestivalEdition | None = None,
    given: Given = NONE,
) -> SafeString:
    figure = figures.figure(article.lead_image, place=place, preview=preview)
    leads = place == "card-lead"
    heading = "h2" if leads or level == 2 else "h3"
    spoken = tongue.lang(article.language)
    edition, writers = article.festival_edition(), article.writers()
    return filled(
        _CARD,
        (_LONG_LEAD if _is_long(article.headline) else _LEAD) if leads else NOTHING,
        NOTHING if figure else _WORDS,
        figure,
        labels.of(Article.Kind, article.kind, tongue.language),
        filled('&nbsp;<span class="kicker__more">{}</span>', str(edition))
        if edition and edition != of
        else NOTHING,
        heading,
        spoken,
        article.get_absolute_url(),
        unbroken(article.headline),
        heading,
        _original(article.film, "card__original", tongue) if article.film else NOTHING,
        rating(given.get(article.pk, article.rating), tongue),
        filled('<p class="card__standfirst"{}>{}</p>', spoken, unbroken(article.standfirst))
        if article.standfirst
        else NOTHING,
        _names(writers, tongue),
        _SPACE if writers else NOTHING,
        tongue.moment(article.first_published_at),
        tongue.day(article.first_published_at),
    )


def related(articles: Iterable[Article], *, preview: bool = False) -> SafeString:
    """To read next: of those loaded `for_teasers()`."""
    tongue = saying.tongue()
    return joined("", [_related(article, preview, tongue) for article in articles])


def _related(article: Article, preview: bool, tongue: Tongue) -> SafeString:
    figure = figures.figure(article.lead_image, place="card-small-wide", preview=preview)
    return filled(
        _RELATED,
        NOTHING if figure else _WORDS,
        figure,
        labels.of(Article.Kind, article.kind, tongue.language),
        tongue.lang(article.language),
        article.get_absolute_url(),
        unbroken(article.headline),
    )


def teasers(articles: Iterable[Article]) -> SafeString:
    """Their headlines alone."""
    tongue = saying.tongue()
    return joined("", [_teaser(article, tongue) for article in articles])


def _teaser(article: Article, tongue: Tongue) -> SafeString:
    return filled(
        _TEASER,
        labels.of(Article.Kind, article.kind, tongue.language),
        tongue.moment(article.first_published_at),
        tongue.day(article.first_published_at),
        tongue.lang(article.language),
        article.get_absolute_url(),
        unbroken(article.headline),
    )


def original(film: Film, name: str = "original") -> SafeString:
    """A film's title in its own language, where that is another; `name` is the class. No query
    when `titles` is prefetched."""
    return _original(film, name, saying.tongue())


def stars(rating: int | None) -> SafeString:
    """The drawn stars of a rating in half-stars, hidden from screen readers."""
    return memoised.drawn("reviews/_stars.html", width=(rating or 0) * STAR_WIDTH // 2)


def rating(given: int | None, tongue: Tongue) -> SafeString:
    """Drawn and said; nothing for none."""
    if not given:
        return NOTHING
    said = '<p class="card__rating">{}<span class="unseen">{}</span></p>'
    return filled(said, stars(given), _rating_said(given, tongue.language))


def _is_long(headline: str) -> bool:
    return sum(1 + (east_asian_width(each) in "WF") for each in headline) > LONG_HEADLINE


def _original(film: Film, name: str, tongue: Tongue) -> SafeString:
    title = film.other_title()
    if title is None:
        return NOTHING
    spoken = tongue.lang(title.language)
    return filled('<p class="{}"><bdi{}>{}</bdi></p>', name, spoken, title.text)


def _names(people: Sequence[Reviewer], tongue: Tongue) -> SafeString:
    return saying.together([unbroken(person.name) for person in people], tongue)


@memoised.remembered(most=20)
def _rating_said(rating: int, _language: str) -> SafeString:
    """“Rating: 3.5 out of 5.”, for those who do not see the stars."""
    stars = localize(rating / 2 if rating % 2 else rating // 2)
    return safe(gettext("Rating: %(stars)s out of 5.") % {"stars": stars})
