"""What a page says of a film and of who wrote: its facts, a byline, the names in them; and tags.

Python and not templates, because a review's page is a good part names and labels: each label is
looked up once in each language. Every value is escaped where it is put in. No query, for what was
loaded `for_page()`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format, localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from . import cards, memoised, saying
from .fast_html import NOTHING, filled, joined, safe
from .hyphens import unbroken
from .models import Article, CoveredFilm, Credit, Film, Person, Reviewer, Screening
from .models.loaded import loaded
from .saying import Tongue

_FACTS = '<dl class="facts">\n{}\n</dl>'
_FACT = "<div><dt>{}</dt><dd>{}</dd></div>"
_LISTED = '<ul class="facts__names">{}</ul>'
_BYLINE = """<div class="article__byline">
{}
<p class="article__dates">{}</p>{}
</div>"""
_UPDATED = '\n<p class="article__dates article__updated">{} {}</p>'
_TO_REPLIES = '<span class="article__replies"><a href="#replies">{}</a></span>'
_TAGS = '<ul class="tags" aria-label="{}">{}</ul>'
_TAG = '<li><a rel="tag" href="{}">{}</a></li>'
_SCREENED = """<li>
<a class="ledger__title" href="{}">{}</a>
<span>{}</span>
</li>"""
_FILMS = """<section class="film-box" aria-labelledby="films-title">
<h2 class="kicker" id="films-title">{}</h2>
<div class="facts">
{}
</div>
</section>"""
_FILM = """<div>
<h3 class="film-box__title"><a href="{}">{}</a></h3>
{}
<p class="figure__words">{}</p>
{}
</div>"""
_TIME = '<time datetime="{}">{}</time>'


def facts(film: Film, *, whole: bool = False) -> SafeString:
    """Who made it, where and when; `whole` with every credit, else directors and cast alone."""
    tongue = saying.tongue()
    words = _words(tongue.language)
    said = [*(_crew(film, tongue) if whole else _makers(film, words, tongue))]
    said.append((words.year, film.year))
    if countries := [each.said() for each in loaded(film, "countries")]:
        said.append((words.country, joined(", ", countries)))
    if languages := [each.said() for each in loaded(film, "languages")]:
        said.append((words.language, joined(", ", languages)))
    if film.episodes:
        said.append((words.episodes, localize(film.episodes)))
    if film.runtime_minutes:
        said.append((words.running_time, _running_time(film, tongue.language)))
    if film.certificate:
        said.append((words.certificate, film.get_certificate_display()))
    if release := [*_release(film)]:
        said.append((words.uk_release, joined(", ", release)))
    return filled(_FACTS, joined("\n", [filled(_FACT, label, fact) for label, fact in said]))


def title(film: Film, *, heading: bool = False) -> SafeString:
    """As this publication writes it, in the language that it is in; a `heading` breaks no name."""
    return _title(film, unbroken(film.title) if heading else film.title, saying.tongue())


def called(subject: Film | Person) -> SafeString:
    """What leads to its page: a title and its year, or a name in both scripts."""
    tongue = saying.tongue()
    if isinstance(subject, Film):
        return filled("{} ({})", _title(subject, subject.title, tongue), subject.year)
    if not subject.native_name:
        return filled("{}", subject.name)
    native = tongue.lang(subject.native_language), subject.native_name
    return filled("{} <bdi{}>{}</bdi>", subject.name, *native)


def screened(screenings: Iterable[Screening]) -> SafeString:
    """A festival's programme: each film with its strand, and what premiere it was."""
    tongue = saying.tongue()
    lines = []
    for each in screenings:
        film, said = each.film, (each.strand, each.get_premiere_status_display())
        named = _title(film, film.title, tongue)
        strand = ", ".join(filter(None, said))
        lines.append(filled(_SCREENED, film.get_absolute_url(), named, strand))
    return joined("\n", lines)


def byline(article: Article, minutes: int, *, replies: bool) -> SafeString:
    """With or about whom it is, by whom, when, how long it takes to read, and where `replies` to it
    stand."""
    tongue = saying.tongue()
    lines = _whom(article, tongue) + [
        filled("<p>{} {}</p>", said, saying.together([_whole(each) for each in people], tongue))
        for said, people in article.bylines_by_role()
    ]
    dates = []
    if article.first_published_at:
        dates.append(_time(article.first_published_at, tongue))
    if minutes:
        dates.append(filled("<span>{}</span>", _to_read(minutes, tongue.language)))
    if replies:
        dates.append(filled(_TO_REPLIES, _words(tongue.language).replies))
    updated = NOTHING
    if article.updated_at:
        words = _words(tongue.language).updated
        updated = filled(_UPDATED, words, _time(article.updated_at, tongue))
    return filled(_BYLINE, joined("\n", lines), joined("&nbsp;", dates), updated)


def tags(article: Article) -> SafeString:
    """What it is about, each leading to all that is; nothing for none."""
    links = [filled(_TAG, tag.get_absolute_url(), tag.name) for tag in loaded(article, "tags")]
    if not links:
        return NOTHING
    return filled(_TAGS, _words(saying.tongue().language).tags, joined("", links))


def films(article: Article) -> SafeString:
    """What else than a review is about: each film in both scripts, by whom, and its stars."""
    if not (covered := article.films()):
        return NOTHING
    tongue = saying.tongue()
    heading = called_together([each.film for each in covered])
    return filled(_FILMS, heading, joined("\n", [_film(each, tongue) for each in covered]))


