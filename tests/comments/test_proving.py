"""A mailed link proves an e-mail address: asked for, followed, and worth nothing in other hands."""

import time
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import letters, notices, privacy, trust, writers
from comments.models import Comment, Identity, Notice, Subscription
from reviews.models import Article
from tests.factories import make_comment

from .mailed import proven
from .posting import OURS, post
from .pressing import DESK

NOW = timezone.now()


def test_opening_the_link_confirms_nothing_until_the_button_is_pressed(
    client: Client, article: Article
) -> None:
    comment = make_comment(article)
    address = letters.confirm_address(comment)
    page = client.get(address)
    assert comment.article.headline in page.content.decode().replace("&quot;", '"')
    assert not client.cookies
    assert client.post(address, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert not Identity.objects.exists()


def test_the_desk_says_of_a_comment_whose_address_is_proven_that_it_is_confirmed(
    client: Client, moderator_client: Client, article: Article
) -> None:
    make_comment(article, author_email="jun@example.org")
    proven(client, article)
    page = moderator_client.get(DESK).content.decode()
    said = "Under this e-mail address, which is <b>confirmed</b>:"
    [typed, shown] = [row.split("</article>")[0] for row in page.split("<article")[1:]]
    assert said not in typed
    assert said in shown


def test_one_address_gets_three_such_mails_a_day_and_the_fourth_is_refused(
    client: Client, article: Article
) -> None:
    for number in range(4):
        comment = make_comment(article, text=f"Number {number}")
        data = {"prove": "yes"}
        answer = client.post(writers.yours_address(comment), data, headers=OURS)
        assert answer.status_code == (303 if number < 3 else 429)
    assert Notice.objects.count() == 3


def test_where_nobody_is_trusted_nothing_is_offered_that_would_earn_it(
    client: Client, article: Article, settings: Settings
) -> None:
    yours = writers.yours_address(make_comment(article))
    assert 'name="prove"' in client.get(yours).content.decode()
    settings.COMMENTS_TRUST = False
    assert 'name="prove"' not in client.get(yours).content.decode()


def test_midnight_gives_no_more_mails(article: Article) -> None:
    comments = [make_comment(article, text=f"Number {number}") for number in range(4)]
    night = datetime(2026, 3, 1, 23, 50, tzinfo=UTC)
    with mock.patch("comments.notices.timezone.now", return_value=night):
        assert all(notices.ask_to_confirm(comment, night) for comment in comments[:3])
    assert not notices.ask_to_confirm(comments[3], night + timedelta(minutes=20))
    assert notices.ask_to_confirm(comments[3], night + timedelta(days=1, minutes=20))


def test_a_link_that_is_too_old_proves_nothing(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = letters.confirm_address(make_comment(article))
    later = time.time() + letters.CONFIRM_LIFETIME_DAYS * 86_400 + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client.post(address, headers=OURS).status_code == 404
    assert not Identity.objects.exists()


def test_a_link_that_is_too_old_can_be_asked_for_again(client: Client, article: Article) -> None:
    comment = make_comment(article)
    address = writers.yours_address(comment)
    long_ago = timezone.now() - timedelta(days=letters.CONFIRM_LIFETIME_DAYS, minutes=1)
    with mock.patch("comments.notices.timezone.now", return_value=long_ago):
        client.post(address, {"prove": "yes"}, headers=OURS)
        assert "is on its way" in client.get(address).content.decode()
        client.post(address, {"prove": "yes"}, headers=OURS)
    assert Notice.objects.count() == 1
    assert "Mail me a link" in client.get(address).content.decode()
    client.post(address, {"prove": "yes"}, headers=OURS)
    assert "is on its way" in client.get(address).content.decode()
    assert Notice.objects.count() == 2


def test_no_address_is_nobodys(article: Article) -> None:
    with pytest.raises(trust.Gone):
        trust.prove(make_comment(article, author_email=""), NOW)
    assert not Identity.objects.exists()


def test_the_mail_tells_nothing_of_what_was_written_and_names_nobody(
    client: Client, article: Article
) -> None:
    proven(client, article)
    sent = mail.outbox[0]
    assert sent.to == ["mina@example.org"]
    said = sent.body + sent.subject
    assert "The first words" not in said
    assert "@" not in said


def test_a_link_that_is_followed_while_its_writer_erases_everything_proves_nothing(
    client: Client, article: Article
) -> None:
    post(client, article, text="The first words.", replies="on")
    address = letters.confirm_address(Comment.objects.get())
    found = letters.by_confirm_token

    def erased_at_once(token: str) -> Comment | None:
        comment = found(token)
        privacy.erase("mina@example.org")
        return comment

    with mock.patch.object(letters, "by_confirm_token", erased_at_once):
        answer = client.post(address, headers=OURS)
    assert answer.status_code == 404
    assert "This link does not work any more" in answer.content.decode()
    assert not answer.cookies
    assert not Identity.objects.exists()
    assert Comment.objects.get().identity is None


def test_the_link_is_of_its_address_should_another_comment_have_the_number_by_now(
    client: Client, article: Article
) -> None:
    """As after a copy of an earlier day was put back."""
    address = letters.confirm_address(make_comment(article))
    Comment.objects.update(author_email="jun@example.org")
    assert client.get(address).status_code == 404
    assert client.post(address, headers=OURS).status_code == 404
    assert not Identity.objects.exists()


def test_what_was_withdrawn_is_not_asked_about(article: Article) -> None:
    comment = make_comment(article)
    assert notices.ask_to_confirm(comment)
    writers.withdraw(comment)
    assert notices.send_due() == 0
    assert not mail.outbox


def test_a_link_that_is_followed_after_a_withdrawal_says_that_it_confirmed(
    client: Client, article: Article
) -> None:
    comment = make_comment(article)
    address = letters.confirm_address(comment)
    writers.withdraw(comment)
    withdrawn = client.get(writers.yours_address(comment)).content.decode()
    assert "You have withdrawn this comment" in withdrawn
    assert "Your e-mail address" not in withdrawn
    confirmed = client.post(address, headers=OURS, follow=True).content.decode()
    assert 'id="proof-title"' in confirmed
    assert "You have confirmed it." in confirmed


def test_a_link_that_is_followed_twice_is_a_wish_of_the_first_time(
    client: Client, article: Article
) -> None:
    post(client, article, replies="on")
    comment = Comment.objects.get()
    address = letters.confirm_address(comment)
    client.post(address, headers=OURS)
    first = Subscription.objects.get().confirmed_at
    client.post(address, headers=OURS)
    assert Subscription.objects.get().confirmed_at == first
    stop = letters.unsubscribe_address(Subscription.objects.get())
    client.post(stop)
    ended = Subscription.objects.get().ended_at
    client.post(stop)
    assert Subscription.objects.get().ended_at == ended is not None
