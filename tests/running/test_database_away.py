"""A database that is started again is away for some seconds: readers are told so, then served."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import html5lib
import pytest
from django.db import connection
from django.test import Client

from comments.models import Comment
from tests.comments.posting import OURS, address_of, form_data
from tests.factories import make_article

from .processes import served, until


@contextmanager
def away() -> Iterator[None]:
    """To whoever connects now; and who is connected is so no longer."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:  # of another database
        cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        try:
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            cursor.execute(ended, [name])
            yield
        finally:
            cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def _refused(_parameters: object) -> None:
    raise connection.Database.OperationalError("Connection refused")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's file is always there")
def test_readers_are_told_so_and_are_served_again_when_it_is_back(
    env: dict[str, str], tmp_path: Path
) -> None:
    article, log = make_article(), tmp_path / "log"
    path = article.get_absolute_url()
    with served(env, log, processes=1) as server:
        assert server.get(path)[0] == 200
        with away():
            until(lambda: server.get(path)[0] == 503, "a reader is told")
            status, page = server.get("/search/?q=film")
            assert status == 503
            assert "<h1>Back in a moment</h1>" in page
            assert server.post(address_of(article), form_data(article)) == 503
            assert server.get("/admin/login/")[0] == 503
            assert server.get("/healthz")[0] == 200
        assert server.get(path)[0] == 200
        assert server.post(address_of(article), form_data(article)) == 303
        until(lambda: server.get("/readyz")[0] == 200, "the worker reports again")
    assert Comment.objects.count() == 1
    said = log.read_text()
    assert "GET /search/ 503\nOperationalError: " in said
    assert "Traceback" not in said
    assert len(said.splitlines()) < 60, said


@pytest.mark.django_db(transaction=True)
def test_one_that_cannot_be_reached_is_no_fault_of_the_program(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    connection.close()
    monkeypatch.setattr(connection, "get_new_connection", _refused)
    client = Client(raise_request_exception=False)
    for answer in (client.get("/about/"), client.post("/영화/")):
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db(transaction=True)
def test_what_a_reader_sent_meanwhile_comes_back_with_a_button(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = make_article()
    form = form_data(article, text="Seen twice, <and> better the second time.")
    connection.close()
    with monkeypatch.context() as patch:
        patch.setattr(connection, "get_new_connection", _refused)
        client = Client(raise_request_exception=False)
        answer = client.post(address_of(article), form, headers=OURS)
    assert answer.status_code == 503
    page = answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Seen twice, &lt;and&gt; better the second time." in page
    for name, said in form.items():
        assert name == "text" or f'name="{name}" value="{said}"' in page
    assert "script-src" in answer["Content-Security-Policy"]
    assert 'action="?again="' in page
    assert client.post(f"{address_of(article)}?again=", form, headers=OURS).status_code == 303