def called_together(films: Collection[Film]) -> str:
    """The heading over a list of them: “Film”, “Films”, “Series”, or “Films and series”."""
    words = _words(saying.tongue().language)
    series = sum(film.is_series() for film in films)
    if series:
        return words.series if series == len(films) else words.films_and_series
    return words.film if len(films) == 1 else words.films


def names(people: Sequence[Reviewer]) -> SafeString:
    """Each leads to their page: “A, B and C”. Feeds say them too."""
    return saying.together([_link(person, person.name) for person in people], saying.tongue())


def _whom(article: Article, tongue: Tongue) -> list[SafeString]:
    if not (people := article.whom()):
        return []
    words = _words(tongue.language)
    said = words.with_whom if article.kind == Article.Kind.INTERVIEW else words.about_whom
    names = saying.together([_person(each, tongue) for each in people], tongue)
    return [filled("<p>{} {}</p>", said, names)]


def _film(covered: CoveredFilm, tongue: Tongue) -> SafeString:
    film = covered.film
    by = saying.together([_person(each, tongue) for each in film.directors()], tongue)
    return filled(
        _FILM,
        film.get_absolute_url(),
        _title(film, unbroken(film.title), tongue),
        cards.original(film),
        joined(", ", [*([by] if by else []), film.year]),
        cards.rating(covered.rating, tongue),
    )


def _title(film: Film, said: str, tongue: Tongue) -> SafeString:
    return filled("<cite{}>{}</cite>", tongue.lang(film.title_language()), said)


def _crew(film: Film, tongue: Tongue) -> Iterator[tuple[object, object]]:
    for role, theirs in film.crew():
        yield role, _listed(_credited(credit, tongue) for credit in theirs)


def _makers(film: Film, words: "_Words", tongue: Tongue) -> Iterator[tuple[object, object]]:
    for label, people in ((words.director, film.directors()), (words.cast, film.cast())):
        if people:
            yield label, _listed(_person(person, tongue) for person in people)


def _listed(items: Iterable[SafeString]) -> SafeString:
    return filled(_LISTED, joined("", [filled("<li>{}</li>", item) for item in items]))


def _credited(credit: Credit, tongue: Tongue) -> SafeString:
    person = _person(credit.person, tongue)
    if not credit.character:
        return person
    said = filled(_words(tongue.language).as_character, credit.character)
    return filled('{} <span class="facts__as">{}</span>', person, said)


def _person(person: Person, tongue: Tongue) -> SafeString:
    link = _whole(person)
    if not person.native_name:
        return link
    native = tongue.lang(person.native_language), person.native_name
    return filled('{} <span class="native"{}>{}</span>', link, *native)


def _whole(person: Person | Reviewer) -> SafeString:
    return _link(person, unbroken(person.name))


def _link(person: Person | Reviewer, name: str) -> SafeString:
    return filled('<a href="{}">{}</a>', person.get_absolute_url(), name)


def _release(film: Film) -> Iterator[SafeString]:
    if day := film.uk_release_date:
        yield filled(_TIME, day.isoformat(), date_format(day))
    if film.uk_distributor:
        yield safe(film.uk_distributor)


def _time(at: datetime, tongue: Tongue) -> SafeString:
    return filled(_TIME, tongue.moment(at), tongue.day(at))


@dataclass(frozen=True)
class _Words:
    director: str
    cast: str
    year: str
    country: str
    language: str
    running_time: str
    certificate: str
    uk_release: str
    updated: str
    with_whom: str
    about_whom: str
    tags: str
    replies: str
    film: str
    films: str
    series: str
    films_and_series: str
    episodes: str
    as_character: str  # with a gap for the name


@memoised.remembered(most=5)
def _words(_language: str) -> _Words:
    return _Words(
        director=gettext("Director"),
        cast=gettext("Cast"),
        year=gettext("Year"),
        country=gettext("Country"),
        language=gettext("Language"),
        running_time=gettext("Running time"),
        certificate=gettext("Certificate"),
        uk_release=pgettext("its day and distributor", "UK release"),
        updated=gettext("Updated"),
        with_whom=pgettext("whom an interview is with, before their names", "With"),
        about_whom=pgettext("whom a piece is about, before their names", "About"),
        tags=gettext("Tags"),
        replies=gettext("Replies"),
        film=gettext("Film"),
        films=gettext("Films"),
        series=gettext("Series"),
        films_and_series=gettext("Films and series"),
        episodes=gettext("Episodes"),
        as_character=gettext("as %(character)s") % {"character": "{}"},
    )


def _running_time(film: Film, language: str) -> str:
    minutes = _minutes(film.runtime_minutes or 0, language)
    if not film.is_series():
        return minutes
    return gettext("%(minutes)s an episode") % {"minutes": minutes}


@memoised.remembered(most=500)
def _minutes(minutes: int, _language: str) -> str:
    said = ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes)
    return said % {"minutes": localize(minutes)}


@memoised.remembered(most=200)
def _to_read(minutes: int, _language: str) -> str:
    said = ngettext("%(minutes)s minute to read", "%(minutes)s minutes to read", minutes)
    return said % {"minutes": localize(minutes)}
