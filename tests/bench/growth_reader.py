"""Reads every kind of page of one database; `growth` starts one for each and asks them in turn.

`python -m tests.bench.growth_reader`: answers the names of what it reads, then for each name it is
sent the milliseconds it took, and the bytes it is long: the processor time of this process, in
which SQLite does its work too, and of PostgreSQL's that answers it on this machine; or with
CLOCK=wall the time that passed, for a database elsewhere.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

Clock = Callable[[], float]  # seconds


def main() -> None:
    import django

    django.setup()
    pages = _pages()
    gc.freeze()  # as the web server does
    clock = time.perf_counter if os.environ.get("CLOCK") == "wall" else _processors()
    _answer(list(pages))
    for line in sys.stdin:
        _answer(_read(*pages[line.rstrip("\n")], clock))


def _processors() -> Clock:
    """Of this process and of the one that answers it, as Linux counts it, with no helpers."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    theirs = Path(f"/proc/{pid}/schedstat")  # nanoseconds on a processor come first
    if not theirs.exists():
        raise RuntimeError("PostgreSQL is not on this machine: measure with CLOCK=wall.")
    return lambda: time.process_time() + int(theirs.read_text().split()[0]) / 1e9


def _answer(what: Any) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


def _read(client: Any, address: str, clock: Clock) -> tuple[float, int]:
    """Milliseconds of making it, and its bytes. The store of pages stands before what is asked."""
    start = clock()
    answer = client.get(address)
    body = answer.streaming_content if answer.streaming else [answer.content]
    length = sum(map(len, body))
    took = 1000 * (clock() - start)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}.")
    return took, length


def _pages() -> dict[str, tuple[Any, str]]:
    """The reader or the administrator, and where they go. Neither the newest of anything nor the
    most talked about, but what stands in the middle."""
    from django.test import Client

    reader, staff = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    staff.force_login(_administrator())
    public = {f"page: {name}": (reader, address) for name, address in _public().items()}
    return public | {f"newsroom: {name}": (staff, at) for name, at in _newsroom().items()}


def _administrator() -> Any:
    from django.contrib.auth.models import User

    facts = {"is_staff": True, "is_superuser": True}
    return User.objects.get_or_create(username="growth", defaults=facts)[0]


def _public() -> dict[str, str]:
    from comments.models import Comment
    from reviews.models import Article, Credit, FestivalEdition, Reviewer, Section, Tag

    live = Article.objects.published()
    review = live.reviews().order_by("pk")[live.reviews().count() // 2]
    other = live.exclude(kind="review").order_by("pk")[live.exclude(kind="review").count() // 2]
    person = Credit.objects.filter(film=review.film)[0].person
    root = Comment.objects.approved().on(review).filter(parent=None)[0]
    edition: FestivalEdition = other.edition
    month = review.first_published_at
    reviewer = Reviewer.objects.filter(articles=review)[0]
    section: Section = review.section
    tag: Tag = review.tags.all()[0]
    country = review.film.countries.all()[0]
    return {
        "front": "/",
        "reviews": "/reviews/",
        "reviews by rating": f"/reviews/?rating={review.rating}",
        "reviews by year": f"/reviews/?year={review.film.year}",
        "reviews by country": f"/reviews/?country={country.pk}",
        "reviews by festival": f"/reviews/?festival={edition.festival.slug}",
        "reviews by reviewer": f"/reviews/?reviewer={reviewer.slug}",
        "reviews, highest rated first": "/reviews/?sort=rating",
        "features": "/features/",
        "section": section.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "film": review.film.get_absolute_url(),
        "person": person.get_absolute_url(),
        "reviewer": reviewer.get_absolute_url(),
        "festivals": "/festivals/",
        "edition": edition.get_absolute_url(),
        "archive": "/archive/",
        "month": f"/archive/{month:%Y}/{month:%m}/",
        "search": f"/search/?q={quote(review.headline)}",
        "search, a word of all pieces": "/search/?q=quiet",
        "search in vain": "/search/?q=xylophone",
        "review": review.get_absolute_url(),
        "other piece": other.get_absolute_url(),
        "about": "/about/",
        "feed": "/feed/",
        "sitemap": "/sitemap.xml",
        **{
            f"sitemap of {part}": f"/sitemap-{part}.xml" for part in ("articles", "films", "people")
        },
        "comment feed": "/comments/feed/",
        "comment feed of a piece": f"/comments/feed/{review.pk}/",
        "all replies": f"/comments/on/{review.pk}/all/",
        "conversation": f"/comments/conversation/{root.pk}/",
    }


def _newsroom() -> dict[str, str]:
    desk = "/admin/comments/comment/"
    return {
        "front": "/admin/",
        "articles": "/admin/reviews/article/",
        "reviews": "/admin/reviews/review/",
        "drafts": "/admin/reviews/article/?status=draft",
        "published": "/admin/reviews/article/?status=published",
        "films": "/admin/reviews/film/",
        "people": "/admin/reviews/person/",
        "pictures": "/admin/reviews/image/",
        "desk": desk,
        "desk, approved": f"{desk}?state=approved",
        "desk, spam": f"{desk}?state=spam",
        "desk, all": f"{desk}?state=all",
        "rules": "/admin/comments/rulesetting/",
        "classifier": "/admin/comments/learnt/",
    }


if __name__ == "__main__":
    main()
