"""What is kept of a writer is shown to its owner alone, erased when they say so, and dropped."""

from datetime import datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from comments import intake, moderation, notices, privacy, trust, writers
from comments.models import (
    Act,
    Attempt,
    Comment,
    Decision,
    Identity,
    Notice,
    Report,
    Sender,
    Subscription,
)
from comments.spam import sentences
from tests.factories import make_article, make_comment, make_user
from tests.opened import opened, sent_by

from .posting import OURS

pytestmark = pytest.mark.django_db
ASK = "/privacy/comments/yours/"


def ask(client: Client, email: str) -> HttpResponse:
    answer = client.post(ASK, {"email": email}, headers=OURS)
    notices.send_due()
    return answer


def mailed_link() -> str:
    found = next(line for line in mail.outbox[-1].body.split() if "/yours/" in line)
    return found.removeprefix("http://testserver")


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(client: Client) -> None:
    make_comment()
    known, unknown = ask(client, "Mina@example.org"), ask(client, "nobody@example.org")
    assert known.content == unknown.content
    assert [sent.to for sent in mail.outbox] == [["mina@example.org"]]


def test_an_address_of_which_nothing_is_kept_costs_a_commit_too() -> None:
    """On the disk it takes milliseconds, which can be told over a network."""
    make_comment()
    written = []
    for email in ("mina@example.org", "mina@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as asked:
            privacy.ask(email)
        lines = [query["sql"] for query in asked]
        written.append(sum("comments_attempt" in line for line in lines))
        assert [line.split()[0] for line in lines][:: len(lines) - 1] == ["SAVEPOINT", "RELEASE"]
    assert written == [1, 1, 1]


def test_a_press_on_a_private_page_is_counted_and_said_to_be(client: Client) -> None:
    """It need not have been mailed: who sends a comment gets the address of such a page."""
    comment = make_comment(status=Comment.Status.PENDING)
    client.post(writers.yours_address(comment), {"withdraw": "yes"}, headers=OURS)
    assert Attempt.objects.filter(kind="private").count() == 1
    said = client.get("/privacy/comments/").content.decode()
    assert "When you press a button on a page that is private to you" in said


def test_one_mail_a_day_however_often_somebody_asks(client: Client) -> None:
    article = make_article()
    for number in range(4):
        make_comment(article, text=f"Number {number}")
        ask(client, "mina@example.org")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("typed", ["", "x", "a@b\r\nBcc: c@d.example", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_said(client: Client, typed: str) -> None:
    answer = ask(client, typed)
    assert answer.status_code == 422
    assert "e-mail" in answer.content.decode()


def test_the_link_shows_everything_of_that_address_and_of_no_other(client: Client) -> None:
    article = make_article()
    comment = make_comment(article, text="First words.", status="rejected")
    writers.edit(comment, text="Second words.")
    make_comment(article, text="Somebody else's.", author_email="other@example.org")
    ask(client, "mina@example.org")
    page = client.get(mailed_link())
    for said in ("First words.", "Second words.", "Readers do not see it."):
        assert said in page.content.decode()
    assert "Somebody else" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_erasure_takes_words_and_names_and_keeps_the_thread(
    client: Client, moderator: User
) -> None:
    comment = make_comment(text="My secret words.", author_name="Minako", address_hash="a" * 64)
    moderation.approve([comment], by=moderator, reason="Minako is nice")
    identity = trust.prove(comment, timezone.now())
    Subscription.objects.create(comment=comment)
    reply = make_comment(
        comment.article, parent=comment, status="approved", author_email="jun@example.org"
    )
    other = make_comment(comment.article, author_email="other@example.org")
    ask(client, "mina@example.org")
    link = mailed_link()
    assert "My secret words." in client.get(link).content.decode()
    assert "It is erased" in client.post(link, headers=OURS).content.decode()

    kept = Comment.objects.get(pk=comment.pk)
    assert kept.is_withdrawn()
    assert (kept.text, kept.author_email, kept.address_hash) == ("", "", "")
    assert not Identity.objects.filter(pk=identity.pk).exists()
    assert not Subscription.objects.exists()
    assert not Notice.objects.filter(writer_of=comment).exists()
    assert [d.to_status for d in kept.decisions.all()] == ["approved", "withdrawn"]
    assert not Decision.objects.exclude(reason="").exists()
    page = client.get(comment.article.get_absolute_url()).content.decode()
    assert "This comment was removed" in page
    assert reply.text in page
    assert "Minako" not in page
    other.refresh_from_db()
    assert other.author_email == "other@example.org"
    assert client.get(link).status_code == 404


def test_a_long_list_is_shown_by_the_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "PAGE_LENGTH", 2)
    article = make_article()
    for number in range(3):
        make_comment(article, text=f"Number {number}.")
    ask(client, "mina@example.org")
    link = mailed_link()
    first = client.get(link).content.decode()
    assert "Number 1." in first
    assert "Number 2." not in first
    assert "Page 1 of 2" in first
    assert "Number 2." in client.get(f"{link}?page=2").content.decode()
    assert "of 3 comments were erased" in client.post(link, headers=OURS).content.decode()


def test_an_erasure_that_breaks_off_can_be_asked_for_again_and_goes_on_by_itself(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many comments some at a time, so that nobody else waits to write."""
    monkeypatch.setattr(privacy, "AT_ONCE", 1)
    comments = [make_comment(text=f"Number {number}.") for number in range(4)]
    ask(client, "mina@example.org")
    link = mailed_link()

    def breaks_off() -> None:
        done, empty = [], privacy._empty

        def emptied(comment: Comment, now: datetime) -> None:
            if done:
                raise OperationalError("database or disk is full")
            done.append(empty(comment, now))

        with monkeypatch.context() as broken:
            broken.setattr(privacy, "_empty", emptied)
            answer = client.post(link, headers=OURS)
        assert answer.status_code == 503
        assert "It is not erased yet" in answer.content.decode()

    breaks_off()
    assert "Number 1." in client.get(link).content.decode()
    breaks_off()
    assert [c.text for c in Comment.objects.order_by("pk")] == ["", "", "Number 2.", "Number 3."]
    assert privacy.erase_again() == 2
    assert {c.text for c in Comment.objects.filter(pk__in=[c.pk for c in comments])} == {""}


def test_a_link_that_is_followed_between_two_comments_proves_nothing_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(privacy, "AT_ONCE", 1)
    _, last = make_comment(), make_comment()
    empty = privacy._empty

    def emptied(comment: Comment, now: datetime) -> None:
        if comment != last:
            writers.confirm(last, timezone.now())
        empty(comment, now)

    monkeypatch.setattr(privacy, "_empty", emptied)
    assert privacy.erase("mina@example.org") == 2
    assert not Identity.objects.exists()


def test_a_listed_address_is_shown_and_erased_without_leaving_the_list(
    client: Client, moderator: User
) -> None:
    first = make_comment()
    moderation.reject([first], by=moderator, reason="Rude twice")
    listing = {"listed_by": moderator, "action": "set_aside"}
    Sender.objects.create(who="mina@example.org", note="Rude twice", **listing)
    Sender.objects.create(who="other@example.org", **listing)
    ask(client, "mina@example.org")
    link = mailed_link()
    page = client.get(link).content.decode()
    assert "On the editors’ list of senders" in page
    assert "rejected by a moderator, because: Rude twice" in page
    client.post(link, headers=OURS)

    erased = Sender.objects.get(note="", who__startswith="erased:")
    assert "mina" not in f"{erased} {erased.who}"
    assert Sender.objects.filter(who="other@example.org").exists()
    said = {"author_name": "Mina", "author_email": "MINA@example.org", "text": "Me again."}
    again = intake.submit(first.article, **said)
    assert again.is_spam()
    assert "an address that its owner had erased" in sentences.of(again.findings.get(points=10))
    assert privacy.erase("mina@example.org") == 1


def test_what_moderators_and_editors_did_does_not_keep_the_address(
    client: Client, moderator: User, moderator_client: Client, editor_client: Client
) -> None:
    """An act says how its comments were chosen, and the admin’s history what was listed."""
    comment = make_comment(author_url="https://mina.example/about")
    of_others = make_comment(comment.article, author_email="jun@example.org")
    for number, (by, value) in enumerate(
        [
            ("email", "Mina@example.org"),
            ("link", "https://mina.example/about"),
            ("email", "jun@example.org"),
        ]
    ):
        seen = f"{(of_others if number == 2 else comment).pk}:{number + 1 if number < 2 else 1}"
        moderator_client.post(
            f"/admin/comments/comment/alike/?by={by}&value={value}",
            {"verb": ["spam", "approve", "spam"][number], "seen": seen},
            headers=OURS,
        )
    senders = "/admin/comments/sender/"
    editor_client.post(f"{senders}add/", {"who": "mina@example.org", "action": "hold"})
    sender = Sender.objects.get()
    editor_client.post(f"{senders}{sender.pk}/delete/", {"post": "yes"})
    editor_client.post(f"{senders}add/", {"who": "mina@example.org", "action": "hold"})
    assert LogEntry.objects.filter(object_repr="mina@example.org").count() == 3
    assert Act.objects.exclude(about="").count() == 3

    ask(client, "mina@example.org")
    client.post(mailed_link(), headers=OURS)
    assert not LogEntry.objects.filter(object_repr__icontains="mina").exists()
    assert LogEntry.objects.count() == 3
    abouts = set(Act.objects.values_list("about", flat=True))
    assert abouts == {
        "all alike in what its writer had erased",
        "all from the e-mail address jun@example.org",
    }


def test_of_two_versions_of_an_entry_the_history_forgets_what_was_erased(
    client: Client, editor: User, editor_client: Client
) -> None:
    make_comment()
    client.force_login(make_user("Editor"))
    for who, hers, mine in (
        ("jun@example.org", {"who": "Mina@example.org"}, {"who": "jun.k@example.org"}),
        ("mina@example.org", {"note": "Mina, who is rude"}, {"note": "Rude"}),
    ):
        sender = Sender.objects.create(who=who, listed_by=editor)
        address = f"/admin/comments/sender/{sender.pk}/change/"
        both = opened(editor_client, address)
        client.post(address, both | hers)
        asked = sent_by(editor_client.post(address, both | mine))
        editor_client.post(address, asked | {f"stays-{name}": "mine" for name in mine})
    kept = LogEntry.objects.filter(change_message__contains="kept own version")
    assert kept.filter(change_message__icontains="mina").count() == 2

    client.logout()
    ask(client, "mina@example.org")
    client.post(mailed_link(), headers=OURS)
    assert not LogEntry.objects.filter(change_message__icontains="mina").exists()
    assert not kept.exists()


def test_an_address_that_was_cut_short_is_erased_too(moderator: User) -> None:
    long = f"{'m' * 60}@{'a' * 60}.{'b' * 60}.{'c' * 30}.example"
    make_comment(author_email=long)
    about = f"all from the e-mail address {long}"[:200]
    act = Act.objects.create(by=moderator, about=about)
    privacy.erase(long)
    act.refresh_from_db()
    assert "mmm" not in act.about


def test_another_site_erases_nothing(client: Client) -> None:
    make_comment()
    ask(client, "mina@example.org")
    answer = client.post(mailed_link(), headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert Comment.objects.get().author_email


def test_a_forged_link_shows_nothing(client: Client) -> None:
    make_comment(author_email="")
    assert client.get(f"{ASK}x:y:z/").status_code == 404
    assert client.post(f"{ASK}x:y:z/", headers=OURS).status_code == 404


def test_hashes_of_addresses_are_dropped_after_thirty_days() -> None:
    now, article = timezone.now(), make_article()
    for days in (29, 31):
        sent = now - timedelta(days=days)
        make_comment(article, address_hash=str(days) * 32, submitted_at=sent)
    Report.objects.create(
        comment=Comment.objects.all()[0],
        reason="spam",
        points=1,
        address_hash="b" * 64,
        made_at=now - timedelta(days=31),
    )
    call_command("purge_comments")
    assert not Report.objects.get().address_hash
    assert sorted(c.address_hash[:2] for c in Comment.objects.all()) == ["", "29"]
    assert privacy.purge() == 0


def test_what_is_old_unconfirmed_unused_or_over_is_dropped(moderator: User) -> None:
    now = timezone.now()
    comment = make_comment(submitted_at=now - timedelta(days=31))
    Subscription.objects.create(comment=comment)
    Notice.objects.create(
        kind="confirm", key="x", writer_of=comment, sent_at=now - timedelta(days=91)
    )
    long_ago = now - timedelta(days=401)
    Identity.objects.create(email="a@example.org", used_at=long_ago, proven_at=long_ago)
    for days in (29, 31):
        last = timezone.localdate(now - timedelta(days=days))
        Sender.objects.create(who=f"{days}@example.org", last_day=last, listed_by=moderator)
    privacy.purge()
    for rows in (Subscription.objects, Notice.objects, Identity.objects):
        assert not rows.exists()
    assert Sender.objects.get().who == "29@example.org"


def test_the_page_tells_the_settings_in_force(client: Client, settings: Settings) -> None:
    settings.COMMENTS_EDIT_WINDOW, settings.COMMENTS_TRUST_APPROVALS = 42, 7
    page = client.get("/privacy/comments/").content.decode()
    assert "For 42 minutes" in page
    assert "approved 7 of your comments" in page
    settings.COMMENTS_EDIT_WINDOW, settings.COMMENTS_TRUST = 0, False
    page = client.get("/privacy/comments/").content.decode()
    assert "you can change or withdraw it through" not in page
    assert "One is set when" not in page
