"""Moderators are mailed once a day what waits, and told nothing of what was written."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.checks import run_checks
from django.db.models import F
from pytest_django import Settings

from comments import moderation, notices
from comments.models import Comment, Notice
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
EARLY = datetime(2026, 3, 2, 7, 59, tzinfo=LONDON)
MORNING = datetime(2026, 3, 2, 8, 1, tzinfo=LONDON)


@pytest.fixture
def ann() -> User:
    return make_user("Moderator", email="ann@example.org")


def at(moment: datetime) -> None:
    notices.owe_digests(moment)
    Notice.objects.update(due_at=F("due_at") - timedelta(days=9999))
    notices.send_due()


def test_one_mail_a_day_after_the_hour_and_none_before(ann: User) -> None:
    make_comment()
    at(EARLY)
    assert not mail.outbox
    for minutes in (0, 10, 20):
        at(MORNING + timedelta(minutes=minutes))
    assert [sent.to for sent in mail.outbox] == [["ann@example.org"]]
    at(MORNING + timedelta(days=1))
    assert len(mail.outbox) == 2


def test_it_leads_to_each_comment_and_carries_no_words_and_no_address(ann: User) -> None:
    comment = make_comment(text="Unseen words", author_name="Cheap watches")
    at(MORNING)
    body = mail.outbox[0].body
    assert f"/admin/comments/comment/{comment.pk}/change/" in body
    for kept_back in ("Unseen words", "Cheap watches", "@", "mina"):
        assert kept_back not in body + mail.outbox[0].subject


def test_nothing_waits_nothing_is_mailed(ann: User) -> None:
    make_comment(status="approved")
    at(MORNING)
    assert not Notice.objects.exists()


def test_what_was_decided_meanwhile_is_not_told(ann: User) -> None:
    make_comment()
    notices.owe_digests(MORNING)
    moderation.approve(Comment.objects.all(), by=ann)
    at(MORNING)
    assert not mail.outbox


def test_many_waiting_are_urgent_at_any_hour_once_a_day(ann: User, settings: Settings) -> None:
    settings.COMMENTS_URGENT_FROM = 2
    article = make_comment().article
    at(EARLY)
    assert not mail.outbox
    make_comment(article)
    at(EARLY)
    at(EARLY)
    assert "more than usual" in mail.outbox[0].body
    assert len(mail.outbox) == 1


def test_where_the_setting_is_none_nothing_is_urgent(ann: User, settings: Settings) -> None:
    settings.COMMENTS_URGENT_FROM = 0
    make_comment()
    at(EARLY)
    assert not mail.outbox


def test_an_urgent_mail_after_the_hour_is_the_days_list_too(ann: User, settings: Settings) -> None:
    settings.COMMENTS_URGENT_FROM = 1
    make_comment()
    for minutes in (0, 10):
        notices.owe_digests(MORNING + timedelta(minutes=minutes))
    assert Notice.objects.get().key == f"urgent:{ann.pk}:2026-03-02"


def test_where_all_was_decided_before_the_urgent_mail_went_out_the_days_list_still_comes(
    ann: User, moderator: User, settings: Settings
) -> None:
    settings.COMMENTS_URGENT_FROM = 2
    wave = [make_comment(), make_comment()]
    notices.owe_digests(MORNING)
    moderation.reject(wave, by=moderator)
    notices.send_due()
    assert not mail.outbox
    make_comment()
    at(MORNING + timedelta(hours=1))
    assert [sent.to for sent in mail.outbox] == [["ann@example.org"]]


def test_who_was_mailed_before_the_hour_gets_the_days_list_at_its_hour(
    ann: User, settings: Settings
) -> None:
    settings.COMMENTS_URGENT_FROM = 1
    make_comment()
    notices.owe_digests(EARLY)
    notices.owe_digests(MORNING)
    keys = Notice.objects.order_by("pk").values_list("key", flat=True)
    assert list(keys) == [f"urgent:{ann.pk}:2026-03-02", f"digest:{ann.pk}:2026-03-02"]


def test_only_those_who_may_moderate_and_have_an_address_are_mailed(ann: User) -> None:
    make_user("Contributor", email="writer@example.org")
    make_user("Moderator")
    make_user("Moderator", email="gone@example.org", is_active=False)
    make_comment()
    at(MORNING)
    assert [sent.to for sent in mail.outbox] == [["ann@example.org"]]
    assert [notice.user for notice in Notice.objects.all()] == [ann]


def test_who_may_not_moderate_any_more_is_not_told(ann: User) -> None:
    make_comment()
    notices.owe_digests(MORNING)
    ann.groups.clear()
    notices.send_due()
    assert not mail.outbox


@pytest.mark.parametrize(("hour", "ids"), [(0, []), (23, []), (24, ["comments.E004"])])
def test_an_hour_that_no_day_has_is_said_at_the_start(
    settings: Settings, hour: int, ids: list[str]
) -> None:
    settings.COMMENTS_DIGEST_HOUR = hour
    assert [message.id for message in run_checks(tags=["comments"])] == ids
