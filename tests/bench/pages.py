"""Pages for readers under the server that serves them: stored ones, and making them."""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from tests import nginx as nginx_as_configured

from .rows import Row, measured

ROUNDS = 3  # each in turn with its baseline; the median counts
SECONDS = 3  # of each measurement
CONNECTIONS = 16
COMMENTS = 60  # on the review; forty conversations
TICKS = os.sysconf("SC_CLK_TCK")
STAFF = {"Cookie": "sessionid=nobody"}  # goes past the store, and to no session
GZIP = {"Accept-Encoding": "gzip"}

# The limits were set in gunicorn's bare views (0.28 ms of processor time on an idle machine of
# this kind; granian's take half): 10 ms for a review with its replies, 5 for the front page.
REVIEW_LIMIT = 36 * 2
FRONT_LIMIT = 18 * 2


@dataclass(frozen=True)
class Load:
    """What a server did under load: answers a second, and its processor time for each."""

    a_second: float
    milliseconds: float


@measured
def pages() -> Iterator[Row]:
    """The stored review and front page, and both past the store, beside the bare view."""
    if not shutil.which("wrk"):
        sys.stderr.write("Pages are loaded with wrk: apt-get install wrk. Left out.\n")
        return
    address = publication()
    size = len(_compressed(address))
    with serving(size) as server:
        for path in (address, "/", "/bare/"):
            server.get(path, GZIP)
        for what, path in (("A stored review with 60 replies", address), ("… front page", "/")):
            stored, bare = _in_turn(server, path, GZIP, "/bare/", GZIP)
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
            yield made_row(what, *_in_turn(server, path, STAFF, "/bare/", GZIP), limit)


@measured
def making_pages() -> Iterator[Row]:
    """The review with 60 replies and the front page, nothing of them kept, beside the bare view."""
    if not shutil.which("wrk"):
        sys.stderr.write("Pages are loaded with wrk: apt-get install wrk. Left out.\n")
        return
    address = publication()
    with serving(len(_compressed(address)), BENCH_NOTHING_KEPT="yes") as server:
        for what, path, limit in (
            ("Making the review with 60 replies, nothing kept", address, REVIEW_LIMIT),
            ("Making the front page, nothing kept", "/", FRONT_LIMIT),
        ):
            yield made_row(what, *_in_turn(server, path, GZIP, "/bare/", GZIP), limit)


def made_row(what: str, made: "Load", bare: "Load", limit: int) -> Row:
    """The processor's time of one answer, at most so many times the bare view's."""
    return Row(
        f"{what}, processor time",
        made.milliseconds,
        "ms",
        "a bare Django view",
        bare.milliseconds,
        f"at most {limit} × granian's",
        made.milliseconds <= limit * bare.milliseconds,
    )


@measured
def nginx() -> Iterator[Row]:
    """deploy/nginx.conf in front, beside nginx with the same bytes as a file."""
    if not (shutil.which("wrk") and nginx_as_configured.PROGRAM):
        sys.stderr.write("This needs wrk and nginx: apt-get install wrk nginx-light. Left out.\n")
        return
    address = publication()
    body = _compressed(address)
    site = "http://127.0.0.1"  # nginx passes on the name without the port
    with serving(len(body), SITE_URL=site) as server, _nginx_before(server.port, body) as front:
        front.get(address, GZIP)
        kept, file = _in_turn(front, address, GZIP, "/static/page.html", GZIP)
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


@dataclass
class Server:
    port: int
    pids: tuple[int, ...]

    def get(self, path: str, headers: dict[str, str]) -> bytes:
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return bytes(answer.read())

    def load(self, path: str, headers: dict[str, str]) -> Load:
        said = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
        words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *said]

        def answers() -> int:
            ran = subprocess.run(
                [*words, f"http://127.0.0.1:{self.port}{path}"],
                capture_output=True,
                text=True,
                check=True,
            )
            told = re.search(r"(\d+) requests in", ran.stdout)
            if told is None or "Non-2xx" in ran.stdout:
                raise RuntimeError(ran.stdout)
            return int(told[1])

        return self.spent(answers)

    def spent(self, answers: Callable[[], int]) -> Load:
        """By as many answers as it says that there were."""
        ticks, started = self._ticks(), time.monotonic()
        count = answers()
        took = time.monotonic() - started
        return Load(count / took, 1000 * (self._ticks() - ticks) / TICKS / count)

    def _ticks(self) -> int:
        total = 0
        for pid in self.pids:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total


@contextmanager
def serving(bare_bytes: int, **said: str) -> Iterator[Server]:
    """The web server on a free port, over the bench's database; with other settings as `said`."""
    port = _free_port()
    environ = (
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "tests.bench.serving_settings",
            "SITE_URL": f"http://127.0.0.1:{port}",
            "BENCH_BARE_BYTES": str(bare_bytes),
        }
        | said
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.serve", str(port)], env=environ, cwd=settings.BASE_DIR
    )
    try:
        _wait_for(port)
        time.sleep(1)  # the second process
        yield Server(port, (process.pid, *_children(process.pid)))
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def _nginx_before(port: int, body: bytes) -> Iterator[Server]:
    """nginx with our own file, over plain HTTP, and the same bytes among the static files."""
    with TemporaryDirectory(prefix="bench-nginx-") as made:
        folder = Path(made)
        (folder / "page.html.gz").write_bytes(body)
        (folder / "page.html").write_bytes(b"")
        places = nginx_as_configured.Places(
            folder, port, _free_port(), _free_port(), folder, Path(settings.MEDIA_ROOT)
        )
        with nginx_as_configured.running(
            nginx_as_configured.configured(places, tls=False)
        ) as process:
            _wait_for(places.port)
            yield Server(places.port, (process.pid,))


def _in_turn(
    server: Server,
    path: str,
    headers: dict[str, str],
    beside: str,
    beside_headers: dict[str, str],
) -> tuple[Load, Load]:
    """The middle one of some rounds of both, one after the other."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(server.load(path, headers))
        theirs.append(server.load(beside, beside_headers))
    return middle(ours), middle(theirs)


def middle(loads: list[Load]) -> Load:
    return Load(
        statistics.median(load.a_second for load in loads),
        statistics.median(load.milliseconds for load in loads),
    )


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
    import gzip

    from django.test import Client

    page = Client(SERVER_NAME="localhost").get(address).content
    return gzip.compress(page, 6)


def _children(pid: int) -> tuple[int, ...]:
    return tuple(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"Nothing answers on port {port}.")
