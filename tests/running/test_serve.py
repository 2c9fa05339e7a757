"""One command serves; what dies is started again, and nothing is left behind when it stops."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from pytest_django import Settings

from comments import notices
from comments.models import Notice
from publication import heartbeat
from publication.models import Heartbeat
from tests.comments.mail_server import mail_server
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
    """What was wrong at the start is in the log by then."""
    lacking = env | {"HTTPS": "true", "TRUSTED_PROXIES": ""}
    with served(lacking, tmp_path / "log") as server:
        everything = descendants(server.process.pid)
        server.process.kill()
        until(lambda: not any(map(is_running, everything)), "the children ended")
    assert "TRUSTED_PROXIES names no proxy" in (tmp_path / "log").read_text()


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
