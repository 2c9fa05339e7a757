"""What a page says to machines: schema.org terms as JSON-LD. https://schema.org/Review

Pure but for the relations it reads, which the callers have prefetched. `absolute` turns a path
into an address: `addresses.whole`.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from . import figures
from .models import Article, CoveredFilm, Film, Image, Person, Reviewer, Revision, Section
from .models.loaded import loaded

Data = dict[str, Any]
Absolute = Callable[[str], str]

CONTEXT = "https://schema.org"
FILM_TYPES = {Film.Kind.FILM: "Movie", Film.Kind.SERIES: "TVSeries"}
TMDB = {
    Film.Kind.FILM: "https://www.themoviedb.org/movie/",
    Film.Kind.SERIES: "https://www.themoviedb.org/tv/",
}
TYPES = {
    Article.Kind.REVIEW: "Review",
    Article.Kind.INTERVIEW: "Article",
    Article.Kind.FEATURE: "Article",
    Article.Kind.NEWS: "NewsArticle",
    Article.Kind.FESTIVAL_REPORT: "Article",
}
# As Django's json_script: with these three escaped, nothing can end the script element.
_ESCAPES = (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026"))


def script(data: Data) -> SafeString:
    """The script element that carries `data`, which may hold any text."""
    said = {"@context": CONTEXT} | data
    text = json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in _ESCAPES:
        text = text.replace(sign, escaped)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


def for_site(name: str, tagline: str, absolute: Absolute) -> Data:
    """The WebSite, on its front page alone: what search engines call it beside each result.
    https://developers.google.com/search/docs/appearance/site-names"""
    said = {"@type": "WebSite", "name": name, "url": absolute("/"), "description": tagline}
    return _said(said)


def for_article(
    article: Article, publisher: str, absolute: Absolute, corrections: Iterable[Revision] = ()
) -> Data:
    """A Review with what it reviews, or an Article with whom and what it is about, and a Review of
    each film that it gives stars; where it stands, and what of it was corrected. Expects one loaded
    `for_page()`."""
    data: Data = {
        "@type": TYPES[Article.Kind(article.kind)],
        "url": absolute(article.get_absolute_url()),
        "headline": article.headline,
        "description": article.standfirst,
        "inLanguage": article.language,
        "articleSection": article.section.name,
        "keywords": [tag.name for tag in loaded(article, "tags")],
        "about": [
            *(for_person(person, absolute) for person in article.whom()),
            *(_brief(covered.film, absolute) for covered in article.films()),
        ],
        "hasPart": [_capsule(article, each, absolute) for each in article.films() if each.rating],
        "author": [for_reviewer(reviewer, absolute) for reviewer in article.writers()],
        "publisher": {"@type": "Organization", "name": publisher, "url": absolute("/")},
        "datePublished": article.first_published_at,
        "dateModified": article.updated_at or article.first_published_at,
        "image": _images(figures.shown_openly(article), absolute, lead=article.lead_image),
        "mainEntityOfPage": {"@type": "WebPage", "breadcrumb": _crumbs(article.section, absolute)},
        "correction": [
            {"@type": "CorrectionComment", "text": each.note, "datePublished": each.made_at}
            for each in corrections
        ],
    }
    if article.film:
        data["itemReviewed"] = for_film(article.film, absolute, beside=True)
    if article.rating:
        data["reviewRating"] = _rating(article.stars())
    if article.kind == Article.Kind.REVIEW:
        data |= {"name": data.pop("headline"), "abstract": article.verdict}
        del data["articleSection"]  # a Review is no Article to schema.org
    return _said(data)


def _capsule(article: Article, covered: CoveredFilm, absolute: Absolute) -> Data:
    """A report's review of one of its films, which has no page of its own."""
    film = covered.film
    return {
        "@type": "Review",
        "itemReviewed": {
            "@type": FILM_TYPES[Film.Kind(film.kind)],
            "name": film.title,
            "url": absolute(film.get_absolute_url()),
        },
        "reviewRating": _rating(covered.stars()),
        "author": [for_reviewer(reviewer, absolute) for reviewer in article.writers()],
    }


