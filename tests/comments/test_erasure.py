"""What is kept of a writer is erased when they say so, wherever else it stands."""

from datetime import datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import erasures, intake, moderation, notices, privacy, trust, writers
from comments.desk import writing
from comments.desk.seen import said
from comments.models import (
    Act,
    AkismetCheck,
    Comment,
    CommentEdit,
    Decision,
    Finding,
    Identity,
    Notice,
    Report,
    Sender,
    Subscription,
)
from comments.spam import sentences
from tests.factories import make_article, make_comment, make_user
from tests.opened import opened, sent_by

from .mailed import ask, mailed_link
from .posting import OURS

pytestmark = pytest.mark.django_db


def test_erasure_takes_words_and_names_and_keeps_the_thread(
    client: Client, moderator: User
) -> None:
    facts = {"author_name": "Minako", "address_hash": "a" * 64, "written_in": "ko"}
    comment = make_comment(text="My secret words.", **facts)
    moderation.approve([comment], by=moderator, reason="Minako is nice")
    identity = trust.prove(comment, timezone.now())
    CommentEdit.objects.create(comment=comment, before="My first secret.", version=99)
    Subscription.objects.create(comment=comment)
    Finding.objects.create(comment=comment, rule="listed_phrase", points=5, quotes=["secret words"])
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
    assert {kept.text, kept.author_email, kept.address_hash, kept.written_in} == {""}
    assert not Identity.objects.filter(pk=identity.pk).exists()
    assert not CommentEdit.objects.exists()
    assert not Subscription.objects.exists()
    assert [finding.rule for finding in kept.findings.all()] == ["erased"]
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


def test_what_others_said_of_it_and_what_was_owed_goes_too() -> None:
    now, parent = timezone.now(), make_comment(status="approved", author_email="jun@example.org")
    Subscription.objects.create(comment=parent, confirmed_at=now)
    comment = make_comment(parent.article, parent=parent, status="approved")
    notices.tell_of_reply(comment, now)
    facts = {"reason": "abuse", "points": 1, "note": "Minako again", "made_at": now}
    Report.objects.create(comment=comment, **facts)
    AkismetCheck.objects.create(comment=comment, sealed="what was sent")
    assert Notice.objects.filter(about=comment).exists()
    privacy.erase("mina@example.org")
    assert not Notice.objects.filter(about=comment).exists()
    assert not AkismetCheck.objects.exists()
    assert Report.objects.get().note == ""


def test_the_publications_own_words_stay(moderator: User) -> None:
    answered = make_comment(status="approved", author_email="jun@example.org")
    User.objects.filter(pk=moderator.pk).update(email="mina@example.org")
    moderator.refresh_from_db()
    writing.answer(answered, text="Thank you; it is mended.", by=moderator)
    assert privacy.erase("mina@example.org") == 0
    assert Comment.objects.get(parent=answered).text == "Thank you; it is mended."


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


def test_an_address_is_compared_with_what_was_erased_once_however_often_it_wrote(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = make_article()
    for number in range(5):
        make_comment(article, author_email="often@example.org", text=f"Number {number}.")
    erasures.note("another@example.org", timezone.now())
    compared, last = [], erasures.last

    def counted(email: str, noted: dict[str, datetime]) -> datetime | None:
        compared.append(email)
        return last(email, noted)

    monkeypatch.setattr(erasures, "last", counted)
    assert privacy.erase_again() == 0
    assert compared == ["often@example.org"]


def test_who_proves_the_address_again_after_that_stays_proven() -> None:
    privacy.erase("mina@example.org", at=timezone.now() - timedelta(days=1))
    identity = trust.prove(make_comment(author_email="mina@example.org"), timezone.now())
    assert privacy.erase_again() == 0
    assert Identity.objects.filter(pk=identity.pk).exists()


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
    client: Client, moderator: User, settings: Settings
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
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "y" * 50, [settings.SECRET_KEY]
    said = {"author_name": "Mina", "author_email": "MINA@example.org", "text": "Me again."}
    again = intake.submit(first.article, **said)
    assert again.is_spam()
    assert "an address that its owner had erased" in sentences.of(again.findings.get(points=10))
    Sender.objects.create(who="mina@example.org", note="Listed once more", **listing)
    assert privacy.erase("mina@example.org") == 1
    assert Sender.objects.get(who__startswith="erased:") == erased
    assert not Sender.objects.filter(who="mina@example.org").exists()


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
        chosen = of_others if number == 2 else comment
        chosen.refresh_from_db()
        moderator_client.post(
            f"/admin/comments/comment/alike/?by={by}&value={value}",
            {"verb": ["spam", "approve", "spam"][number], "seen": said(chosen)},
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
