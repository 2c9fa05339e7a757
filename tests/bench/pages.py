"""Pages for readers under the server that serves them: stored ones, and making them."""

import gzip
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from tests import nginx as nginx_as_configured

from .rows import Row, measured
from .servers import Load, Server, gunicorn, in_turn, nginx_before, serving

COMMENTS = 60  # on the review; forty conversations
STAFF = {"Cookie": "sessionid=nobody"}  # goes past the store, and to no session
GZIP = {"Accept-Encoding": "gzip"}
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}  # over an encrypted connection
BARE = "/bare/"

# Times a bare view under gunicorn, which takes 0.28 ms of an idle processor of the machine that the
# limits were set on: 10 ms for a review with its replies, 5 for the front page.
REVIEW_LIMIT = 36
FRONT_LIMIT = 18


@measured
def pages() -> Iterator[Row]:
    """The stored review and front page, and both past the store, beside the bare view."""
    if not shutil.which("wrk"):
        sys.stderr.write("Pages are loaded with wrk: apt-get install wrk. Left out.\n")
        return
    address = publication()
    size = len(_compressed(address))
    with serving(size) as server, gunicorn(size) as plain:
        for path in (address, "/", BARE):
            server.get(path, GZIP)
        for what, path in (("A stored review with 60 replies", address), ("… front page", "/")):
            stored, bare = in_turn(
                lambda path=path: server.load(path, GZIP), lambda: server.load(BARE, GZIP)
            )
            goal = "at least 0.85 ×"
            yield Row(
                f"{what}, pages a second",
                stored.a_second,
                "",
                "a bare Django view",
                bare.a_second,
                goal,
                stored.a_second >= 0.85 * bare.a_second,
            )
            yield Row(
                "… processor time", stored.milliseconds, "ms", "the bare view", bare.milliseconds
            )
        for what, path, limit in (
            ("That review for who is logged in, of pieces", address, REVIEW_LIMIT),
            ("The front page for who is logged in", "/", FRONT_LIMIT),
        ):
            yield from made_rows(
                what, lambda path=path: server.load(path, STAFF | BROWSER), server, plain, limit
            )


@measured
def making_pages() -> Iterator[Row]:
    """The review with 60 replies and the front page, nothing of them kept, beside the bare view."""
    if not shutil.which("wrk"):
        sys.stderr.write("Pages are loaded with wrk: apt-get install wrk. Left out.\n")
        return
    address = publication()
    size = len(_compressed(address))
    with serving(size, BENCH_NOTHING_KEPT="yes") as server, gunicorn(size) as plain:
        for what, path, limit in (
            ("Making the review with 60 replies, nothing kept", address, REVIEW_LIMIT),
            ("Making the front page, nothing kept", "/", FRONT_LIMIT),
        ):
            yield from made_rows(
                what, lambda path=path: server.load(path, BROWSER), server, plain, limit
            )


def made_rows(
    what: str, make: Callable[[], Load], server: Server, plain: Server, limit: float
) -> Iterator[Row]:
    """The processor's time of one answer, at most so many times a bare view's under gunicorn; and
    beside that of a bare view under the server that makes it."""
    made, of_gunicorn, of_ours = in_turn(
        make, lambda: plain.load(BARE, GZIP), lambda: server.load(BARE, GZIP)
    )
    yield Row(
        f"{what}, processor time",
        made.milliseconds,
        "ms",
        "a bare Django view, gunicorn",
        of_gunicorn.milliseconds,
        f"at most {limit} ×",
        made.milliseconds <= limit * of_gunicorn.milliseconds,
    )
    yield Row("… beside granian", made.milliseconds, "ms", "that view there", of_ours.milliseconds)


@measured
def nginx() -> Iterator[Row]:
    """deploy/nginx.conf in front, beside nginx with the same bytes as a file."""
    if not (shutil.which("wrk") and nginx_as_configured.PROGRAM):
        sys.stderr.write("This needs wrk and nginx: apt-get install wrk nginx-light. Left out.\n")
        return
    address = publication()
    body = _compressed(address)
    site = "http://127.0.0.1"  # nginx passes on the name without the port
    with serving(len(body), SITE_URL=site) as server, nginx_before(server.port, body) as front:
        front.get(address, GZIP)
        kept, file = in_turn(
            lambda: front.load(address, GZIP), lambda: front.load("/static/page.html", GZIP)
        )
        yield Row(
            "The review through nginx, pages a second",
            kept.a_second,
            "",
            "nginx, the same bytes as a file",
            file.a_second,
            "at least 0.85 ×",
            kept.a_second >= 0.85 * file.a_second,
        )
        behind = _seconds_behind(front, address)
        yield Row("… behind a change", behind, "s", "one second", 1.0, "at most 1", behind <= 1.05)


def _seconds_behind(front: Server, address: str) -> float:
    """From the commit of a change until a reader behind nginx, who asks all the time, sees it."""
    from reviews.models import Article

    slowest = 0.0
    for number in range(3):
        front.get(address, GZIP)
        slug = address.rstrip("/").rpartition("/")[2]
        Article.objects.filter(slug=slug).update(headline=f"Headline {number}")
        changed = time.monotonic()
        while f"Headline {number}".encode() not in front.get(address, {}):
            time.sleep(0.01)
        slowest = max(slowest, time.monotonic() - changed)
    return slowest


def publication() -> str:
    """The demonstration, with as many comments on one review as are measured; its address."""
    from django.core.management import call_command

    from comments.models import Comment
    from publication.demo.load import is_wanted
    from reviews.models import Article

    call_command("migrate", verbosity=0)
    if not Path(settings.STATIC_ROOT).exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    if is_wanted():
        call_command("load_demo", verbosity=0)
    article = Article.objects.published().reviews().newest_first()[0]
    missing = COMMENTS - Comment.objects.on(article).approved().count()
    for number in range(max(0, missing)):
        answered = number % 3 == 2
        roots = Comment.objects.on(article).filter(parent=None, status="approved")
        parent = roots.first() if answered else None
        Comment.objects.create(
            article=article,
            parent=parent,
            root=parent,
            author_name=f"Reader {number}",
            author_email=f"reader{number}@example.org",
            text="I saw it twice, and the second time was quieter.\n\nIt stays with you. " * 3,
            status="approved",
        )
    return article.get_absolute_url()


def _compressed(address: str) -> bytes:
    """The page as a reader gets it: so many bytes the others answer too."""
    from django.test import Client

    page = Client(SERVER_NAME="localhost").get(address).content
    return gzip.compress(page, 6)
