"""What a change costs the processor: a post that is taken, and pages of which a piece is new."""

import io
import random
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from itertools import count, islice
from statistics import median
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from .pages import STAFF, made_rows, publication
from .rows import Row, measured
from .servers import gunicorn, serving

TURNS = 30
POSTS = 100  # in one measurement
POST_LIMIT = 28.5  # times a bare view under gunicorn: 8 ms beside 0.28, as the limits of pages
BARE = "a bare Django view"


@measured
def making_pages_anew() -> Iterator[Row]:
    """The review with 60 replies and the front page after a new reply, and with nothing changed; in
    one process and without a web server, as is the bare view beside them."""
    from publication.pagecache.serving import PageCache
    from tests.factories import make_comment

    address = publication()
    review = _article(address)
    with _addresses():
        cache = PageCache(WSGIHandler())
        cookie = {"HTTP_COOKIE": STAFF["Cookie"]}

        def after_a_reply(path: str) -> float:
            _cost(cache, path, **cookie)
            make_comment(review, status="approved", text=f"A new reply, {time.monotonic()}.")
            return _cost(cache, path, **cookie)

        for what, path in (
            ("Making the review with 60 replies", address),
            ("Making the front page", "/"),
        ):
            for how, make in (
                ("after a new reply", after_a_reply),
                ("nothing changed", lambda path: _cost(cache, path, **cookie)),
            ):
                yield _row(f"{what}, {how}", lambda make=make, path=path: make(path))
        cache.held.close()


@measured
def a_post() -> Iterator[Row]:
    """A comment that is taken, with all rules: each of its own words and from its own address."""
    from comments.models import Comment

    address = publication()
    texts = list(Comment.objects.approved().values_list("text", flat=True))
    words, chance = " ".join(texts).split(), random.Random(1)
    article, before, sent = _article(address), Comment.objects.count(), count(1)
    believed = {"TRUSTED_PROXIES": "127.0.0.1", "COMMENTS_POSTS_A_SECOND": "0"}
    with serving(10_000, **believed) as server, gunicorn(10_000) as plain:

        def post() -> int:
            connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
            for number in islice(sent, POSTS):
                _post(connection, article, number, " ".join(chance.choices(words, k=50)))
            connection.close()
            return POSTS

        server.spent(post)
        what = "A post that is taken, all rules on"
        yield from made_rows(what, lambda: server.spent(post), server, plain, POST_LIMIT)
    if Comment.objects.count() - before != next(sent) - 1:
        raise AssertionError("A post was lost or doubled.")


def _row(what: str, work: Callable[[], float]) -> Row:
    """The median of some turns of it, beside the bare view's of turns between them."""
    plain = _bare()
    for _ in range(3):
        work()
        _cost(plain, "/bare/")
    ours, bare = [], []
    for _ in range(TURNS):
        ours.append(work())
        bare += [_cost(plain, "/bare/") for _ in range(10)]
    beside = f"{BARE} of that process"
    return Row(f"{what}, processor time", 1000 * median(ours), "ms", beside, 1000 * median(bare))


def _bare() -> Any:
    with override_settings(MIDDLEWARE=[]):
        return WSGIHandler()


def _addresses() -> Any:
    """Those of the publication and of the bare view, under a name that is served."""
    return override_settings(
        ROOT_URLCONF="tests.bench.serving_urls",
        ALLOWED_HOSTS=["testserver"],
    )


def _article(address: str) -> Any:
    from reviews.models import Article

    return Article.objects.get(slug=address.rstrip("/").rpartition("/")[2])


def _post(connection: HTTPConnection, article: Any, number: int, text: str) -> None:
    from tests.comments.posting import address_of, form_data

    typed = form_data(article) | {"text": text, "email": f"reader{number}@example.org"}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": f"10.{number // 65536}.{number // 256 % 256}.{number % 256}",
    }
    body = urlencode(typed | {"name": f"Reader {number}"})
    connection.request("POST", address_of(article), body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 303:
        raise AssertionError(f"A post was answered {answer.status}.")


def _cost(application: Any, path: str, **said: Any) -> float:
    """Seconds of the processor for one answer."""
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": urlsplit(path).path,
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "CONTENT_LENGTH": "",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    } | said
    begun: list[str] = []
    started = time.process_time()
    parts = application(environ, lambda said, _headers, *_: begun.append(said))
    b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    took = time.process_time() - started
    if not begun[0].startswith("200"):
        raise AssertionError(f"{path} was answered {begun[0]}.")
    return took
