"""Web servers on free ports, what they do under load, and what that costs the processor."""

import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from tests import nginx as nginx_as_configured

ROUNDS = 3  # each in turn with its baseline; the median counts
SECONDS = 3  # of each measurement
CONNECTIONS = 16
PROCESSES = 2
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """What a server did under load: answers a second, and its processor time for each."""

    a_second: float
    milliseconds: float


@dataclass(frozen=True)
class Server:
    """One that answers on a port of this machine, and its processes."""

    port: int
    pids: tuple[int, ...]

    def get(self, path: str, headers: dict[str, str]) -> bytes:
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return bytes(answer.read())

    def load(self, path: str, headers: dict[str, str]) -> Load:
        """What wrk finds, with as many connections as they have all been measured with."""
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
    """The publication and the bare view as we serve them, over the bench's database; with other
    settings as `said`."""
    port = _free_port()
    said = {"SITE_URL": f"http://127.0.0.1:{port}"} | said
    with _running(["tests.bench.serve", str(port)], port, bare_bytes, said) as server:
        yield server


@contextmanager
def gunicorn(bare_bytes: int) -> Iterator[Server]:
    """The bare view under gunicorn's sync workers, in whose answers some limits are set."""
    port = _free_port()
    at = ["--bind", f"127.0.0.1:{port}", "--workers", str(PROCESSES), "--no-control-socket"]
    words = ["gunicorn", *at, "--log-level", "warning", "tests.bench.serve:bare_alone()"]
    with _running(words, port, bare_bytes, {}) as server:
        yield server


@contextmanager
def nginx_before(port: int, body: bytes) -> Iterator[Server]:
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


def in_turn(*measures: Callable[[], Load]) -> list[Load]:
    """The middle one of some rounds of each, one after the other."""
    rounds = [[measure() for measure in measures] for _ in range(ROUNDS)]
    return [_middle(loads) for loads in zip(*rounds, strict=True)]


def _middle(loads: Sequence[Load]) -> Load:
    return Load(
        statistics.median(load.a_second for load in loads),
        statistics.median(load.milliseconds for load in loads),
    )


@contextmanager
def _running(
    module: list[str], port: int, bare_bytes: int, said: dict[str, str]
) -> Iterator[Server]:
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.serving_settings",
        "BENCH_BARE_BYTES": str(bare_bytes),
        **said,
    }
    words = [sys.executable, "-m", *module]
    process = subprocess.Popen(words, env=environ, cwd=settings.BASE_DIR)
    try:
        _wait_for(port)
        time.sleep(1)  # the second process
        yield Server(port, (process.pid, *_children(process.pid)))
    finally:
        process.terminate()
        process.wait(timeout=30)


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
