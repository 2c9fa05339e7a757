"""Behind sockets that systemd keeps open, whoever comes while we start or end is answered."""

import http.client
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from comments.models import Comment
from tests.comments.posting import address_of, form_data
from tests.factories import make_article

from .processes import PATIENCE, Server, descendants, free_port, until


class Sockets:
    """Listens as systemd does for a service, and goes on when that ends (sd_listen_fds(3))."""

    def __init__(self, env: dict[str, str], log: Path, *more: str) -> None:
        self.env, self.log, self.more, self.port = env, log, more, free_port()
        self.both = [self._listening(), self._listening()]
        self.server = self.start()

    def _listening(self) -> socket.socket:
        return socket.create_server(("127.0.0.1", self.port), backlog=1024, reuse_port=True)

    def start(self) -> Server:
        words = ["sh", "-c", 'LISTEN_FDS=2 LISTEN_PID=$$ exec "$@" 3<&0 4<&1 1>&2', "sh"]
        with self.log.open("a") as lines:
            process = subprocess.Popen(
                [*words, sys.executable, "manage.py", "serve", "--only", "web", *self.more],
                env=self.env,
                cwd=settings.BASE_DIR,
                stdin=self.both[0],
                stdout=self.both[1],
                stderr=lines,
                text=True,
            )
        return Server(process, f"http://127.0.0.1:{self.port}")

    def close(self) -> None:
        self.server.process.terminate()
        self.server.process.wait(60)
        for one in self.both:
            one.close()

    def restart(self) -> None:
        self.server.process.terminate()
        assert self.server.process.wait(60) == 0
        self.server = self.start()


def test_a_restart_loses_no_request_and_doubles_none(env: dict[str, str], tmp_path: Path) -> None:
    article, read, sent = make_article(), list[int](), list[int]()
    held = Sockets(env | {"COMMENTS_POSTS_A_SECOND": "0"}, tmp_path / "log")
    server, stop = held.server, threading.Event()

    def ask(answers: list[int], once: Callable[[int], int]) -> None:
        while not stop.is_set():
            answers.append(once(len(answers)))

    def post(number: int) -> int:
        mina = form_data(article, text=f"The last shot holds for {number} seconds.")
        return server.post(address_of(article), mina | {"email": f"mina{number}@example.org"})

    readers = [
        threading.Thread(target=ask, args=(read, lambda _: server.get("/search/?q=shot")[0])),
        threading.Thread(target=ask, args=(sent, post)),
    ]
    try:
        until(lambda: server.get("/healthz")[0] == 200, "it answers")
        for thread in readers:
            thread.start()
        until(lambda: len(sent) > 3, "somebody posts")
        held.restart()
        count = len(sent)
        until(lambda: len(sent) > count + 3, "somebody posts to the new one")
    finally:
        stop.set()
        for thread in readers:
            thread.join()
        held.close()
    assert set(read) <= {200, 429}, (tmp_path / "log").read_text()
    assert set(sent) <= {303, 429, 422}
    assert Comment.objects.count() == sent.count(303) >= 2


def asked_again(connection: http.client.HTTPConnection) -> str | None:
    """What is said of the connection, on which others may follow; “close” where none shall."""
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    assert answer.read() == b"ok\n"
    return answer.getheader("Connection")


def test_whoever_is_connected_when_it_is_told_to_end_is_answered_and_asked_to_go(
    env: dict[str, str], tmp_path: Path
) -> None:
    held = Sockets(env, tmp_path / "log")
    where = f"127.0.0.1:{held.port}"
    try:
        until(lambda: held.server.get("/healthz")[0] == 200, "it answers")
        kept, fresh = ([http.client.HTTPConnection(where) for _ in range(6)] for _ in range(2))
        assert {asked_again(one) for one in kept} == {None}
        for one in fresh:
            one.connect()
        held.server.process.terminate()
        until(lambda: asked_again(kept[0]) == "close", "it was told")
        assert {asked_again(one) for one in fresh} <= {None, "close"}
        assert {asked_again(one) for one in kept[1:]} <= {None, "close"}
    finally:
        held.close()


def test_told_to_end_when_its_processes_have_only_just_begun_it_ends(
    env: dict[str, str], tmp_path: Path
) -> None:
    """Not only by force, for which whoever comes between two of us would wait."""
    held = Sockets(env, tmp_path / "log")
    try:
        while not descendants(held.server.process.pid):
            assert held.server.process.poll() is None
            time.sleep(0.001)  # and takes no processor from what begins
    finally:
        held.close()
    assert held.server.process.returncode == 0
    assert "refused to gracefully stop" not in (tmp_path / "log").read_text()


@pytest.fixture
def ear() -> Iterator[socket.socket]:
    """Where systemd hears of a service that it works (sd_notify(3))."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind("")  # Linux gives it a name in the abstract
        ear.settimeout(PATIENCE)
        yield ear


def test_told_that_readers_are_answered_they_are_on_any_socket_however_few_processes_are_asked_for(
    env: dict[str, str], tmp_path: Path, ear: socket.socket
) -> None:
    name = ear.getsockname().decode().replace("\0", "@")
    held = Sockets(env | {"NOTIFY_SOCKET": name}, tmp_path / "log", "--processes", "1")
    try:
        assert ear.recv(100) == b"READY=1"
        assert {held.server.get("/healthz")[0] for _ in range(20)} == {200}
    finally:
        held.close()
    assert "systemd listens on 2 sockets" in (tmp_path / "log").read_text()


def test_systemd_is_told_when_the_worker_works_and_while_it_does(
    env: dict[str, str], tmp_path: Path, ear: socket.socket
) -> None:
    """Of one that hangs it hears no more; ended for that, it says where it was."""
    name, log = ear.getsockname().decode().replace("\0", "@"), tmp_path / "log"
    words = [sys.executable, "manage.py", "serve", "--only", "worker"]
    env |= {"NOTIFY_SOCKET": name}
    with (
        log.open("w") as lines,
        subprocess.Popen(words, env=env, cwd=settings.BASE_DIR, stderr=lines) as one,
    ):
        try:
            assert ear.recv(100) == b"READY=1"
            assert ear.recv(100) == b"WATCHDOG=1"
        finally:
            one.send_signal(signal.SIGABRT)  # WatchdogSignal= where a unit does not say
    assert one.returncode == -signal.SIGABRT
    assert ", line " in log.read_text()
    assert " in work" in log.read_text()


def test_whoever_waits_where_systemd_listens_is_told_that_the_database_is_away(
    env: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    held = Sockets(env | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}, log)
    try:
        status, page = held.server.get("/")
        assert (status, "<h1>Back in a moment</h1>" in page) == (503, True)
        assert held.server.get("/readyz")[1].startswith("database: It does not answer")
    finally:
        held.close()
    assert "The database “none” does not answer: connection " in log.read_text()
