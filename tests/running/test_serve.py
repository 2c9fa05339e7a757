"""One command serves; what dies is started again, and nothing is left behind when it stops."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from pytest_django import Settings

from comments import notices
from comments.models import Comment, Notice
from publication import heartbeat
from publication.models import Heartbeat
from tests.comments.mail_server import mail_server
from tests.comments.posting import address_of, form_data
from tests.factories import make_article, make_comment

from .processes import Server, descendants, free_port, is_running, manage, served, until


def stands_back(server: Server) -> bool:
    """Whether the worker leaves the processors to readers."""
    nice = {name: os.getpriority(os.PRIO_PROCESS, pid) for name, pid in server.children().items()}
    return nice.get("worker") == max(10, nice.get("web", 0))


def test_it_serves_restarts_what_is_killed_and_leaves_nothing_behind(
    env: dict[str, str], tmp_path: Path
) -> None:
    article = make_article()
    with served(env, tmp_path / "log") as server:
        status, page = server.get(article.get_absolute_url())
        assert status == 200
        assert article.headline in page
        until(lambda: stands_back(server), "the worker stands back")
        before = server.children()
        for name, pid in before.items():
            os.kill(pid, signal.SIGKILL)
            until(lambda name=name: server.children().get(name, 0) not in (0, before[name]), name)
        until(lambda: server.get("/healthz")[0] == 200, "the web server answers again")
        until(lambda: stands_back(server), "the new one as well")
        everything = [server.process.pid, *descendants(server.process.pid)]
        assert len(everything) >= 4
    assert server.process.returncode == 0
    until(lambda: not any(map(is_running, everything)), "all of them ended")
    said = (tmp_path / "log").read_text()
    assert "The web server was ended by signal 9" in said
    assert "The worker was ended by signal 9" in said


def test_killed_itself_it_takes_its_children_with_it(env: dict[str, str], tmp_path: Path) -> None:
    with served(env, tmp_path / "log") as server:
        everything = descendants(server.process.pid)
        server.process.kill()
        until(lambda: not any(map(is_running, everything)), "the children ended")


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
    finally:
        held.close()
    assert held.server.process.returncode == 0
    assert "refused to gracefully stop" not in (tmp_path / "log").read_text()


def test_whoever_comes_to_any_socket_is_answered_however_few_processes_are_asked_for(
    env: dict[str, str], tmp_path: Path
) -> None:
    held = Sockets(env, tmp_path / "log", "--processes", "1")
    try:
        until(lambda: held.server.get("/healthz")[0] == 200, "it answers")
        assert {held.server.get("/healthz")[0] for _ in range(20)} == {200}
    finally:
        held.close()
    assert "systemd listens on 2 sockets" in (tmp_path / "log").read_text()


@pytest.fixture
def ear() -> Iterator[socket.socket]:
    """Where systemd hears of a service that it works (sd_notify(3))."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind("")  # Linux gives it a name in the abstract
        ear.settimeout(60)
        yield ear


def test_systemd_is_told_when_readers_are_answered(
    env: dict[str, str], tmp_path: Path, ear: socket.socket
) -> None:
    name = ear.getsockname().decode().replace("\0", "@")
    held = Sockets(env | {"NOTIFY_SOCKET": name}, tmp_path / "log")
    try:
        assert ear.recv(100) == b"READY=1"
        assert held.server.get("/healthz")[0] == 200
    finally:
        held.close()


def test_systemd_is_told_when_the_worker_works(env: dict[str, str], ear: socket.socket) -> None:
    name = ear.getsockname().decode().replace("\0", "@")
    words = [sys.executable, "manage.py", "serve", "--only", "worker"]
    with subprocess.Popen(words, env=env | {"NOTIFY_SOCKET": name}, cwd=settings.BASE_DIR) as one:
        try:
            assert ear.recv(100) == b"READY=1"
        finally:
            one.terminate()
    assert one.returncode == 0


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


def why_not(**options: str) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command("serve", **options)
    return str(refusal.value)


def test_what_is_missing_is_said_in_a_sentence(
    env: dict[str, str], tmp_path: Path, settings: Settings
) -> None:
    settings.STATIC_ROOT = env["STATIC_ROOT"]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        assert why_not(bind=bind) == f"Cannot listen on {bind}: Address already in use."
    assert "“here” is not an address and a port, such as 127.0.0.1:8000." in why_not(bind="here")
    settings.STATIC_ROOT = tmp_path
    assert "run manage.py collectstatic first" in why_not()
    told = manage(env | {"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3"}, "serve")
    assert "not applied yet. Run manage.py migrate." in told.stderr
    told = manage(env | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}, "serve")
    assert "The database “none” does not answer: connection " in told.stderr


def test_a_database_that_went_away_keeps_no_web_server_from_starting(
    env: dict[str, str], tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "log"
    env |= {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    words = [sys.executable, "-m", "publication.web_server", "127.0.0.1", str(port), "1"]
    with log.open("w") as lines:
        process = subprocess.Popen(words, env=env, cwd=settings.BASE_DIR, stderr=lines, text=True)
    try:
        server = Server(process, f"http://127.0.0.1:{port}")
        until(lambda: server.get("/healthz")[0] == 200, "it answers")
        assert "Nothing is ready before the first reader: connection " in log.read_text()
    finally:
        process.terminate()
        assert process.wait(60) == 0


def falls_silent(worker: int) -> bool:
    """Stops it long ago, as it were; not while it is writing, which would lock SQLite's file."""
    os.kill(worker, signal.SIGSTOP)
    try:
        Heartbeat.objects.update(beat_at=Heartbeat.objects.get().beat_at - heartbeat.LATE)
    except OperationalError:
        os.kill(worker, signal.SIGCONT)
        return False
    return True


def test_readiness_follows_the_worker_and_the_storage_and_a_mail_in_hand_is_finished(
    env: dict[str, str], tmp_path: Path
) -> None:
    with mail_server() as mails:
        env |= {"EMAIL_URL": f"smtp://127.0.0.1:{mails.server_address[1]}"}
        with served(env, tmp_path / "log", processes=1) as server:
            assert server.get("/readyz") == (
                200,
                "database: ok\nmigrations: ok\nworker: ok\ndefault: ok\noriginals: ok\ndisk: ok\n",
            )
            worker = server.children()["worker"]
            # Again, if it had sent its word, and the database took it only afterwards.
            until(lambda: falls_silent(worker) and server.get("/readyz")[0] == 503, "it is missed")
            status, said = server.get("/readyz")
            assert status == 503
            assert "worker: No worker has reported for " in said
            assert server.get("/readyz?exclude=worker")[0] == 200
            assert server.get("/healthz", Host="10.0.0.7")[0] == 200
            notices.ask_to_confirm(make_comment())
            os.kill(worker, signal.SIGCONT)
            until(lambda: mails.mails, "a mail on its way")  # and it is told to stop
    assert Notice.objects.get().sent_at
    assert len(mails.mails) == 1
    connection.close()


def test_a_proxy_that_nobody_named_is_said_at_the_start(
    env: dict[str, str], tmp_path: Path
) -> None:
    with served(env | {"HTTPS": "true", "TRUSTED_PROXIES": ""}, tmp_path / "log") as server:
        until(lambda: server.get("/healthz")[0] == 200, "it answers")
    assert "TRUSTED_PROXIES names no proxy" in (tmp_path / "log").read_text()
