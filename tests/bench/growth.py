"""What pages cost in a publication of twenty years, beside one that has just begun."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command

from .rows import Row, measured

SMALL = (200, 10_000)  # articles and comments
SIZES = {"": (5_000, 100_000), "full": (20_000, 1_000_000)}
ROUNDS = 11  # of all pages, each in turn with its baseline; the median counts
MOST = 1.3  # times what it costs in the small one
LONGER = 1.1  # times as many bytes: less is a name that is longer than another

Reading = tuple[float, int]  # milliseconds, and bytes of the page


@measured
def growth() -> Iterator[Row]:
    """Processor time of making each kind of page, none of them stored.

    An old publication shows more on some pages: 240 months, sixty reviewers to choose among, full
    pages of cards. Those may take as many times longer as they are longer, in bytes of HTML; where
    they are, it is said.
    BENCH_GROWTH=full takes 20,000 articles with a million comments.
    BENCH_GROWTH_LARGE and BENCH_GROWTH_SMALL name databases that are there already, of SQLite or of
    PostgreSQL.
    """
    articles, comments = SIZES[os.environ.get("BENCH_GROWTH", "")]
    size = f"{articles:,} articles, {comments:,} comments"
    if "BENCH_GROWTH_LARGE" in os.environ:
        size = "the one named"
    if not Path(settings.STATIC_ROOT).exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    with TemporaryDirectory(prefix="bench-growth-") as folder, ExitStack() as readers:
        large = os.environ.get("BENCH_GROWTH_LARGE") or _made(Path(folder), articles, comments)
        small = os.environ.get("BENCH_GROWTH_SMALL") or _made(Path(folder), *SMALL)
        ours, theirs = (readers.enter_context(_Reader(of)) for of in (large, small))
        rounds = [_round(ours, theirs) for _ in range(1 + ROUNDS)][1:]  # the first warms up
    for name in ours.names:
        pairs = [found[name] for found in rounds]
        here, beside = (
            statistics.median(milliseconds for milliseconds, _ in readings)
            for readings in zip(*pairs, strict=True)
        )
        longer = max(1.0, pairs[-1][0][1] / pairs[-1][1][1])
        said = f", {longer:.1f} × as long" if longer > LONGER else ""
        yield Row(
            f"{name}, {size}{said}",
            here,
            "ms",
            f"{SMALL[0]:,} and {SMALL[1]:,}",
            beside,
            f"at most {MOST} × for as much of it" if said else f"at most {MOST} ×",
            here <= MOST * beside * (longer if said else 1),
        )


def _round(ours: "_Reader", theirs: "_Reader") -> dict[str, tuple[Reading, Reading]]:
    """Every page once, so that a slow second of the machine is one reading of few pages."""
    return {name: (ours.read(name), theirs.read(name)) for name in ours.names}


def _made(folder: Path, articles: int, comments: int) -> str:
    """The address of a new database with so much in it."""
    address = f"sqlite:///{folder / f'{articles}.sqlite3'}"
    said = ["--articles", str(articles), "--comments", str(comments)]
    for words in (["migrate", "--verbosity", "0"], ["make_bulk_content", *said]):
        subprocess.run(
            [sys.executable, "manage.py", *words],
            env=os.environ | {"DATABASE_URL": address},
            cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL,
            check=True,
        )
    return address


class _Reader:
    """A process that reads one database."""

    def __init__(self, address: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.growth_reader"],
            env=os.environ | {"DATABASE_URL": address},
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.names: list[str] = self._answer()

    def __enter__(self) -> "_Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate(timeout=60)

    def read(self, name: str) -> Reading:
        self.process.stdin.write(f"{name}\n")
        self.process.stdin.flush()
        milliseconds, length = self._answer()
        return milliseconds, length

    def _answer(self) -> Any:
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The reader of the grown publication ended; see what it said above.")
        return json.loads(line)
