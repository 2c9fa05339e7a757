"""A log-in elsewhere that comes to nothing, or that somebody else would use: a sentence says so,
nothing is proven, and what was typed stays."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from comments import moderation, privacy, trust, wire
from comments.accounts import protocol
from comments.models import AuthorizationRequest, Comment, Identity
from reviews import publishing
from reviews.models import Article
from tests.factories import make_comment, make_user

from .account_double import ANN, NONSENSE, Accounts
from .logging_in import begin, come_back, press
from .posting import WORDS, address_of, post

CALLBACK = "/comments/with/openid/"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"email_verified": False}, "not whether the address is confirmed"),
        ({"email_verified": None}, "not whether the address is confirmed"),
        ({"email": ""}, "did not tell us an e-mail address"),
        ({"email": "no address"}, "did not tell us an e-mail address"),
        ({"email": ["ann@example.org"]}, "did not tell us an e-mail address"),
        ({"name": "\ud800\x00", "email": None}, "did not tell us an e-mail address"),
        # What is left of an address, or what it looks like, is somebody else's.
        ({"email": "an\x00n@example.org"}, "did not tell us an e-mail address"),
        ({"email": "ann@example\u202e.org"}, "did not tell us an e-mail address"),
        ({"email": "mi\u212ae@example.org"}, "did not tell us an e-mail address"),
        ({"email": f"ann@{'a.' * 124}org.evil"}, "did not tell us an e-mail address"),
    ],
)
def test_an_address_that_is_not_confirmed_there_proves_nothing_here(
    client: Client,
    article: Article,
    accounts: Accounts,
    said: dict[str, object],
    sentence: str,
) -> None:
    accounts.said = ANN | said
    page = come_back(client, accounts.logs_in(begin(client, article)))
    assert sentence in page.content.decode()
    assert WORDS in page.content.decode()
    assert trust.COOKIE not in client.cookies
    assert not Identity.objects.exists()


def test_a_no_is_respected_and_keeps_what_was_typed(
    client: Client, article: Article, accounts: Accounts
) -> None:
    page = come_back(client, accounts.says_no(begin(client, article))).content.decode()
    assert "Kinoklub told us nothing, as you chose." in page
    assert WORDS in page
    assert "/token" not in accounts.asked


@pytest.mark.parametrize("where", ["/token", "/me"])
@pytest.mark.parametrize("does", [*NONSENSE, "hang"])
def test_whatever_the_service_does_the_words_stay(
    client: Client,
    article: Article,
    accounts: Accounts,
    monkeypatch: pytest.MonkeyPatch,
    does: str,
    where: str,
) -> None:
    there = begin(client, article)
    accounts.does, accounts.where = does, where
    if does == "hang":
        monkeypatch.setattr(protocol, "TIMEOUT", 0.1)
    page = come_back(client, accounts.logs_in(there)).content.decode()
    assert "Kinoklub could not tell us who you are." in page
    assert WORDS in page
    assert not Identity.objects.exists()


def test_all_that_is_asked_on_one_page_has_one_time_together(
    client: Client, article: Article, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = accounts.logs_in(begin(client, article))
    given, clock, ask = [], [1000.0], wire.ask

    def slow(*asked: Any, timeout: float) -> wire.Reply:
        given.append(timeout)
        clock[0] += 3
        return ask(*asked, timeout=timeout)

    monkeypatch.setattr(protocol, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(protocol, "_discovered", {})
    monkeypatch.setattr(wire, "ask", slow)
    come_back(client, back)
    assert given == [8, 5, 2]


@pytest.mark.parametrize("does", ["500", "HTML", "list"])
def test_where_the_way_there_is_not_found_the_form_comes_back(
    client: Client,
    article: Article,
    accounts: Accounts,
    monkeypatch: pytest.MonkeyPatch,
    does: str,
) -> None:
    accounts.does, accounts.where = does, "/.well-known/openid-configuration"
    page = post(client, article, **{"with": "openid"})
    assert page.status_code == 503
    assert "We could not find the way to Kinoklub just now." in page.content.decode()
    assert WORDS in page.content.decode()
    accounts.does = ""
    assert post(client, article, **{"with": "openid"}).status_code == 503
    assert accounts.asked == ["/.well-known/openid-configuration"]  # it is left alone for a while
    monkeypatch.setattr(protocol, "_discovered", {})
    begin(client, article)


def test_where_a_service_was_yesterday_it_is_while_it_does_not_say(
    client: Client, article: Article, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "DISCOVERED_FOR", -1)
    begin(client, article)
    accounts.does, accounts.where = "500", "/.well-known/openid-configuration"
    for _ in range(2):
        begin(client, article)
    assert accounts.asked == ["/.well-known/openid-configuration"] * 2


def test_a_state_is_good_in_the_browser_that_began_alone(
    client: Client, article: Article, accounts: Accounts
) -> None:
    back = accounts.logs_in(begin(client, article))
    stranger = Client()
    begin(stranger, article)
    page = come_back(stranger, back)
    assert page.status_code == 404
    assert "You are not logged in" in page.content.decode()
    assert trust.COOKIE not in stranger.cookies
    refused = stranger.get(press(client, article))  # as whose browser takes no cookies
    assert refused.status_code == 404
    assert "your browser takes no cookie of ours" in refused.content.decode()
    kept = AuthorizationRequest.objects.earliest("pk")
    address = f"{reverse('comments:on_article', args=[article.pk])}?kept={kept.pk}"
    assert WORDS in client.get(address).content.decode()
    assert WORDS not in stranger.get(address).content.decode()


def test_a_cookie_that_another_site_planted_shows_it_nothing(
    client: Client, article: Article, accounts: Accounts
) -> None:
    """One under our domain may plant one, and try the same itself."""
    client.cookies["reply"] = "planted"
    page = come_back(client, accounts.logs_in(begin(client, article)))
    assert WORDS in page.content.decode()
    other = Client()
    other.cookies["reply"] = "planted"
    kept = {"kept": str(AuthorizationRequest.objects.get().pk)}
    assert WORDS not in other.get(address_of(article), kept).content.decode()


def test_no_other_site_under_the_domain_leads_a_reader_back_as_itself(
    client: Client, article: Article, accounts: Accounts, settings: Settings
) -> None:
    """It began itself, and plants what it was given by every name that browsers let it use."""
    settings.REPLY_COOKIE_NAME = "__Host-reply"  # as with HTTPS
    settings.SESSION_COOKIE_SECURE = True
    other = Client()
    back = accounts.logs_in(begin(other, article))
    [given] = other.cookies.values()
    assert given.key.startswith("__Host-")
    assert given["secure"]
    client.cookies[given.key.removeprefix("__Host-")] = given.value
    begin(client, article)
    assert come_back(client, back).status_code == 404
    assert trust.COOKIE not in client.cookies


@pytest.mark.parametrize("number", [0, 10**19, 10**40])
def test_the_way_to_an_account_that_nobody_began_leads_to_a_sentence(
    client: Client, article: Article, accounts: Accounts, number: int
) -> None:
    begin(client, article)
    page = client.get(reverse("comments:to_account", args=["openid", number]))
    assert page.status_code == 404
    assert "begun more than an hour ago" in page.text


def test_two_replies_may_be_on_their_way_at_once(
    client: Client, article: Article, accounts: Accounts
) -> None:
    first = accounts.logs_in(begin(client, article, text="The first of them."))
    begin(client, make_comment(article, status=Comment.Status.APPROVED))
    assert "The first of them." in come_back(client, first).content.decode()


@pytest.mark.parametrize("state", ["", "x", "\x00", "\ud800", "é" * 4000])
def test_a_state_that_is_none_leads_to_a_sentence(
    client: Client, article: Article, accounts: Accounts, state: str
) -> None:
    begin(client, article)
    data = {"state": state.encode("utf-8", "surrogatepass"), "code": "x"}
    assert client.get(CALLBACK, data).status_code == 404


@pytest.mark.parametrize("pk", ["", "x", "9" * 30, "²", "-1"])
def test_a_reply_page_that_names_no_row_is_as_any(
    client: Client, article: Article, accounts: Accounts, pk: str
) -> None:
    begin(client, article)
    page = client.get(address_of(article), {"kept": pk})
    assert page.status_code == 200
    assert WORDS not in page.content.decode()


def test_another_service_may_not_answer_for_this_one(
    client: Client, article: Article, accounts: Accounts
) -> None:
    back = accounts.logs_in(begin(client, article), iss="https://evil.example")
    assert "could not tell us who you are" in come_back(client, back).content.decode()
    assert "/token" not in accounts.asked


def test_after_an_hour_it_is_over_and_the_row_goes(
    client: Client, article: Article, accounts: Accounts
) -> None:
    back = accounts.logs_in(begin(client, article))
    now = timezone.now()
    AuthorizationRequest.objects.update(made_at=now - timedelta(minutes=61))
    assert come_back(client, back).status_code == 404
    privacy.purge(now)
    assert not AuthorizationRequest.objects.exists()


def test_where_the_article_is_gone_meanwhile_the_words_are_shown(
    client: Client, article: Article, accounts: Accounts
) -> None:
    back = accounts.logs_in(begin(client, article))
    publishing.withdraw(article, by=make_user("Editor"))
    page = come_back(client, back)
    assert page.status_code == 404
    assert WORDS in page.content.decode()


def test_where_the_answered_comment_is_gone_meanwhile_the_article_is_answered(
    client: Client, article: Article, accounts: Accounts
) -> None:
    comment = make_comment(article, status=Comment.Status.APPROVED)
    back = accounts.logs_in(begin(client, comment))
    moderation.reject([comment], by=make_user("Moderator"))
    page = come_back(client, back)
    assert page.request["PATH_INFO"] == address_of(article)
    assert WORDS in page.content.decode()


def test_it_is_begun_from_our_own_pages_alone_and_not_without_end(
    client: Client, article: Article, accounts: Accounts
) -> None:
    foreign = post(
        client, article, **{"with": "openid", "headers": {"sec-fetch-site": "cross-site"}}
    )
    assert foreign.status_code == 403
    for _ in range(20):
        begin(client, article)
    refused = post(client, article, **{"with": "openid"})
    assert refused.status_code == 429
    assert WORDS in refused.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"text": "long " * 5000},
        {"text": "\x00" + "long " * 5000},
        {"name": "long " * 5000},
        {"email": "long" * 5000},
        {"url": "\ufffd" + "long" * 5000},
    ],
)
def test_what_is_too_long_to_send_is_too_long_to_wait(
    client: Client, article: Article, accounts: Accounts, typed: dict[str, str]
) -> None:
    answer = post(client, article, **{"with": "openid"} | typed)
    assert answer.status_code == 422
    assert "Correct what is marked below" in answer.content.decode()
    assert not AuthorizationRequest.objects.exists()


def test_no_more_waits_than_would_be_kept(
    client: Client, article: Article, accounts: Accounts
) -> None:
    begin(client, article, text=f"{WORDS}{' ' * 500_000}\n\n", name=f"Mina{' ' * 500_000}Lee")
    assert len(AuthorizationRequest.objects.get().sealed) < 2000


def test_who_logs_out_may_have_typed_too_much(
    client: Client, article: Article, accounts: Accounts
) -> None:
    come_back(client, accounts.logs_in(begin(client, article)))
    post(client, article, **{"with": "nobody", "text": "long " * 5000})
    assert client.cookies[trust.COOKIE]["max-age"] == 0


def test_nobody_is_sent_away_to_log_in_where_replies_are_closed(
    client: Client, article: Article, accounts: Accounts
) -> None:
    Article.objects.filter(pk=article.pk).update(comment_policy=Article.CommentPolicy.CLOSED)
    answer = post(client, article, **{"with": "openid"})
    assert answer.status_code == 403
    assert "Replies to this article are closed" in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert accounts.asked == []
