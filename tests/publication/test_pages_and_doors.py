"""Every door through which something changes: the verbs, bulk work, raw SQL, and time itself."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from comments import closing, moderation
from comments.models import Comment
from publication.models import Masthead
from publication.pagecache import changes
from reviews import library, publishing
from reviews.models import Article, Byline, Image, Tag
from tests.at_once import People
from tests.factories import (
    make_article,
    make_comment,
    make_draft,
    make_image,
    make_reviewer,
    make_user,
)

from .reading import Reader

A_Reader = Callable[[], Reader]


def _shows(reader: Reader, address: str, text: str) -> bool:
    return text.encode() in reader.get(address).body


def test_publishing_and_withdrawing_are_seen_at_once(a_reader: A_Reader) -> None:
    one, another, editor = a_reader(), a_reader(), make_user("Editor")
    draft = make_draft(headline="Decision to Leave")
    for reader in (one, another):
        assert not _shows(reader, "/", "Decision to Leave")
        assert reader.get(draft.get_absolute_url()).status == 404
    publishing.publish(draft, by=editor)
    for reader in (one, another):
        assert _shows(reader, "/", "Decision to Leave")
        assert reader.get(draft.get_absolute_url()).status == 200
    draft.refresh_from_db()
    publishing.withdraw(draft, by=editor)
    for reader in (one, another):
        assert not _shows(reader, "/", "Decision to Leave")
        assert reader.get(draft.get_absolute_url()).status == 404


def test_a_scheduled_article_appears_at_its_minute(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = timezone.localtime().replace(hour=12)  # no page outlives midnight
    monkeypatch.setattr(timezone, "now", lambda: noon)
    draft = make_draft(headline="Hidden Blade")
    minute = noon + timedelta(minutes=10)
    publishing.schedule(draft, minute, by=make_user("Editor"))
    assert not _shows(reader, "/", "Hidden Blade")
    assert reader.makes("/") == []
    monkeypatch.setattr(timezone, "now", lambda: minute - timedelta(milliseconds=1))
    assert reader.makes("/") == []
    monkeypatch.setattr(timezone, "now", lambda: minute)
    assert _shows(reader, "/", "Hidden Blade")


def test_no_page_is_of_yesterday(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    late = timezone.localtime().replace(hour=23, minute=59, second=59, microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: late)
    make_article(days_ago=5)
    assert reader.makes("/") == ["/"]
    assert reader.makes("/") == []
    monkeypatch.setattr(timezone, "now", lambda: late + timedelta(seconds=1))
    assert reader.makes("/") == ["/"]


def test_a_picture_is_seen_from_its_embargo_until_it_expires(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    start, end = now + timedelta(minutes=5), now + timedelta(minutes=9)
    image = make_image(caption="The harbour at night")
    address = make_article(lead_image=image).get_absolute_url()
    Image.objects.filter(pk=image.pk).update(embargo_until=start, expires_at=end)
    for moment, seen in ((now, False), (start, True), (end, False)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert _shows(reader, address, "The harbour at night") == seen
        assert reader.makes(address) == []


def test_comments_close_at_their_moment(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article(comment_policy="closes_after", comments_close_after_days=2)
    closes_at = closing.of(article).at
    assert closes_at
    address = article.get_absolute_url()
    assert _shows(reader, address, '<form class="reply"')
    monkeypatch.setattr(timezone, "now", lambda: closes_at)
    assert not _shows(reader, address, '<form class="reply"')


def test_a_page_is_made_anew_on_another_day(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.get("/festivals/")
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert reader.makes("/festivals/") == ["/festivals/"]


def test_a_withdrawn_picture_is_gone_from_every_page(a_reader: A_Reader) -> None:
    one, another = a_reader(), a_reader()
    image = make_image()
    address = make_article(lead_image=image).get_absolute_url()
    file = image.sizes()[0][2]
    for reader in (one, another):
        assert _shows(reader, address, file)
    library.withdraw(image, notice="Withdrawn.")
    for reader in (one, another):
        assert not _shows(reader, address, file)
        assert _shows(reader, address, "Withdrawn.")


def test_each_decision_about_a_comment_is_seen_at_once(a_reader: A_Reader, moderator: User) -> None:
    one, another = a_reader(), a_reader()
    comment = make_comment(text="Quieter the second time.")
    pages = (comment.article.get_absolute_url(), "/comments/feed/")
    verbs: list[tuple[Callable[..., Any], bool]] = [
        (moderation.approve, True),
        (moderation.hold, False),
        (moderation.approve, True),
        (moderation.reject, False),
        (moderation.approve, True),
        (moderation.mark_spam, False),
    ]
    for verb, seen in verbs:
        comment.refresh_from_db()
        verb([comment], by=moderator)
        for reader in (one, another):
            for address in pages:
                assert _shows(reader, address, "Quieter the second time.") == seen, verb


def test_bulk_work_is_seen(a_reader: A_Reader) -> None:
    one, another = a_reader(), a_reader()
    article = make_article(headline="Old name")
    address = article.get_absolute_url()

    def check(text: str) -> None:
        for reader in (one, another):
            assert reader.get(address).same_for_all() == reader.fresh(address).same_for_all()
            assert _shows(reader, address, text)

    check("Old name")
    Article.objects.update(headline="New name")
    check("New name")
    article.headline = "By bulk update"
    Article.objects.bulk_update([article], ["headline"])
    check("By bulk update")
    Comment.objects.bulk_create(
        [
            Comment(article=article, author_name="A", text=text, status="approved")
            for text in ("The first of many", "The last of many")
        ]
    )
    check("The last of many")
    tags = Tag.objects.bulk_create([Tag(name="Debuts", slug="debuts")], ignore_conflicts=True)
    article.tags.set(Tag.objects.all())
    check("Debuts")
    Tag.objects.bulk_create(
        [Tag(name="First films", slug="debuts")],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name"],
    )
    check("First films")
    assert tags
    Byline.objects.bulk_create(
        [Byline(article=article, reviewer=make_reviewer("Late Colleague"))], ignore_conflicts=True
    )
    Byline.objects.bulk_create(
        [Byline(article=article, reviewer=make_reviewer("Latest Colleague"))], ignore_conflicts=True
    )
    check("Latest Colleague")


def test_raw_sql_and_deleting_are_seen(reader: Reader) -> None:
    comment = make_comment(status="approved", text="Said in haste.")
    address = comment.article.get_absolute_url()
    assert _shows(reader, address, "Said in haste.")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE comments_comment SET text = %s", ["Said by hand."])
    assert _shows(reader, address, "Said by hand.")
    comment.delete()
    assert not _shows(reader, address, "Said by hand.")


def test_emptying_the_database_is_seen(reader: Reader) -> None:
    make_article(headline="The last article")
    assert _shows(reader, "/", "The last article")
    call_command("flush", verbosity=0, interactive=False)
    assert not _shows(reader, "/", "The last article")


def test_what_is_taken_back_was_never_seen(reader: Reader) -> None:
    Masthead.objects.create(pk=1, name="The Lantern")
    reader.get("/about/")
    with transaction.atomic():
        Masthead.objects.update(name="The Torch")
        assert reader.makes("/about/") == []
        transaction.set_rollback(True)
    assert reader.makes("/about/") == []
    assert _shows(reader, "/about/", "The Lantern")


def test_a_change_while_a_page_is_made_is_seen_by_the_next_request(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    Masthead.objects.create(pk=1, name="The Lantern")
    make, changed = reader.cache.application, []

    def slowly(environ: Any, start: Any) -> Any:
        answer = [b"".join(make(environ, start))]
        if not changed:
            changed.append(Masthead.objects.update(name="The Torch"))
        return answer

    monkeypatch.setattr(reader.cache, "application", slowly)
    assert _shows(reader, "/about/", "The Lantern")
    assert _shows(reader, "/about/", "The Torch")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_a_change_that_is_committed_after_a_later_one_is_seen(reader: Reader) -> None:
    Masthead.objects.create(pk=1, name="The Lantern")
    article, begun, may_end = make_article(), Event(), Event()

    def slowly() -> None:
        with transaction.atomic():
            Masthead.objects.update(name="The Torch")
            begun.set()
            may_end.wait(timeout=30)

    with People(1) as pool:
        first = pool.submit(slowly)
        assert begun.wait(timeout=30)
        Article.objects.filter(pk=article.pk).update(headline="Later, and sooner over")
        assert _shows(reader, "/", "Later, and sooner over")
        assert _shows(reader, "/about/", "The Lantern")
        may_end.set()
        first.result()
    assert _shows(reader, "/about/", "The Torch")


def test_what_is_forgotten_of_long_ago_is_not_that_changes_are_written_down(
    a_reader: A_Reader,
) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE publication_change SET made_at = made_at - interval '3 days'")
    changes.forget_old()
    reader = a_reader()
    assert reader.makes("/about/", "/about/") == ["/about/"]
    Masthead.objects.create(pk=1, name="The Lantern")
    assert _shows(reader, "/about/", "The Lantern")


def test_while_migrating_nothing_is_stored_and_afterwards_everything_is_new(
    reader: Reader,
) -> None:
    from publication.pagecache import triggers

    reader.get("/about/")
    triggers.remove()
    Masthead.objects.create(pk=1, name="The Lantern")  # nothing writes this down
    assert reader.makes("/about/", "/about/") == ["/about/"] * 2
    triggers.install()
    assert _shows(reader, "/about/", "The Lantern")
    assert reader.makes("/about/") == []