def for_film(
    film: Film, absolute: Absolute, *, beside: bool = False, coverage: Iterable[Article] = ()
) -> Data:
    """A Movie or TVSeries, with its reviews among the `coverage` that its page shows; `beside` what
    the page is about. Expects a film loaded `for_page()`, and articles `for_cards()`."""
    poster = for_image(film.poster, absolute, lead=not beside) if film.poster else {}
    same_as = [
        (film.imdb_id, f"https://www.imdb.com/title/{film.imdb_id}/"),
        (film.tmdb_id, f"{TMDB[Film.Kind(film.kind)]}{film.tmdb_id}"),
        (film.wikidata_id, f"https://www.wikidata.org/wiki/{film.wikidata_id}"),
    ]
    has_duration = film.runtime_minutes and not film.is_series()
    return _brief(film, absolute) | _said(
        {
            "actor": [for_person(person, absolute) for person in film.cast()],
            "countryOfOrigin": [
                {"@type": "Country", "name": country.said()}
                for country in loaded(film, "countries")
            ],
            "duration": f"PT{film.runtime_minutes}M" if has_duration else "",
            "numberOfEpisodes": film.episodes,
            "contentRating": f"BBFC {film.certificate}" if film.certificate else "",
            "image": [poster] if poster else [],
            "sameAs": [address for known, address in same_as if known],
            "review": [_review(piece, absolute) for piece in coverage if piece.film_id == film.pk],
        }
    )


def _review(article: Article, absolute: Absolute) -> Data:
    """A Review as its film's page shows it, on a card."""
    return _said(
        {
            "@type": "Review",
            "name": article.headline,
            "url": absolute(article.get_absolute_url()),
            "author": [for_reviewer(reviewer, absolute) for reviewer in article.writers()],
            "datePublished": article.first_published_at,
            "reviewRating": _rating(article.stars()) if article.rating else None,
        }
    )


def _brief(film: Film, absolute: Absolute) -> Data:
    """A Movie or TVSeries by what tells it from others of its name, as where it is one of several
    on a page."""
    return _said(
        {
            "@type": FILM_TYPES[Film.Kind(film.kind)],
            "name": film.title,
            "url": absolute(film.get_absolute_url()),
            "alternateName": [t.text for t in loaded(film, "titles") if t.text != film.title],
            "startDate" if film.is_series() else "dateCreated": str(film.year),
            "director": [for_person(person, absolute) for person in film.directors()],
        }
    )


def _rating(stars: float | None) -> Data:
    return {"@type": "Rating", "ratingValue": stars, "bestRating": 5, "worstRating": 0.5}


def for_person(person: Person, absolute: Absolute) -> Data:
    return _said(
        {
            "@type": "Person",
            "name": person.name,
            "alternateName": person.native_name,
            "url": absolute(person.get_absolute_url()),
        }
    )


def for_reviewer(reviewer: Reviewer, absolute: Absolute) -> Data:
    return {
        "@type": "Person",
        "name": reviewer.name,
        "url": absolute(reviewer.get_absolute_url()),
    }


def for_profile(reviewer: Reviewer, absolute: Absolute) -> Data:
    """A ProfilePage: of whom their pieces name as their author. Reads portrait and links."""
    them = for_reviewer(reviewer, absolute) | {
        "description": reviewer.bio,
        "image": _images([], absolute, lead=reviewer.portrait),
        "sameAs": [link.url for link in reviewer.links.all()],
    }
    return {"@type": "ProfilePage", "mainEntity": _said(them)}


def for_image(image: Image, absolute: Absolute, *, lead: bool = False) -> Data:
    """An ImageObject with the words that travel with it (IPTC photo metadata); nothing when
    readers may not see it. The `lead` is what the page as a whole is shown by.
    """
    still = figures.still(image)
    if still is None:
        return {}
    return _said(
        {
            "@type": "ImageObject",
            "contentUrl": absolute(still.url),
            "encodingFormat": still.type,
            "width": still.width,
            "height": still.height,
            "caption": image.caption or image.alt_text,
            "creditText": image.credit_line,
            "creator": {"@type": "Person", "name": image.creator} if image.creator else None,
            "copyrightNotice": image.copyright_notice,
            "license": image.licence_url or image.web_statement,
            "acquireLicensePage": image.licensor_url,
            "representativeOfPage": lead or None,
        }
    )


def _crumbs(section: Section, absolute: Absolute) -> Data:
    """The way from the front page, as the page has it (BreadcrumbList)."""
    way = ((gettext("Front page"), "/"), (section.name, section.get_absolute_url()))
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
        for position, (name, path) in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _images(images: Iterable[Image], absolute: Absolute, *, lead: Image | None) -> list[Data]:
    first = [for_image(lead, absolute, lead=True)] if lead else []
    others = [for_image(image, absolute) for image in images if image != lead]
    return [said for said in first + others if said]


def _said(data: Data) -> Data:
    """Without what is not known."""
    return {name: value for name, value in data.items() if value not in ("", None, [])}
