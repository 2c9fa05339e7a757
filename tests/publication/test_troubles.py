"""What stands still is said on the newsroom's front page, where somebody sees it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from publication import heartbeat, troubles
from publication.models import Heartbeat, Purge
from publication.pagecache.purging import Purging
from tests.factories import make_film
from tests.http_double import Reply

from .edge import TOKEN, ZONE, an_edge
from .reading import Reader

pytestmark = pytest.mark.django_db


def _front(client: Client) -> str:
    return client.get("/admin/").content.decode()


def test_a_worker_that_works_is_no_news(editor_client: Client) -> None:
    heartbeat.beat(timezone.now() - timedelta(minutes=14))
    assert troubles.now() == []
    assert "The worker has not" not in _front(editor_client)


def test_a_worker_that_stands_still_is_said_with_what_waits(editor_client: Client) -> None:
    heartbeat.beat(since := timezone.now() - timedelta(minutes=16))
    said = f"The worker has not been at work since {timezone.localtime(since):%H:%M on %-d %B}: new"
    assert said in _front(editor_client)
    Heartbeat.objects.all().delete()
    assert "The worker has not been at work yet" in _front(editor_client)


def test_a_cdn_that_is_not_told_is_said_with_its_reason(
    editor_client: Client, reader: Reader, settings: Any
) -> None:
    heartbeat.beat()
    settings.CDN_PURGE, settings.CDN_ZONE, settings.CDN_TOKEN = "fastly", ZONE, TOKEN
    with an_edge() as edge:
        settings.CDN_URL = edge.url
        worker = Purging()
        assert worker.next()
        edge.refuses = Reply(status=403)
        make_film()
        assert not worker.next()
        worker.close()
    assert "the CDN has not taken" not in _front(editor_client), "it may pass"
    Purge.objects.update(failing_since=timezone.now() - timedelta(hours=1))
    page = _front(editor_client)
    assert "the CDN has not taken in what changed since. It refused the token (HTTP 403)" in page
    assert TOKEN not in page
