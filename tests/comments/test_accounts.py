"""A reader logs in with an account from elsewhere, in the middle of a reply: what they typed waits,
and what comes of it is a mailbox that is proven, as by a mailed link."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from comments import moderation, privacy, trust
from comments.accounts import protocol, providers
from comments.models import AuthorizationRequest, Comment, Identity
from reviews import publishing
from reviews.models import Article
from tests.at_once import People
from tests.factories import make_comment, make_user

from .account_double import ANN, NONSENSE, Accounts, accounts_elsewhere
from .posting import WORDS, address_of, post

CALLBACK = "/comments/with/openid/"


@pytest.fixture
def accounts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Accounts]:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # the double has no certificate
    monkeypatch.setattr(protocol, "_discovered", {})
    with accounts_elsewhere() as double:
        settings.OPENID_NAME, settings.OPENID_ISSUER = "Kinoklub", double.url
        settings.OPENID_CLIENT_ID, settings.OPENID_CLIENT_SECRET = "publication", "a:secret/of+ours"
        settings.SITE_URL = "http://testserver"
        yield double


def begin(client: Client, target: Article | Comment, **typed: str) -> str:
    """The address to which the page leads."""
    page = post(client, target, **{"with": "openid"} | typed)
    assert page.status_code == 200
    [address] = [
        unescape(part.split('"')[0])
        for part in page.content.decode().split('href="')[1:]
        if "/authorize" in part.split('"')[0]
    ]
    return address


def come_back(client: Client, address: str) -> HttpResponse:
    """The page that one is led to at the end."""
    parts = urlsplit(address)
    answer = client.get(f"{parts.path}?{parts.query}")
    return client.get(answer["Location"]) if answer.status_code == 302 else answer


def test_words_name_and_address_are_in_the_form_and_what_is_sent_is_of_a_proven_identity(
    client: Client, article: Article, accounts: Accounts
) -> None:
    there = begin(client, article, name="", email="", text="Half a sentence ")
    row = AuthorizationRequest.objects.get()
    assert "Half a sentence" not in row.sealed
    page = come_back(client, accounts.logs_in(there))
    said = page.content.decode()
    assert "Kinoklub told us your name and that this e-mail address is yours." in said
    assert "Half a sentence" in said
    assert 'value="Ann Lee"' in said
    assert 'value="Ann@example.org"' in said
    assert page["Cache-Control"] == "private, no-store"
    post(client, article, name="Ann Lee", email="Ann@example.org")
    comment = Comment.objects.get()
    assert comment.identity == Identity.objects.get(email="ann@example.org")
    assert not AuthorizationRequest.objects.exists()


def test_a_name_that_was_typed_stays_and_a_reply_to_a_comment_stays_one(
    client: Client, article: Article, accounts: Accounts
) -> None:
    comment = make_comment(article, status=Comment.Status.APPROVED)
    page = come_back(client, accounts.logs_in(begin(client, comment, name="Annie")))
    assert page.request["PATH_INFO"] == address_of(comment)
    assert 'value="Annie"' in page.content.decode()


def test_two_cookies_are_set_for_comments_alone_and_no_script_reads_them(
    client: Client, article: Article, accounts: Accounts
) -> None:
    come_back(client, accounts.logs_in(begin(client, article)))
    for name, seconds in (("reply", 3600), (trust.COOKIE, 400 * 86_400)):
        cookie = client.cookies[name]
        assert cookie["path"] == "/comments/"
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == seconds


def test_a_client_may_have_to_name_itself_in_a_header(
    client: Client, article: Article, accounts: Accounts
) -> None:
    accounts.in_header = True
    page = come_back(client, accounts.logs_in(begin(client, article)))
    assert "told us your name" in page.content.decode()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"email_verified": False}, "not whether the address is confirmed"),
        ({"email_verified": None}, "not whether the address is confirmed"),
        ({"email": ""}, "did not tell us an e-mail address"),
        ({"email": "no address"}, "did not tell us an e-mail address"),
        ({"email": ["ann@example.org"]}, "did not tell us an e-mail address"),
        ({"name": "\ud800\x00", "email": None}, "did not tell us an e-mail address"),
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


@pytest.mark.parametrize("does", ["500", "HTML", "list"])
def test_where_the_way_there_is_not_found_the_form_comes_back(
    client: Client, article: Article, accounts: Accounts, does: str
) -> None:
    accounts.does, accounts.where = does, "/.well-known/openid-configuration"
    page = post(client, article, **{"with": "openid"})
    assert page.status_code == 503
    assert "We could not find the way to Kinoklub just now." in page.content.decode()
    assert WORDS in page.content.decode()
    accounts.does = ""
    begin(client, article)


def test_a_page_that_is_loaded_again_uses_no_code_again(
    client: Client, article: Article, accounts: Accounts
) -> None:
    back = accounts.logs_in(begin(client, article))
    come_back(client, back)
    assert "told us your name" in come_back(client, back).content.decode()
    assert accounts.asked.count("/token") == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_that_come_back_at_the_same_moment_one_uses_the_code(
    client: Client, article: Article, accounts: Accounts
) -> None:
    back = urlsplit(accounts.logs_in(begin(client, article)))
    address = f"{back.path}?{back.query}"
    with People(2) as people:
        both = [people.submit(client.get, address) for _ in range(2)]
    assert [each.result().status_code for each in both] == [302, 302]
    assert accounts.asked.count("/token") == 1


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
    kept = AuthorizationRequest.objects.earliest("pk")
    address = f"{reverse('comments:on_article', args=[article.pk])}?kept={kept.pk}"
    assert WORDS in client.get(address).content.decode()
    assert WORDS not in stranger.get(address).content.decode()


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


def test_an_address_under_which_nothing_was_sent_is_kept_for_a_day(
    client: Client, article: Article, accounts: Accounts
) -> None:
    come_back(client, accounts.logs_in(begin(client, article)))
    privacy.purge(timezone.now() + timedelta(hours=23))
    assert Identity.objects.exists()
    privacy.purge(timezone.now() + timedelta(hours=25))
    assert not Identity.objects.exists()


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


def test_who_logs_out_is_forgotten_by_this_browser_and_keeps_the_words(
    client: Client, article: Article, accounts: Accounts
) -> None:
    come_back(client, accounts.logs_in(begin(client, article)))
    page = post(client, article, **{"with": "nobody"})
    assert WORDS in page.content.decode()
    assert "mina@example.org" not in page.content.decode()
    assert all(client.cookies[name]["max-age"] == 0 for name in ("reply", trust.COOKIE))
    assert not AuthorizationRequest.objects.exists()


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


def test_what_is_too_long_to_send_is_too_long_to_wait(
    client: Client, article: Article, accounts: Accounts
) -> None:
    answer = post(client, article, **{"with": "openid", "text": "long " * 5000})
    assert answer.status_code == 422
    assert not AuthorizationRequest.objects.exists()


def test_nothing_is_offered_that_is_not_set_up(client: Client, article: Article) -> None:
    page = client.get(article.get_absolute_url()).content.decode()
    assert 'name="with"' not in page
    assert "log in" not in client.get(reverse("comments:privacy")).content.decode()
    answer = post(client, article, **{"with": "openid"})
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert client.get(CALLBACK, {"state": "x"}).status_code == 404


def test_it_is_offered_on_the_page_and_told_where_data_is(
    client: Client, article: Article, accounts: Accounts
) -> None:
    button = 'aria-label="Log in with Kinoklub" formnovalidate>Kinoklub</button>'
    assert button in client.get(article.get_absolute_url()).content.decode()
    assert button in client.get(address_of(article)).content.decode()
    assert "Kinoklub" in client.get(reverse("comments:privacy")).content.decode()


@pytest.mark.parametrize(
    ("slug", "said", "profile"),
    [
        (
            "wordpress",
            {"display_name": "Ann", "email": "a@example.org", "email_verified": True},
            providers.Profile("Ann", "a@example.org", True),
        ),
        (
            "wordpress",
            {"display_name": "Ann", "email": "a@example.org", "email_verified": "no"},
            providers.Profile("Ann", "a@example.org", False),
        ),
        (
            "facebook",
            {"id": "1", "name": "Ann", "email": "a@example.org", "verified": True},
            providers.Profile("Ann", "a@example.org", False),
        ),
    ],
)
def test_what_each_service_says_of_a_reader(
    settings: Settings, slug: str, said: dict[str, object], profile: providers.Profile
) -> None:
    for what in ("CLIENT_ID", "CLIENT_SECRET"):
        setattr(settings, f"{slug.upper()}_{what}", "x")
    [provider] = providers.in_use().values()
    assert provider.read(said) == profile
    asked = parse_qs(urlsplit(protocol.authorization(provider, state="s", verifier="v" * 50)).query)
    assert asked["redirect_uri"] == [f"{settings.SITE_URL}/comments/with/{slug}/"]
    assert asked["state"] == ["s"]


def test_settings_of_which_a_part_is_missing_are_said_at_the_start(settings: Settings) -> None:
    settings.WORDPRESS_CLIENT_ID = "1"
    settings.OPENID_ISSUER = "http://accounts.example"
    with pytest.raises(Exception, match="WORDPRESS_CLIENT_SECRET is not set") as found:
        call_command("check")
    assert "OPENID_ISSUER has to begin with https://" in str(found.value)


def test_no_secret_is_shown_of_a_provider(settings: Settings) -> None:
    settings.WORDPRESS_CLIENT_ID, settings.WORDPRESS_CLIENT_SECRET = "1", "hush"
    assert "hush" not in repr(providers.in_use())
