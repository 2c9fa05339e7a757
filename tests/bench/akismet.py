"""Posts while Akismet hangs, beside posts while it is off; a worker asks meanwhile."""

import threading
import time
from collections.abc import Iterator
from statistics import median

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from comments.akismet import owed, verdicts
from comments.models import AkismetCheck, Comment
from reviews.models import Article

from .rows import Row, measured

POSTS, TURN = 1_000, 25  # of each; in turns, so that a busy machine slows both
SLOWEST = 100  # milliseconds at the median


@measured
def posts_while_akismet_hangs() -> Iterator[Row]:
    """The worker asks all the time, and its pauses are taken from it, so that it always waits."""
    from tests.comments.akismet_double import KEY, SITE, akismet_double

    call_command("migrate", verbosity=0)
    article = _article()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.COMMENTS_POSTS_A_SECOND = 0
    on, off = [], []
    with akismet_double() as double, override_settings(AKISMET_URL=double.url):
        named = {"AKISMET_KEY": KEY, "AKISMET_SITE": SITE, "AKISMET_TIMEOUT": 3.0}
        with override_settings(**named):
            verdicts.verify(verdicts.akismet.client())  # type: ignore[arg-type]
        double.does = "hang"
        stop = threading.Event()
        worker = threading.Thread(target=_work, args=(stop, named))
        worker.start()
        for turn in range(POSTS // TURN):
            off += [_post(article, 2 * turn * TURN + n) for n in range(TURN)]
            with override_settings(**named):
                on += [_post(article, (2 * turn + 1) * TURN + n) for n in range(TURN)]
        stop.set()
        double.let_go.set()
        worker.join()
    waiting = AkismetCheck.objects.filter(verdict="", next_at__isnull=False).count()
    if (Comment.objects.pending().count(), waiting) != (2 * POSTS, POSTS):
        raise AssertionError("A comment was lost, published, or not owed a check.")
    what, goal = f"{POSTS:,} posts while Akismet hangs, median", f"at most {SLOWEST} ms"
    took, beside = (1000 * median(wall for wall, _ in posts) for posts in (on, off))
    yield Row(what, took, "ms", "Akismet is off", beside, goal, took <= SLOWEST)
    took, beside = (1000 * median(busy for _, busy in posts) for posts in (on, off))
    yield Row("… processor time of it, which others do not lengthen", took, "ms", "off", beside)


def _work(stop: threading.Event, named: dict[str, object]) -> None:
    """Settings are one for all threads: the client is made once, with those that name it."""
    client = verdicts.Client(
        str(named["AKISMET_KEY"]),
        str(named["AKISMET_SITE"]),
        url=settings.AKISMET_URL,
        timeout=3.0,
        is_test=False,
    )
    while not stop.is_set():
        check = owed.claim(AkismetCheck)
        if check is not None:
            verdicts._check(client, check)
        stop.wait(0.01)
    connection.close()


def _post(article: Article, number: int) -> tuple[float, float]:
    """Seconds on the clock, and seconds of the processor."""
    from tests.comments.posting import post

    client = Client(REMOTE_ADDR=f"10.{number // 65536}.{number // 256 % 256}.{number % 256}")
    started, busy = time.perf_counter(), time.thread_time()
    answer = post(client, article, text=f"Comment number {number}.", email=f"r{number}@example.org")
    took = time.perf_counter() - started, time.thread_time() - busy
    if answer.status_code != 303:
        raise AssertionError(f"Comment {number} was answered with {answer.status_code}.")
    return took


def _article() -> Article:
    from tests.factories import make_article

    return make_article()
