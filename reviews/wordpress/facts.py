"""A post as one of our pieces would say it, before anything is written."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from .. import body, shortened, written_in
from ..models import Article
from ..models.articles import BODY_LIMIT
from ..prose import LANGUAGE_TAG
from . import blocks, bodies, kinds, ratings, typography, whose
from .bodies import Wanted
from .items import PAGE, Author, Post, Site, Term, path_in
from .kinds import Choices, FilmSaid
from .pictures import Pictures, Placed
from .report import About

STANDFIRST, FROM_BODY = 400, 300  # characters: what the field holds; of one made from the text
HEADLINE, UNTITLED, NAME, LONGEST_TAG = 200, 60, 60, 35
A_CORRECTION = timedelta(hours=1)  # after its publication; before that it is the last touch
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
_SENTENCE = re.compile(r"[.!?。！？…]['”’\")]*(?:\s|$)")
# Seen by readers there, or to be seen.
SHOWN = frozenset({"publish", "future"})

REVIEW = Article.Kind.REVIEW

Note = Callable[[About, str], None]


@dataclass(frozen=True)
class Facts:
    """`at` is the moment from which readers see it, None for a draft. `said` of its pictures is no
    part of what is compared."""

    headline: str
    kind: str
    standfirst: str
    body: str
    lead: int | None
    section: Term
    tags: tuple[Term, ...]
    authors: tuple[Author, ...]
    at: datetime | None
    corrected_at: datetime | None
    film: FilmSaid | None
    rating: int | None
    comments_open: bool
    language: str
    placed: tuple[Placed, ...] = field(default=(), compare=False)

    def digest(self) -> str:
        said = [(f.name, getattr(self, f.name)) for f in fields(self) if f.compare]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def of(post: Post, site: Site, choices: Choices, pictures: Pictures, note: Note) -> Facts:
    """`note` is told what a person has to look at. Takes the pictures in that it shows."""
    headline = _headline(post, note)
    kind = kinds.of(post.categories, site.categories, headline, choices)
    at = _from_when(post, headline, note)
    film = kinds.film_of(headline, [tag.name for tag in post.tags]) if kind == REVIEW else None
    if kind == REVIEW and film is None and at is not None:
        note(About.NO_FILM, f"“{headline}”")
        kind = Article.Kind.FEATURE
    text = blocks.plain(post.content, lambda: pictures.attached_to(post.number), site.reusable)
    placed: list[Placed] = []

    def find(wanted: Wanted) -> int | None:
        key = pictures.wanted(wanted, headline)
        if key is not None:
            placed.append(Placed(key, wanted.credit, wanted.alt))
        return key

    made = bodies.made(
        text.html,
        find,
        hosts=site.hosts,
        rates=kind == REVIEW,
        footnotes=post.footnotes,
    )
    tongue = _language(made.html, site)
    html = typography.shown(made.html, tongue)
    for what in dict.fromkeys([*text.dropped, *made.dropped]):
        note(About.DROPPED, f"{what} in “{headline}”")
    for address in dict.fromkeys(made.files):
        note(About.FILES, f"{address} in “{headline}”")
    for address in dict.fromkeys(made.embeds):
        note(About.EMBEDS, f"{address} in “{headline}”")
    featured = Wanted(post.thumbnail, "", "", "", "")
    lead = pictures.wanted(featured, headline) if post.thumbnail else None
    section, tags = _terms(post, choices, headline, note)
    for words in made.called:
        note(About.RATINGS, f"“{headline}”: {words}")
    if len(html) > BODY_LIMIT:
        note(About.LOOK, f"“{headline}” is too long for the editor, which saves no longer text")
    return Facts(
        headline=typography.shown(headline, tongue),
        kind=kind,
        standfirst=typography.shown(_standfirst(post, html, headline, note), tongue),
        body=_without_lead(
            html, lead, typography.shown(pictures.caption_of(post.thumbnail), tongue)
        ),
        lead=lead,
        section=section,
        tags=tags,
        authors=_authors(post, site),
        at=at,
        corrected_at=_corrected(post, at),
        film=film,
        rating=ratings.half_stars(*made.rating) if made.rating else None,
        comments_open=post.comments_open,
        language=tongue,
        placed=tuple(placed),
    )


def _language(html: str, site: Site) -> str:
    """That of its script, else that of the whole site."""
    is_one = len(site.language) <= LONGEST_TAG and re.fullmatch(LANGUAGE_TAG, site.language)
    usual = site.language if is_one else "en-GB"
    return written_in.language(body.plain_text(html, spoilers=True)) or usual


def _authors(post: Post, site: Site) -> tuple[Author, ...]:
    logins = {term.slug.removeprefix("cap-"): term.name for term in post.writers}
    every = logins or {post.creator: post.creator}
    found = [site.authors.get(login) or Author(login, name, 0) for login, name in every.items()]
    return tuple(author for author in found if author.name)


def _headline(post: Post, note: Note) -> str:
    words = whose.words(post.title)
    if not words:
        html = bodies.made(blocks.plain(post.content, list, {}).html, lambda _: None).html
        words = _beginning(_first_words(html), UNTITLED) or f"Untitled, number {post.number}"
        note(About.LOOK, f"“{words}” had no title")
    if len(words) <= HEADLINE:
        return words
    note(About.LOOK, f"This title is longer than {HEADLINE} characters, and was cut: {words}")
    return f"{words[: HEADLINE - 1].rstrip()}…"


def _from_when(post: Post, headline: str, note: Note) -> datetime | None:
    if post.kind == PAGE:
        note(About.PAGES, f"“{headline}” ({path_in(post.link)})")
        return None
    if post.status == "private":
        note(About.LOOK, f"“{headline}” was private there: a draft")
    if post.status in SHOWN and post.password:
        note(About.DRAFTS, f"“{headline}”: a password kept it from readers")
    elif post.status in SHOWN and post.for_subscribers:
        note(About.DRAFTS, f"“{headline}”: it, or a part of it, was for subscribers")
    elif post.status in SHOWN and post.published is None:
        note(About.DRAFTS, f"“{headline}”: no date of its publication can be read")
    elif post.status in SHOWN:
        return post.published
    return None


def _corrected(post: Post, at: datetime | None) -> datetime | None:
    if at is None or post.modified is None:
        return None
    return post.modified if post.modified - at > A_CORRECTION else None


def _terms(
    post: Post, choices: Choices, headline: str, note: Note
) -> tuple[Term, tuple[Term, ...]]:
    """The first category that says more than a kind is the section; the others are tags."""
    named_so = (term for term in post.categories if term.name)
    said = [term for term in named_so if not kinds.says_only_a_kind(term, choices)]
    section = said[0] if said else Term("category", "", choices.section)
    named: dict[str, Term] = {}
    for term in [*said[1:], *post.tags]:
        if not term.name:
            continue
        if len(term.name) > NAME:
            note(About.LOOK, f"A tag of “{headline}” is too long for one: {term.name}")
        else:
            named.setdefault(term.name.casefold(), term)
    if len(section.name) > NAME:
        note(About.LOOK, f"The section of “{headline}” has too long a name: {section.name}")
        section = Term("category", "", choices.section)
    return section, tuple(named.values())


def _standfirst(post: Post, html: str, headline: str, note: Note) -> str:
    """What the editors wrote; else how its first paragraph of words begins, to the end of a
    sentence."""
    words = whose.words(post.excerpt)
    if not words:
        return _beginning(_first_words(html), FROM_BODY)
    if len(words) > STANDFIRST:
        note(About.LOOK, f"The excerpt of “{headline}” is too long, and was cut: {words}")
    return _beginning(words, STANDFIRST)


def _first_words(html: str) -> str:
    """The first paragraph that is no address, else all that is said."""
    every = [*map(body.plain_text, _PARAGRAPH.findall(html)), body.plain_text(html)]
    said = (each for each in every if each and not each.startswith(("http://", "https://")))
    return next(said, "")


def _beginning(words: str, most: int) -> str:
    if len(words) <= most:
        return words
    ends = [found.end() for found in _SENTENCE.finditer(words[:most])]
    if ends:
        return words[: ends[-1]].strip()
    return shortened.beginning(words, most)


def _without_lead(html: str, lead: int | None, caption: str) -> str:
    """A page shows its lead already. Where the body begins with it and says something else under
    it, it stays there too."""
    first = re.match(
        rf'<figure data-image="{lead}"><figcaption>(.*?)</figcaption></figure>\s*', html
    )
    return html[first.end() :] if first and whose.words(first[1]) in ("", caption) else html
