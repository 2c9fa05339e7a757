"""What stands still is said on the newsroom's front page, where somebody sees it."""

import errno
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import notices
from comments.following import sending
from comments.models import Follower, Notice
from publication import alerts, heartbeat, worker
from publication.models import FailingErrand, Heartbeat, Purge
from publication.pagecache.purging import Purging
from tests.comments.followed import make_follower, next_morning
from tests.comments.mail_server import mail_server
from tests.factories import make_article, make_comment, make_film, make_user
from tests.http_double import Reply

from .edge import TOKEN, ZONE, an_edge
from .reading import Reader

pytestmark = pytest.mark.django_db


def _front(client: Client) -> str:
    return client.get("/admin/").content.decode()


def test_a_worker_that_works_is_no_news(editor_client: Client) -> None:
    heartbeat.beat(timezone.now() - timedelta(minutes=14))
    assert alerts.now() == []
    assert "The worker has not" not in _front(editor_client)


def test_a_worker_that_stands_still_is_said_with_what_waits(editor_client: Client) -> None:
    heartbeat.beat(since := timezone.now() - timedelta(minutes=16))
    with timezone.override("Asia/Seoul"):
        when = f"{timezone.localtime(since):%H:%M on %-d %B}"
        page = _front(editor_client)
    assert f"The worker has not been at work since {when}: new" in page
    Heartbeat.objects.all().delete()
    assert "The worker has not been at work yet" in _front(editor_client)


def test_mails_that_do_not_go_out_are_said_with_the_reason(
    editor_client: Client, settings: Settings
) -> None:
    heartbeat.beat()
    settings.EMAIL_BACKEND = "publication.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    notices.ask_to_confirm(make_comment())
    notices.send_due()
    assert "No mail has gone out" not in _front(editor_client), "it may pass"
    long_ago = timezone.now() - timedelta(hours=1)
    Notice.objects.update(made_at=long_ago)
    said = f"since {timezone.localtime(long_ago):%H:%M on %-d %B}: the mail server does not take"
    assert f"No mail has gone out {said} connections. Each" in _front(editor_client)
    with mail_server() as mails:
        settings.EMAIL_PORT = mails.server_address[1]
        notices.ask_to_confirm(make_comment(author_email="another@example.org"))
        Notice.objects.filter(error="").update(due_at=long_ago)
        assert notices.send_due() == 1
    assert "No mail has gone out" not in _front(editor_client), "others do"
    notices.ask_to_confirm(make_comment(author_email="third@example.org"))
    Notice.objects.filter(error="", sent_at=None).update(due_at=long_ago)
    assert notices.send_due() == 0
    Notice.objects.filter(sent_at__isnull=False).update(sent_at=long_ago)
    Notice.objects.filter(sent_at=None).update(made_at=long_ago + timedelta(minutes=1))
    assert "No mail has gone out" in _front(editor_client), "no more"
    Notice.objects.exclude(error="").update(error="SMTPAuthenticationError 535")
    assert "the mail server does not take the login. Each" in _front(editor_client)
    Notice.objects.exclude(error="").update(error="SMTPRecipientsRefused 5.7")
    assert "the mail server passes nothing on for this publication. Each" in _front(editor_client)
    for of_one in ("SMTPRecipientsRefused", "SMTPDataError 451"):
        Notice.objects.exclude(error="").update(error=of_one)
        assert "No mail has gone out" not in _front(editor_client), of_one


def test_news_that_reaches_no_follower_is_said_with_the_reason(
    editor_client: Client, settings: Settings
) -> None:
    heartbeat.beat()
    settings.EMAIL_BACKEND = "publication.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    an_hour_ago = timezone.localtime(timezone.now() - timedelta(hours=1))
    settings.FOLLOWERS_HOUR = an_hour_ago.hour
    make_article(headline="One")
    for name in ("mina", "jun"):
        make_follower(f"{name}@example.org")
    next_morning()
    said = f"No mail has gone out since {an_hour_ago:%H}:00 on {an_hour_ago:%-d %B}: the mail"
    assert f"{said} server does not take connections." in _front(editor_client)
    facts: dict[str, Any] = {"made_at": an_hour_ago - timedelta(hours=3)}
    facts |= {"kind": Notice.Kind.CONFIRM, "writer_of": make_comment()}
    older = Notice.objects.create(key="older", error="gaierror", **facts)
    assert "the mail server cannot be found by its name" in _front(editor_client), "since longest"
    older.delete()
    with mail_server() as mails:
        settings.EMAIL_PORT = mails.server_address[1]
        mails.refuse = "550 no such user"
        next_morning()
        assert alerts.now() == [], "it is about one mailbox"
        mails.refuse = ""
        Follower.objects.filter(email__startswith="jun").update(error="OSError", attempts=3)
        sending.send_some(1)
        assert alerts.now() == [], "others are told"
        next_morning()
    assert alerts.now() == []


