"""A reader logs in with an account from elsewhere, in the middle of a reply: what they typed waits,
and what comes of it is a mailbox that is proven, as by a mailed link."""

from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from comments import privacy, trust
from comments.accounts import protocol, providers
from comments.models import AuthorizationRequest, Comment, Identity
from reviews.models import Article
from tests.at_once import People
from tests.factories import make_comment

from .account_double import Accounts
from .logging_in import begin, come_back, press
from .posting import WORDS, address_of, post

CALLBACK = "/comments/with/openid/"


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


def test_two_cookies_are_set_for_this_site_alone_and_no_script_reads_them(
    client: Client, article: Article, accounts: Accounts
) -> None:
    come_back(client, accounts.logs_in(begin(client, article)))
    for name, path, seconds in (
        ("reply", "/", 3600),
        (trust.COOKIE, "/comments/", 400 * 86_400),
    ):
        cookie = client.cookies[name]
        assert cookie["path"] == path
        assert not cookie["domain"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == seconds


def test_a_client_may_have_to_name_itself_in_a_header(
    client: Client, article: Article, accounts: Accounts
) -> None:
    accounts.in_header = True
    page = come_back(client, accounts.logs_in(begin(client, article)))
    assert "told us your name" in page.content.decode()


def test_the_page_that_leads_there_is_shown_again_until_the_answer_has_come(
    client: Client, article: Article, accounts: Accounts
) -> None:
    page = press(client, article)
    [one, again] = [client.get(page) for _ in range(2)]
    assert one.content == again.content
    assert one["Cache-Control"] == "private, no-store"
    there = unescape(one.content.decode().split('class="button" href="')[1].split('"')[0])
    come_back(client, accounts.logs_in(there))
    assert client.get(page)["Location"].startswith(address_of(article))


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
    assert {each.result().status_code for each in both} <= {302, 200}
    assert accounts.asked.count("/token") == 1


def test_who_comes_back_a_second_time_waits_for_the_answer_to_the_first(
    client: Client, article: Article, accounts: Accounts
) -> None:
    back, now = accounts.logs_in(begin(client, article)), timezone.now()
    row = AuthorizationRequest.objects.filter()
    row.update(answered_at=now)
    said = come_back(client, back).content.decode()
    assert "Kinoklub is being asked who you are." in said
    assert '<meta http-equiv="refresh"' in said
    row.update(answered_at=now - timedelta(minutes=1))  # and whoever asked came to no end
    assert "Kinoklub could not tell us who you are." in come_back(client, back).content.decode()
    assert "/token" not in accounts.asked


def test_who_did_not_get_the_answer_is_proven_when_they_load_it_again(
    client: Client, article: Article, accounts: Accounts
) -> None:
    back = accounts.logs_in(begin(client, article))
    come_back(client, back)
    del client.cookies[trust.COOKIE]  # it was in the answer that was lost
    come_back(client, back)
    post(client, article, name="Ann Lee", email="Ann@example.org")
    assert Comment.objects.get().identity == Identity.objects.get(email="ann@example.org")


@pytest.mark.parametrize("is_told", [True, False])
def test_who_logs_out_meanwhile_is_not_proven_afterwards(
    client: Client,
    article: Article,
    accounts: Accounts,
    monkeypatch: pytest.MonkeyPatch,
    is_told: bool,
) -> None:
    """Or who sent the reply, in another tab."""
    back, asks = accounts.logs_in(begin(client, article)), protocol.profile

    def slow(*asked: Any, **more: Any) -> providers.Profile:
        AuthorizationRequest.objects.all().delete()
        if not is_told:
            raise protocol.NotTold("is away")
        return asks(*asked, **more)

    monkeypatch.setattr(protocol, "profile", slow)
    page = come_back(client, back)
    assert page.status_code == 200
    assert "told us your name" not in page.content.decode()
    assert trust.COOKIE not in client.cookies
    assert not Identity.objects.exists()


def test_a_service_may_name_its_scopes_and_readers_in_its_own_way(
    client: Client, article: Article, accounts: Accounts, settings: Settings
) -> None:
    settings.OPENID_SCOPE = "openid profile_nickname account_email"
    accounts.said = {"nickname": "앤", "email": "ann@example.org", "email_verified": True}
    there = begin(client, article, name="")
    assert parse_qs(urlsplit(there).query)["scope"] == [settings.OPENID_SCOPE]
    assert 'value="앤"' in come_back(client, accounts.logs_in(there)).content.decode()


def test_an_address_under_which_nothing_was_sent_is_kept_for_a_day(
    client: Client, article: Article, accounts: Accounts
) -> None:
    come_back(client, accounts.logs_in(begin(client, article)))
    privacy.purge(timezone.now() + timedelta(hours=23))
    assert Identity.objects.exists()
    privacy.purge(timezone.now() + timedelta(hours=25))
    assert not Identity.objects.exists()


def test_who_logs_out_is_forgotten_by_this_browser_and_keeps_the_words(
    client: Client, article: Article, accounts: Accounts
) -> None:
    come_back(client, accounts.logs_in(begin(client, article)))
    page = post(client, article, **{"with": "nobody"})
    assert WORDS in page.content.decode()
    assert "mina@example.org" not in page.content.decode()
    assert all(client.cookies[name]["max-age"] == 0 for name in ("reply", trust.COOKIE))
    assert not AuthorizationRequest.objects.exists()


def test_who_is_logged_in_can_log_out_later_and_not_by_another_site(
    client: Client, article: Article, accounts: Accounts
) -> None:
    come_back(client, accounts.logs_in(begin(client, article)))
    page = reverse("comments:log_out")
    assert page in client.get(reverse("comments:privacy")).content.decode()
    assert client.post(page, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert "Log out here" in client.get(page).content.decode()
    answer = client.post(page, headers={"sec-fetch-site": "same-origin"}, follow=True)
    assert "Nothing in this browser shows who you are." in answer.content.decode()
    assert all(not client.cookies[name].value for name in ("reply", trust.COOKIE))
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
