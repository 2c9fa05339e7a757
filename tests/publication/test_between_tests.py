"""A test with real transactions leaves the database as the migrations did, and nobody asks it."""

import socket
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.signals import request_finished
from django.db import connection

from reviews.finding import index
from reviews.models import Article, Country
from tests import answering, emptying
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_written_is_gone_and_what_was_planted_is_back() -> None:
    planted = emptying.planted()
    assert {"auth_group", "auth_permission", "django_content_type", "reviews_country"} <= {*planted}
    first = make_comment(status="approved").article
    make_user("Moderator")
    Group.objects.get(name="Editor").delete()
    Country.objects.filter(code="KR").update(name="Elsewhere")
    emptying.put_back(planted)
    assert emptying.planted() == planted
    with connection.cursor() as cursor:
        for table in index.tables(connection.vendor):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
    assert make_comment().article.pk > first.pk
    assert Article.objects.count() == 1


def test_what_a_browser_asked_before_it_left_is_answered_first(live_server: Any) -> None:
    answered: list[object] = []

    def note(sender: object, **_: object) -> None:
        answered.append(sender)

    request_finished.connect(note)
    for number in range(1, 6):
        with socket.create_connection((live_server.thread.host, live_server.thread.port)) as left:
            left.sendall(b"GET /about/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answering.finish()
        assert len(answered) == number


def test_a_connection_that_ends_while_it_is_looked_at_is_looked_at_again(live_server: Any) -> None:
    server = live_server.thread.httpd
    ended = socket.socket()
    ended.close()
    server.connected.add(ended)
    assert server.is_asked()
    server.connected.discard(ended)
    answering.finish()
