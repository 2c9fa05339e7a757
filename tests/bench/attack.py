"""What readers notice while a botnet posts spam, what is kept of it, and what all of it weighs.

`manage.py serve` runs on a database of its own. Readers ask for the front page and an article, so
many times a second whatever comes back; posts come from an address each, with texts of their own.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command

from .rows import Row, measured

SECONDS = float(os.environ.get("BENCH_ATTACK_SECONDS", "12"))  # 60 for the figures of the docs
READS_A_SECOND = 40
POSTS_A_SECOND = 200
WARMING = 3.0
SETTLING = 2.0  # seconds after the start that count for nothing
PORT = int(os.environ.get("BENCH_PORT", "8765"))


@measured
def readers_under_attack() -> Iterator[Row]:
    """Readers' times, posts lost or doubled, and memory."""
    from comments.models import Comment

    paths, target, form = _publication()
    with _Served() as server:
        # Every process has taken posts before it is weighed.
        asyncio.run(_posts(target, form, seconds=WARMING))
        quiet = asyncio.run(_reads(paths))
        before, settled = Comment.objects.count(), server.memory()
        with ProcessPoolExecutor(1, initializer=_far_away) as elsewhere:
            attack = elsewhere.submit(_attack, target, form)
            under = asyncio.run(_reads(paths))
            answers = attack.result()
        after = server.memory()
        kept = Comment.objects.count() - before
        texts = list(Comment.objects.filter(text__startswith="Cheap").values_list("text"))
        doubled = len(texts) - len(set(texts))
    sys.stderr.write(f"Posts were answered with {dict(answers)}.\n")
    ratio = _p95(under) / _p95(quiet)
    yield Row(
        f"Readers' 95th percentile while {POSTS_A_SECOND} spam posts a second come in",
        _p95(under) * 1000,
        "ms",
        "with nobody posting",
        _p95(quiet) * 1000,
        "at most 1.5 ×",
        ratio <= 1.5,
    )
    taken = answers[303]
    yield Row(
        "… comments kept",
        kept,
        "",
        "posts answered as taken",
        taken,
        "each once",
        kept >= taken and kept - taken <= answers[0] and not doubled,
    )
    yield Row(
        "… memory of all processes",
        after,
        "MiB",
        "before",
        settled,
        "flat: at most 1.1 ×",
        after <= 1.1 * settled,
    )
    yield Row(
        "Memory of all processes while serving (PSS)",
        settled,
        "MiB",
        "the goal",
        250,
        "at most 250 MiB",
        settled <= 250,
    )


class _Served:
    """`manage.py serve` in a process of its own, until the end of the block."""

    def __enter__(self) -> "_Served":
        words = ["manage.py", "serve", "--bind", f"127.0.0.1:{PORT}"]
        self.process = subprocess.Popen([sys.executable, *words], cwd=settings.BASE_DIR)
        for _ in range(600):
            if asyncio.run(_answers("/readyz")):
                return self
            time.sleep(0.1)
        self.__exit__()
        raise SystemExit("The publication did not start.")

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def memory(self) -> float:
        """Of the supervisor and all below it, in MiB, each shared page counted once."""
        return sum(_pss(pid) for pid in _family(self.process.pid)) / 1024


def _publication() -> tuple[list[str], str, dict[str, str]]:
    """Paths that readers ask for, where comments are posted, and a form that was filled in."""
    from comments.models import Comment
    from tests.comments.posting import address_of, form_data
    from tests.factories import make_article, make_comment

    os.environ |= {"TRUSTED_PROXIES": "127.0.0.1", "LOG_FORMAT": "lines"}
    call_command("migrate", verbosity=0)
    # Hashed, as pages name them, but not compressed: nobody fetches them here.
    quick = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.running.plain_static"}
    words = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(words, cwd=settings.BASE_DIR, env=quick, check=True)
    Comment.objects.all().delete()
    articles = [make_article() for _ in range(20)]
    for _ in range(60):
        make_comment(articles[0], status="approved")
    paths = ["/", articles[0].get_absolute_url()]
    return paths, address_of(articles[1]), form_data(articles[1])


async def _reads(paths: list[str]) -> list[float]:
    """Readers' times in seconds, from when they were to ask."""
    times: list[float] = []

    async def read(number: int) -> None:
        asked = time.monotonic()
        status = await _answers(paths[number % len(paths)])
        if number > SETTLING * READS_A_SECOND:
            times.append(time.monotonic() - asked if status == 200 else 60.0)

    await _at_a_rate(read, READS_A_SECOND, SECONDS + SETTLING)
    return times


async def _posts(
    target: str, form: dict[str, str], seconds: float = SECONDS + SETTLING
) -> Counter[int]:
    """How often each status answered a post; 0: nothing did."""
    answers: Counter[int] = Counter()
    rng = random.Random()

    async def post(number: int) -> None:
        said = {
            "text": f"Cheap watches {rng.getrandbits(64)}, buy at http://w{number}.example",
            "email": f"b{number}@bots.example",
        }
        body = urlencode(form | said)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        answers[await _answers(target, body, address)] += 1

    await _at_a_rate(post, POSTS_A_SECOND, seconds)
    return answers


def _attack(target: str, form: dict[str, str]) -> Counter[int]:
    """In a process of its own, so that readers' times are not those of a busy loop."""
    return asyncio.run(_posts(target, form))


def _far_away() -> None:
    """A botnet has processors of its own: here its program takes what the server leaves."""
    os.nice(10)


async def _at_a_rate(act: Callable[[int], Awaitable[None]], a_second: float, for_: float) -> None:
    """So many a second, whatever comes back; waits for the last."""
    tasks: set[asyncio.Future[None]] = set()
    begun, started = 0, time.monotonic()
    while (now := time.monotonic() - started) < for_:
        while begun < now * a_second:
            tasks.add(asyncio.ensure_future(act(begun)))
            begun += 1
        tasks = {task for task in tasks if not task.done()}
        await asyncio.sleep(0.002)
    await asyncio.gather(*tasks)


async def _answers(path: str, body: str = "", address: str = "") -> int:
    """The status of one request on a connection of its own; 0 when there is none."""
    head = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    head += "Connection: close\r\nAccept-Encoding: gzip\r\n"
    if body:
        head += "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        head += f"Content-Length: {len(body)}\r\nX-Forwarded-For: {address}\r\n"
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        writer.write(f"{head}\r\n{body}".encode())
        answer = await asyncio.wait_for(reader.read(-1), 60)
        writer.close()
        return int(answer[9:12])
    except (OSError, ValueError, TimeoutError):
        return 0


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _pss(pid: int) -> int:
    """In KiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