def test_a_cdn_that_is_not_told_is_said_with_its_reason(
    editor_client: Client, reader: Reader, settings: Any
) -> None:
    heartbeat.beat()
    make_user("Administrator", email="admin@example.org")
    settings.CDN_PURGE, settings.CDN_ZONE, settings.CDN_TOKEN = "fastly", ZONE, TOKEN
    with an_edge() as edge:
        settings.CDN_URL = edge.url
        worker = Purging()
        assert worker.next()
        assert alerts.now() == []
        edge.refuses = Reply(status=403)
        make_film()
        assert not worker.next()
        worker.close()
    assert "the CDN has not taken" not in _front(editor_client), "it may pass"
    since = timezone.now() - timedelta(hours=1)
    Purge.objects.update(failing_since=since)
    page = _front(editor_client)
    assert f"pages as they were at {timezone.localtime(since):%H:%M on %-d %B}: the CDN" in page
    assert "the CDN has not taken in what changed since. It refused the token (HTTP 403)" in page
    assert TOKEN not in page
    alerts.tell()
    notices.send_due()
    assert "It refused the token (HTTP 403)" in mail.outbox[0].body


def test_an_errand_that_keeps_failing_is_said_until_it_works(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user("Administrator", email="admin@example.org")

    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/srv/private/still.jpg")

    monkeypatch.setattr(worker.darkroom, "develop_all", full)
    monkeypatch.setattr(worker.trash, "let_go_next", lambda: int("no number"))
    assert worker.work_once().failed == ["pictures", "pieces that go for good"]
    assert alerts.now() == [], "it may pass"
    since = timezone.now() - timedelta(hours=1)
    FailingErrand.objects.update(since=since)
    worker.work_once()
    page = _front(editor_client)
    assert f"The worker has failed since {timezone.localtime(since):%H:%M on %-d %B} at" in page
    both = "“pictures” (No space left on device) and “pieces that go for good” (ValueError)"
    assert f"at this: {both}. It does the rest" in page
    assert "/srv/private" not in page
    assert both in mail.outbox[-1].body
    monkeypatch.setattr(worker.trash, "let_go_next", lambda: {}["no key"])
    worker.work_once()
    assert "“pieces that go for good” (KeyError)" in _front(editor_client)
    assert FailingErrand.objects.filter(since=since).count() == 2
    monkeypatch.undo()
    worker.work_once()
    assert alerts.now() == []


def test_an_errand_that_a_new_version_does_not_have_is_said_no_more(db: None) -> None:
    since = timezone.now() - timedelta(days=2)
    FailingErrand.objects.create(name="telegrams", since=since, problem="KeyError")
    assert any("telegrams" in said for said in alerts.now())
    worker.work_once()
    assert not FailingErrand.objects.exists()


def test_of_two_workers_the_one_that_can_does_not_hide_the_one_that_cannot(db: None) -> None:
    tries = iter([True, False, False, True])

    def here() -> None:
        if next(tries):
            raise OSError(errno.EROFS, "Read-only file system")

    ours, another = worker.Errand("pictures", here), worker.Errand("pictures", lambda: 1)
    another.run()
    ours.run()
    another.run()
    assert FailingErrand.objects.get().problem == "Read-only file system"
    ours.run()
    assert not FailingErrand.objects.exists()
    ours.run()
    ours.run()
    assert FailingErrand.objects.exists(), "it failed anew"


def test_administrators_are_mailed_once_a_day_what_stands_still(
    settings: Settings, tmp_path: Path
) -> None:
    heartbeat.beat()
    make_user("Administrator", email="admin@example.org")
    make_user("Administrator", email="left@example.org", is_active=False)
    make_user("Editor", email="editor@example.org")
    alerts.tell()
    assert not Notice.objects.exists()
    settings.BACKUPS_DIR = str(tmp_path)
    for _ in range(2):
        alerts.tell()
        notices.send_due()
    (sent,) = mail.outbox
    assert sent.to == ["admin@example.org"]
    assert "(manage.py backup)" in sent.body
    assert "/admin/\n" in sent.body


def test_what_is_mended_before_the_mail_goes_out_is_not_told(
    settings: Settings, tmp_path: Path
) -> None:
    make_user("Administrator", email="admin@example.org")
    settings.BACKUPS_DIR = str(tmp_path)
    alerts.tell()
    settings.BACKUPS_DIR = ""
    assert notices.send_due() == 0
    assert mail.outbox == []
