"""The publication as its operators run it: real processes over the test's own database."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import environ
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections

from publication.command_line import run

PATIENCE = 120.0  # seconds for what is there within two on an idle machine

ANSWER = 60.0  # seconds that an answer may take before nobody is said to be there


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


_no_redirects = urllib.request.build_opener(_NoRedirects)


@dataclass
class Server:
    """`manage.py serve`, and where it answers."""

    process: subprocess.Popen[str]
    address: str

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and body; (0, "") when nobody answers."""
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=ANSWER) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""

    def post(self, path: str, data: dict[str, str], **headers: str) -> int:
        """Status of a form sent as from our own page; 0 when nobody answers."""
        body = urllib.parse.urlencode(data).encode()
        said = {"Sec-Fetch-Site": "same-origin"} | headers
        request = urllib.request.Request(self.address + path, body, said)
        try:
            return _no_redirects.open(request, timeout=ANSWER).status
        except urllib.error.HTTPError as error:
            return error.code
        except (OSError, http.client.HTTPException):
            return 0

    def children(self) -> dict[str, int]:
        """Ids of those that run by what they are: “web” and “worker”."""
        found = {}
        for pid in filter(is_running, descendants(self.process.pid, deep=False)):
            found["worker" if b"\0work\0" in command_line(pid) else "web"] = pid
        return found


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def descendants(pid: int, *, deep: bool = True) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    children = [int(child) for child in text.split()]
    return children + [n for child in children if deep for n in descendants(child)]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(true: Callable[[], object], what: str) -> None:
    """Waits for something that other processes do."""
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up, f"Not within {PATIENCE:.0f} s: {what}"
        time.sleep(0.05)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Settings of the site itself (not of the tests), on this test's database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        where = f"{database['HOST']}:{database['PORT'] or 5432}"
        login = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
        url = f"postgres://{login}@{where}/{database['NAME']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "publication.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / "media"),
        "ORIGINALS_ROOT": str(folder / "originals"),
        "STATIC_ROOT": str(folder / "static"),
        "LOOK_DIR": "",
        "HTTPS": "false",
        "DEBUG": "false",
        **more,
    }


def manage(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """A command of manage.py, run to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        env=env,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def manage_here(*words: str) -> subprocess.CompletedProcess[str]:
    """The same without a process of its own, which takes a second and a half to begin: where what
    is asked is the command, not what it reads of its environment."""
    code: object = 0
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        try:
            run(["manage.py", *words])
        except SystemExit as end:
            code = end.code or 0
        if isinstance(code, str):  # as the interpreter does at its end
            err.write(f"{code}\n")
            code = 1
    return subprocess.CompletedProcess(words, int(str(code)), out.getvalue(), err.getvalue())


@contextmanager
def on_database(url: str) -> Iterator[None]:
    """Whoever asks in this process asks another one than the tests' own."""
    databases, own = connections.databases, connections["default"]
    kept = databases["default"]
    databases |= connections.configure_settings({"default": environ.Env.db_url_config(url)})
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        databases["default"], connections["default"] = kept, own
        ContentType.objects.clear_cache()  # of whose numbers it may have heard there


# Below those that the system lends to whoever connects (32768 on, where nobody changed it): in
# the second until a server listens, another test's connection must not be given its port.
PORTS = range(20_000, 32_000)


def free_port() -> int:
    """A port that nobody listens on, most likely another at each call."""
    while True:
        port = secrets.choice(PORTS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextmanager
def served(
    env: dict[str, str], log: Path, port: int = 0, *, processes: int = 2
) -> Iterator[Server]:
    """From when it is ready until it is stopped; its lines are in `log`. One of its processes is
    enough where nothing is asked of several; two are what it has unless told."""
    port = port or free_port()
    where = ["--bind", f"127.0.0.1:{port}", "--processes", str(processes)]
    with log.open("a") as lines:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", *where],
            env=env,
            cwd=settings.BASE_DIR,
            stdout=lines,
            stderr=lines,
            text=True,
        )
    server = Server(process, f"http://127.0.0.1:{port}")
    try:
        until(lambda: server.get("/readyz")[0] == 200, f"ready; {log.read_text()[-2000:]}")
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
