"""A writer who asked hears of approved replies, and stops the mails with one press."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.core import mail, signing
from django.core.mail import EmailMessage
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from comments import letters, moderation, notices
from comments.desk import seen, writing
from comments.models import Comment, Notice, Subscription
from comments.writers import yours_address
from reviews.models import Article
from tests.factories import make_article, make_comment

from .mailed import proven
from .posting import OURS, post

pytestmark = pytest.mark.django_db


def later() -> None:
    Notice.objects.update(due_at=F("due_at") - timedelta(hours=1))
    notices.send_due()


def confirmed(comment: Comment) -> Subscription:
    return Subscription.objects.create(comment=comment, confirmed_at=comment.submitted_at)


@pytest.fixture
def parent(db: None) -> Comment:
    comment = make_comment(status="approved")
    confirmed(comment)
    return comment


def reply_to(parent: Comment, **facts: object) -> Comment:
    said = {"author_name": "Jun", "author_email": "jun@example.org", "text": "Secret ending."}
    return make_comment(parent.article, parent=parent, **said | facts)


def test_the_box_leads_to_a_mail_that_asks_and_its_link_to_a_subscription(client: Client) -> None:
    post(client, make_article(), replies="on")
    subscription = Subscription.objects.get()
    assert not subscription.is_live()
    notices.send_due()
    address = next(line for line in mail.outbox[0].body.split() if "/confirm/" in line)
    assert client.post(address.removeprefix("http://testserver"), headers=OURS)
    subscription.refresh_from_db()
    assert subscription.is_live()
    later()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("trust", [True, False])
def test_who_ticks_the_box_is_told_what_is_left_to_do_and_when_it_is_done(
    client: Client, settings: Settings, trust: bool
) -> None:
    settings.COMMENTS_TRUST = trust
    waiting = post(client, make_article(), replies="on")["Location"]
    comment = Comment.objects.get()
    page = client.get(waiting).content.decode()
    assert "open the link in the mail that is on its way to you" in page
    assert "nothing more to do" not in page
    assert "A mail with a link is on its way" in client.get(yours_address(comment)).content.decode()
    notices.send_due()
    assert "They asked to be mailed when somebody replies" in mail.outbox[0].body
    done = client.post(letters.confirm_address(comment), headers=OURS, follow=True)
    assert "You are mailed when somebody replies" in done.content.decode()
    assert "nothing more to do" in client.get(waiting).content.decode()


def test_who_did_not_ask_for_replies_is_not_told_of_them(client: Client) -> None:
    waiting = post(client, make_article())["Location"]
    assert "nothing more to do" in client.get(waiting).content.decode()
    comment = Comment.objects.get()
    notices.ask_to_confirm(comment)
    notices.send_due()
    assert "somebody replies" not in mail.outbox[0].body
    done = client.post(letters.confirm_address(comment), headers=OURS, follow=True)
    assert "You are mailed when" not in done.content.decode()


def test_who_has_proven_the_address_is_asked_for_no_more(client: Client) -> None:
    article = make_article()
    proven(client, article)
    mail.outbox.clear()
    post(client, article, text="Other words.", replies="on")
    assert Subscription.objects.get().is_live()
    later()
    assert not mail.outbox


@pytest.mark.parametrize("how", ["stopped", "withdrawn"])
def test_who_hears_no_more_is_not_told_that_they_do_or_will(
    client: Client, settings: Settings, how: str
) -> None:
    settings.COMMENTS_TRUST = False
    post(client, make_article(), replies="on")
    comment = Comment.objects.get()
    confirmed = client.post(letters.confirm_address(comment), headers=OURS, follow=True)
    assert "You are mailed when somebody replies" in confirmed.content.decode()
    if how == "stopped":
        notices.unsubscribe(Subscription.objects.get(), timezone.now())
    else:
        client.post(yours_address(comment), {"withdraw": "yes"}, headers=OURS)
    page = client.get(yours_address(comment)).content.decode()
    assert "You are mailed when somebody replies" not in page
    assert "A mail with a link is on its way" not in page


def test_without_the_box_nobody_is_mailed(client: Client) -> None:
    post(client, make_article())
    later()
    assert not mail.outbox
    assert not Subscription.objects.exists()


def test_an_approved_reply_is_told_of_without_its_words(parent: Comment, moderator: User) -> None:
    reply = reply_to(parent)
    later()
    assert not mail.outbox
    moderation.approve([reply], by=moderator)
    later()
    later()
    sent = mail.outbox[0]
    assert len(mail.outbox) == 1
    assert sent.to == [parent.author_email]
    assert "Secret ending" not in sent.body + sent.subject
    assert "jun@" not in sent.message().as_string()
    assert "Jun replied" in sent.body


def test_the_publications_own_answer_is_told_of(parent: Comment, moderator: User) -> None:
    writing.answer(parent, text="Thank you.", by=moderator)
    later()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("what", ["undone", "rejected", "ended", "unpublished", "unconfirmed"])
def test_what_changed_meanwhile_sends_nothing(parent: Comment, moderator: User, what: str) -> None:
    reply = reply_to(parent)
    decision = moderation.approve([reply], by=moderator).decisions[0]
    if what == "undone":
        moderation.undo(decision, by=moderator)
    elif what == "rejected":
        moderation.reject([reply], by=moderator)
    elif what == "ended":
        notices.unsubscribe(parent.subscription, parent.submitted_at)
    elif what == "unpublished":
        Article.objects.update(status="withdrawn")
    else:
        Subscription.objects.update(confirmed_at=None)
    later()
    assert not mail.outbox
    assert Notice.objects.get().dropped_at is not None


@pytest.mark.parametrize("mailed", [True, False])
def test_who_takes_a_reply_off_the_page_hears_that_a_mail_told_of_it(
    parent: Comment, moderator_client: Client, mailed: bool
) -> None:
    reply = reply_to(parent)
    desk = "/admin/comments/comment/"
    moderator_client.post(f"{desk}decide/", {"comment": _page(reply), "verb": "approve"})
    if mailed:
        later()
    decision = reply.decisions.latest("version")
    page = moderator_client.post(f"{desk}undo/", {"decision": seen.which(decision)}, follow=True)
    assert ("A mail had told 1 writer of it before" in page.content.decode()) == mailed
    moderator_client.post(f"{desk}decide/", {"comment": _page(reply), "verb": "approve"})
    asked = {"comment": _page(reply), "verb": "reject"}
    facts = moderator_client.post(
        f"{desk}decide/", asked, headers={"accept": "application/json"}
    ).json()
    assert bool(facts["told"]) == mailed


def _page(reply: Comment) -> str:
    return seen.said(Comment.objects.get(pk=reply.pk))


def test_a_reply_that_is_approved_after_all_is_told_of(parent: Comment, moderator: User) -> None:
    decision = moderation.approve([reply_to(parent)], by=moderator).decisions[0]
    moderation.undo(decision, by=moderator)
    later()
    moderation.approve(Comment.objects.pending(), by=moderator)
    later()
    later()
    assert len(mail.outbox) == 1


def test_a_mail_that_its_server_refused_is_not_owed_again(parent: Comment, moderator: User) -> None:
    reply = reply_to(parent)
    moderation.approve([reply], by=moderator)
    Notice.objects.update(dropped_at=F("made_at"), error="SMTPRecipientsRefused", attempts=1)
    for verb in (moderation.hold, moderation.approve):
        verb([reply], by=moderator)
    later()
    assert not mail.outbox
    assert Notice.objects.get().error == "SMTPRecipientsRefused"


def test_who_was_taken_for_a_spammer_is_asked_once_that_is_mended(
    client: Client, moderator: User
) -> None:
    post(client, make_article(), replies="on", subject="a robot’s word")
    notices.send_due()
    assert not mail.outbox
    moderation.approve(Comment.objects.spam(), by=moderator)
    notices.send_due()
    later()
    assert len(mail.outbox) == 1
    assert "/confirm/" in mail.outbox[0].body


def test_nobody_is_told_of_their_own_reply(parent: Comment, moderator: User) -> None:
    moderation.approve([reply_to(parent, author_email="MINA@example.org")], by=moderator)
    assert not Notice.objects.exists()


def test_one_press_in_the_mail_program_stops_them(parent: Comment, moderator: User) -> None:
    moderation.approve([reply_to(parent)], by=moderator)
    later()
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<http://testserver(/.+)>", str(headers["List-Unsubscribe"]))
    assert found
    provider = Client(enforce_csrf_checks=True)
    body = {"List-Unsubscribe": "One-Click"}
    answer = provider.post(found[1], body, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert not provider.cookies
    assert not Subscription.objects.get().is_live()


def test_a_person_is_asked_on_a_page_before_they_stop(client: Client, parent: Comment) -> None:
    address = letters.unsubscribe_address(parent.subscription)
    assert "Stop them" in client.get(address).content.decode()
    assert Subscription.objects.get().is_live()
    assert "You will get no more mails" in client.post(address).content.decode()
    assert "You will get no more mails" in client.get(address).content.decode()
    assert client.get("/comments/unsubscribe/1:forged/").status_code == 404


def test_a_link_stops_the_mails_of_its_comment_should_another_have_its_number_by_now(
    client: Client, parent: Comment
) -> None:
    """As after a copy of an earlier day was put back; and of a link that carries a number alone."""
    number = parent.subscription.pk
    addresses = [letters.unsubscribe_address(parent.subscription)]
    signed = signing.Signer(salt="comments.unsubscribe").sign(str(number))
    addresses.append(reverse("comments:unsubscribe", args=[signed]))
    parent.subscription.delete()
    later = timezone.now() + timedelta(seconds=2)
    other = make_comment(parent.article, submitted_at=later)
    Subscription.objects.create(pk=number, comment=other, confirmed_at=later)
    for address in addresses:
        answer = client.post(address)
        assert answer.status_code == 404
        assert "the newest mail about replies" in answer.content.decode()
    assert Subscription.objects.get().is_live()


def test_a_reply_that_is_approved_while_its_mail_is_being_dropped_is_told_of(
    parent: Comment, moderator: User
) -> None:
    decision = moderation.approve([reply_to(parent)], by=moderator).decisions[0]
    moderation.undo(decision, by=moderator)
    write = letters.write

    def approved_just_after(notice: Notice) -> EmailMessage | None:
        message = write(notice)
        moderation.approve(Comment.objects.pending(), by=moderator)
        return message

    with mock.patch.object(letters, "write", approved_just_after):
        later()
    assert not mail.outbox
    later()
    later()
    assert len(mail.outbox) == 1
