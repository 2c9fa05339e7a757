"""The rules that people fill: listed phrases and senders; and what an entry would have found."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from django.utils import timezone

from reviews.models import written_once
from reviews.models.written_once import day

from .. import plain_text
from ..evidence import Said, said
from ..models import Action, Comment, Phrase, Sender, erased_names
from . import phrases, sentences
from .screening import SPAM_SCORE, FindingFacts, Submission

POINTS = {Action.HOLD: 3, Action.SET_ASIDE: SPAM_SCORE}
MOST_NAMED = 2  # entries named in the evidence, which is a sentence and no list
MOST_QUOTES = 20  # pieces marked in the text
TRIED_ON = 500  # comments, the newest
MOST_SHOWN = 20  # of those found, on the page of a trial

_BETWEEN_HOSTS = re.compile(r"[^\w.-]+")
_LONGEST_HOST = 253  # RFC 1035, 2.3.4


class Written(Protocol):
    """What a submission and a kept comment have in common."""

    @property
    def author_name(self) -> str: ...
    @property
    def author_email(self) -> str: ...
    @property
    def author_url(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Hit:
    """The places an entry was found in, and the pieces of the text."""

    entry: Phrase | Sender
    places: tuple[str, ...]
    quotes: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """In words."""
        return sentences.places(self.places)


@dataclass
class Trial:
    """What an entry finds among the newest comments; `by_status` counts all it found."""

    tried_on: int = 0
    by_status: Counter[str] = field(default_factory=Counter)
    shown: list[tuple[Comment, Hit]] = field(default_factory=list)

    @property
    def found(self) -> int:
        return self.by_status.total()

    @property
    def approved(self) -> int:
        return self.by_status[Comment.Status.APPROVED.label.lower()]

    def __str__(self) -> str:
        if not self.found:
            return f"It is in none of the last {self.tried_on} comments."
        each = ", ".join(f"{number} {status}" for status, number in sorted(self.by_status.items()))
        return f"It is in {self.found} of the last {self.tried_on} comments: {each}."


def listed_phrase(post: Submission) -> FindingFacts | None:
    """A listed word or phrase is in its text, name or website: 3 points, or 10 where it is to
    be set aside. One query."""
    listed = written_once.rows("phrases", Phrase.objects.all, {})
    return _finding("listed_phrase", _phrases_in(post, listed))


def listed_sender(post: Submission) -> FindingFacts | None:
    """Its e-mail address is listed, or a site that it links to: 3 points, or 10 where it is to
    be set aside. One query."""
    values = {day(): timezone.localdate()}
    listed = written_once.rows("senders", lambda: Sender.objects.in_force(day()), values)
    return _finding("listed_sender", _senders_in(post, listed))


def tried(entry: Phrase | Sender) -> Trial:
    """What an entry, saved or not, would have found. One query."""
    trial = Trial()
    newest = Comment.objects.newest_first().select_related("article")[:TRIED_ON]
    for comment in newest:
        trial.tried_on += 1
        hits = (
            _phrases_in(comment, [entry])
            if isinstance(entry, Phrase)
            else _senders_in(comment, [entry])
        )
        if not hits:
            continue
        trial.by_status[comment.get_status_display().lower()] += 1
        if len(trial.shown) < MOST_SHOWN:
            trial.shown.append((comment, hits[0]))
    return trial


def _phrases_in(post: Written, listed: list[Phrase]) -> list[Hit]:
    places = {
        "text": phrases.fold(post.text),
        "name": phrases.fold(post.author_name),
        "website": phrases.fold(post.author_url),
    }
    hits = []
    for action in Action:  # each for itself: the strictest is found however full a text is
        some = {phrase.words: phrase for phrase in listed if phrase.action == action}
        found = {where: phrases.find(some, folded) for where, folded in places.items()}
        for words, phrase in some.items():
            where = [place for place, those in found.items() if words in those]
            if where:
                spans = found["text"].get(words, [])[:MOST_QUOTES]
                quotes = phrases.as_written(post.text, spans)
                hits.append(Hit(phrase, tuple(where), quotes))
    return hits


def _senders_in(post: Written, listed: list[Sender]) -> list[Hit]:
    if not listed:
        return []
    email = plain_text.fold(post.author_email)
    places = {
        "email": {email, *erased_names(email)} | _domains(email.rpartition("@")[2]),
        "website": _domains(plain_text.fold(post.author_url)),
        "text": _domains(plain_text.fold(post.text)),
    }
    hits = []
    for sender in listed:
        where = [place for place, names in places.items() if sender.who in names]
        if where:
            quotes = (sender.who,) if sender.who in places["text"] else ()
            hits.append(Hit(sender, tuple(where), quotes))
    return hits


def _domains(folded: str) -> set[str]:
    """Every host named in it, and the domains above each."""
    found: set[str] = set()
    for name in _BETWEEN_HOSTS.split(folded):
        labels = _readable(name.strip(".-")[-_LONGEST_HOST:]).split(".")
        found.update(".".join(labels[start:]) for start in range(len(labels) - 1))
    return found


def _readable(host: str) -> str:
    """An internationalised name as people write it (RFC 3490)."""
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _finding(rule: str, hits: list[Hit]) -> FindingFacts | None:
    """One finding for all that were hit; the strictest counts and is named first."""
    if not hits:
        return None
    hits = sorted(hits, key=lambda hit: -POINTS[Action(hit.entry.action)])
    named: list[Said] = [
        said(rule, entry=str(hit.entry), where=list(hit.places)) for hit in hits[:MOST_NAMED]
    ]
    if len(hits) > MOST_NAMED:
        named.append(said("more", number=len(hits) - MOST_NAMED))
    quotes = [quote for hit in hits for quote in hit.quotes][:MOST_QUOTES]
    points = POINTS[Action(hits[0].entry.action)]
    return FindingFacts(rule, points, named, tuple(quotes))
