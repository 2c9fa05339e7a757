"""What stands in the log: enough to mend what broke, and nothing about whoever was there."""

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from comments import intake, letters, notices
from comments.models import Comment
from comments.writers import waiting_address
from publication import logs, worker
from tests.comments.posting import address_of, form_data
from tests.factories import make_article, make_comment

from .processes import served

PERSONAL = {
    "name": "Mina Kowalczyk-Ó Briain",
    "email": "mina.k@readers.example",
    "text": "I watched it with my late father",
}
ADDRESS = "203.0.113.77"


class Log:
    """What the site's own formatter makes of everything that is logged."""

    def __init__(self, formatter: logging.Formatter) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(formatter)

    def __str__(self) -> str:
        return self.stream.getvalue()

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in str(self).splitlines()]


@pytest.fixture(params=[logs.LineFormatter, logs.JSONFormatter])
def log(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Log]:
    settings.LOG_REQUESTS = True
    log = Log(request.param())
    root = logging.getLogger()
    level = root.level
    root.addHandler(log.handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    yield log
    root.removeHandler(log.handler)
    root.setLevel(level)


def assert_nothing_personal(log: object, *more: str) -> None:
    for secret in (*PERSONAL.values(), ADDRESS, *more):
        assert secret not in str(log)
    assert "mina" not in str(log).lower()


def boom(*_: object, **said: object) -> None:
    raise RuntimeError(f"broke at {said} {PERSONAL} {ADDRESS}")


@pytest.mark.django_db
def test_a_post_that_breaks_leaves_where_and_nothing_of_what_was_sent(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article()
    client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)
    monkeypatch.setattr(intake, "submit", boom)
    answer = client.post(
        f"{address_of(article)}?token=s3cret",
        form_data(article, **PERSONAL),
        headers={"sec-fetch-site": "same-origin", "x-request-id": "0123456789abcdef"},
    )
    assert answer.status_code == 500
    assert answer["X-Request-ID"] == "0123456789abcdef"
    assert "POST /comments/on/<int:pk>/ 500" in str(log)
    assert "RuntimeError" in str(log)
    assert "test_logs.py" in str(log)
    assert "0123456789abcdef" in str(log)
    assert_nothing_personal(log, "s3cret")


@pytest.mark.django_db
def test_posting_reading_and_logging_in_leave_nothing_personal(log: Log) -> None:
    article = make_article()
    client = Client(REMOTE_ADDR=ADDRESS)
    data = form_data(article, **PERSONAL)
    posted = client.post(address_of(article), data, headers={"sec-fetch-site": "same-origin"})
    assert posted.status_code == 303
    waiting = waiting_address(Comment.objects.get())
    assert client.get(waiting).status_code == 200
    User.objects.create_user("mina.editor", password="right horse")
    login = {"username": "mina.editor", "password": "wrong horse"}
    client.post(reverse("admin:login") + "?next=/admin/", login)
    client.get("/nowhere/mina.k@readers.example/?q=mina")
    client.get("/", headers={"host": "mina.example"})
    assert_nothing_personal(log, "horse", waiting.strip("/").split("/")[-1])
    assert "GET /comments/waiting/<str:token>/ 200" in str(log)
    assert "GET an address that leads nowhere 404" in str(log)


@pytest.mark.django_db
def test_what_the_database_quotes_of_a_row_is_left_out(log: Log) -> None:
    User.objects.create_user("mina.editor", PERSONAL["email"])
    again = ("mina.editor", PERSONAL["email"])
    try:
        with transaction.atomic():
            User.objects.create_user(*again)
    except IntegrityError:
        logging.getLogger("publication").exception("Not saved.")
    try:
        raise DataError(f"invalid input syntax for type integer: {PERSONAL['text']}")
    except DataError:
        logging.getLogger("publication").exception("Not saved.")
    assert "IntegrityError: " in str(log)
    assert "auth_user" in str(log)
    assert "DataError" in str(log)
    assert_nothing_personal(log)


@pytest.mark.django_db
def test_a_mail_that_cannot_be_written_names_nobody(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices.ask_to_confirm(make_comment(author_email=PERSONAL["email"]))
    monkeypatch.setattr(letters, "write", boom)
    worker.Errand("mails", worker._send_one).run()
    monkeypatch.setattr(worker.notices, "send_next", boom)
    worker.Errand("mails", worker._send_one).run()
    assert "was not sent: RuntimeError" in str(log)
    assert "The worker's errand “mails” failed" in str(log)
    assert_nothing_personal(log)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("mina.k@readers.example wrote", "[e-mail] wrote"),
        ("<mina@x.example>, 'o'hara@x.example'", "<[e-mail]>, 'o'[e-mail]'"),
        ("from 203.0.113.77:4711.", "from [address]"),
        ("from 2001:db8::77, again", "from [address], again"),
        ("/comments/?text=hello&q=1 asked", "/comments/?… asked"),
        ("/waiting/MTI:1wXyZa:abcdefghijklmnopqrstuvwxyz0123456789/", "/waiting/[token]/"),
        ("at 12:34:56 of 2026-11-25T19:20:01Z, 3.11.7 and 13.0", None),
        ("Renditions of picture 12 could not be made.", None),
    ],
)
def test_the_sieve_takes_what_names_somebody(text: str, left: str | None) -> None:
    assert logs.sieved(text) == (left or text)


@pytest.mark.django_db
def test_every_line_of_a_request_carries_its_id_and_no_other(log: Log, client: Client) -> None:
    make_article()
    client.get("/")
    client.get("/", headers={"x-request-id": "evil id\n"})
    ids = re.findall(r"\b[0-9a-f]{16}\b", str(log))
    assert len(set(ids)) == 2
    assert "evil" not in str(log)


def test_served_with_json_every_line_is_an_object_and_names_nobody(
    env: dict[str, str], tmp_path: Path, client: Client
) -> None:
    article = make_article()
    log = tmp_path / "log"
    env |= {"LOG_FORMAT": "json", "LOG_REQUESTS": "true", "TRUSTED_PROXIES": "127.0.0.1"}
    with served(env, log, processes=1) as server:
        data = form_data(article, **PERSONAL)
        assert server.post(address_of(article), data, **{"X-Forwarded-For": ADDRESS}) == 303
        assert server.get("/?q=mina")[0] == 200
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE comments_finding RENAME TO away")
        try:
            text = {**data, "text": "Another, of the same sad evening."}
            # What SQLite says of a table that is gone it says of a full disk too: words come back.
            handed_back = 503 if connection.vendor == "sqlite" else 500
            assert server.post(address_of(article), text) == handed_back
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE away RENAME TO comments_finding")
        server.process.send_signal(15)
        server.process.wait(30)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {line["route"] for line in lines if "route" in line} >= {"/", "/comments/on/<int:pk>/"}
    (broke,) = [line for line in lines if "error" in line]
    assert "comments_finding" in broke["error"]
    assert_nothing_personal(log.read_text(), "sad evening")


def test_a_stranger_who_asks_for_another_site_makes_one_line_and_no_alarm(
    log: Log, client: Client
) -> None:
    assert client.get("/", headers={"host": "203.0.113.9"}).status_code == 400
    (line,) = [said for said in str(log).splitlines() if "DisallowedHost" in said]
    assert "WARNING" in line
    assert "asked under a name that ALLOWED_HOSTS does not have" in line
    assert "Traceback" not in str(log)
    assert "File " not in str(log)
    assert_nothing_personal(log, "203.0.113.9")
