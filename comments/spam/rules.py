"""The rules: each looks at one sign. Points mean: 10 sure, 5 telling, 3 worth a look.

Numbers marked “dev data” were read off the 8,303 labelled comments this project tunes on.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from reviews.models import written_once
from reviews.models.written_once import TEXT, moment

from ..evidence import said
from ..models import Comment
from .screening import FindingFacts, Submission

FASTEST_HUMAN = timedelta(seconds=4)  # nobody reads a form, fills three fields and presses sooner
LINKS_ALLOWED = 2  # dev data: 3 of 6,317 honest comments carry more; an interview and a trailer
POINTS_PER_LINK = 2
MOST_POINTS_FOR_LINKS = 8  # below SPAM_SCORE: a reader who lists sources waits, no more
TELLING_LENGTH = 40  # folded characters; dev data: shorter ones (“best song ever”) repeat honestly
MOST_QUOTES = 20  # links marked in the text; the number of all is in the evidence
MEMORY = timedelta(days=30)  # how long the same text counts as “again”
FLOOD_WINDOW = timedelta(minutes=10)
MOST_FROM_ADDRESS = 12  # posts in it that are taken; a school behind one address stays below it
FLOOD_NOTICED = 4  # posts within the window; a lively discussion between two makes about three

_LINK = re.compile(r"https?://|\bwww\.|<a\s|\[url\b|\[link\b", re.IGNORECASE)
_LINKED_TO = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"'\]]{1,200}", re.IGNORECASE)
_MARKUP_AROUND_A_LINK = re.compile(r"(<a\s[^>]{0,200}?|\[(?:url|link)=)[\"']?https?://", re.I)


def filled_honeypot(post: Submission) -> FindingFacts | None:
    """A field that people do not see was filled in, as programs do: 10 points."""
    if not post.form.honeypot.strip():
        return None
    return FindingFacts("filled_honeypot", 10, said("honeypot"))


def written_too_fast(post: Submission) -> FindingFacts | None:
    """It was sent less than 4 seconds after the form was made: 5 points. A cached page is older: no
    harm."""
    if post.form.rendered_at is None:
        return None
    took = post.at - post.form.rendered_at
    if took >= FASTEST_HUMAN:
        return None
    seconds = max(0, int(took.total_seconds()))
    return FindingFacts("written_too_fast", 5, said("written_too_fast", seconds=seconds))


def too_many_links(post: Submission) -> FindingFacts | None:
    """It has more than two links, or more than the limit for newcomers: 2 points for each beyond, 8
    at most. A link inside markup counts once. Two queries if any."""
    links = len(_LINK.findall(_MARKUP_AROUND_A_LINK.sub("http://", post.text)))
    allowed = _links_allowed(post) if links else LINKS_ALLOWED
    if links <= allowed:
        return None
    points = min(MOST_POINTS_FOR_LINKS, POINTS_PER_LINK * (links - allowed))
    quotes = tuple(_LINKED_TO.findall(post.text)[:MOST_QUOTES])
    return FindingFacts("too_many_links", points, said("links", links=links), quotes)


def _links_allowed(post: Submission) -> int:
    """What editors allow newcomers. An address with an approved comment has LINKS_ALLOWED at
    least; it may be somebody else's who types it, and gains no more than that."""
    for_newcomers = post.limits().links_for_newcomers
    if for_newcomers >= LINKS_ALLOWED:
        return for_newcomers
    known = Comment.objects.approved().under(post.author_email)
    return LINKS_ALLOWED if post.author_email and known.exists() else for_newcomers


def seen_in_spam(post: Submission) -> FindingFacts | None:
    """The same text, word for word, is among the spam: 10 points. One query, with the next."""
    if len(post.text) < TELLING_LENGTH:
        return None
    times = _said_before(post)["among_spam"]
    if not times:
        return None
    return FindingFacts("seen_in_spam", 10, said("among_spam", times=times))


def same_text_again(post: Submission) -> FindingFacts | None:
    """The same text was posted within the last 30 days, under whatever name: 4 points."""
    if len(post.text) < TELLING_LENGTH:
        return None
    times = _said_before(post)["lately"]
    if not times:
        return None
    return FindingFacts("same_text_again", 4, said("posted_before", times=times))


def flood_from_address(post: Submission) -> FindingFacts | None:
    """It is the fourth comment or more from one network address within 10 minutes: 3 points. One
    query, if nobody asked before."""
    if not post.address_hashes:
        return None
    posts = len(sent_lately(post)) + 1
    if posts < FLOOD_NOTICED:
        return None
    return FindingFacts("flood_from_address", 3, said("many_posts", posts=posts))


def sent_lately(post: Submission) -> list[datetime]:
    """When its address sent others within FLOOD_WINDOW, the newest first; at most as many as one
    may. One query, once."""

    def ask() -> list[datetime]:
        hashes = written_once.several(sorted(post.address_hashes))
        names = {f"{TEXT} {number}": hashed for number, hashed in enumerate(hashes)}

        def write() -> Any:
            theirs = Comment.objects.from_address(list(names)).between(moment(0), moment(1))
            return theirs.newest_first().values_list("submitted_at")[:MOST_FROM_ADDRESS]

        values: dict[Any, Any] = {**names, moment(0): post.at - FLOOD_WINDOW, moment(1): post.at}
        found = written_once.tuples(("sent lately", len(names)), write, values) if names else []
        return [at for (at,) in found]

    return post.once("sent_lately", ask)


def _said_before(post: Submission) -> dict[str, int]:
    """How often its text is `among_spam`, and elsewhere `lately`. One query, once."""

    def ask() -> dict[str, int]:
        values = {TEXT: post.text_digest, moment(0): post.at - MEMORY, moment(1): post.at}
        found = written_once.tuples("said before", _of_one_text, values)
        among_spam, lately = found[0] if found else (0, 0)
        return {"among_spam": among_spam, "lately": lately}

    return post.once("said_before", ask)


def _of_one_text() -> Any:
    spam = Q(status=Comment.Status.SPAM)
    lately = Q(submitted_at__gt=moment(0), submitted_at__lte=moment(1))
    theirs = Comment.objects.saying(TEXT).order_by().values("text_digest")
    counts = {
        "among_spam": Count("pk", filter=spam),
        "lately": Count("pk", filter=~spam & lately),
    }
    return theirs.annotate(**counts).values_list(*counts)
