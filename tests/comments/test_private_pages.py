"""What only one reader knows the address of is kept by no cache, listed by no search engine, and
told to no other site."""

from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from comments import letters, own_mails, reports, urls, writers
from comments.following import links
from comments.models import Subscription
from tests.factories import make_comment, make_user

from .followed import make_follower
from .mailed import ask, mailed_link
from .posting import OURS
from .reporting import approved

pytestmark = pytest.mark.django_db


def assert_kept_to_itself(answer: HttpResponse, status: int = 200) -> None:
    assert answer.status_code == status
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


@pytest.fixture
def private(client: Client) -> dict[str, str]:
    """An address of each page that carries a token."""
    comment = make_comment()
    ask(client, comment.author_email)
    return {
        "waiting": writers.waiting_address(comment),
        "yours": writers.yours_address(comment),
        "confirm": letters.confirm_address(comment),
        "privacy_kept": mailed_link(),
        "unsubscribe": letters.unsubscribe_address(Subscription.objects.create(comment=comment)),
        "following": links.page(make_follower()),
        "stop_following": links.stop(make_follower("jun@example.org")),
        "stop_own_mails": own_mails.stop_address(make_user("Moderator"), "comments"),
    }


def test_each_page_whose_address_carries_a_token_keeps_to_itself(
    client: Client, private: dict[str, str]
) -> None:
    assert set(private) == {p.name for p in urls.urlpatterns if "token" in str(p.pattern)}
    for address in private.values():
        assert_kept_to_itself(client.get(address))


def test_what_opens_one_of_them_opens_no_other(client: Client, private: dict[str, str]) -> None:
    """Mail providers know the address that ends a subscription."""
    tokens = {
        name: resolve(urlsplit(address).path).kwargs["token"] for name, address in private.items()
    }
    assert tokens.pop("waiting") == tokens["yours"]  # both are its writer's
    for name in private:
        for of, token in tokens.items():
            address = reverse(f"comments:{name}", args=[token])
            opens = name == of or (name, of) == ("waiting", "yours")
            assert client.get(address).status_code == (200 if opens else 404), (name, of)


def test_so_does_what_came_of_a_report(client: Client) -> None:
    code = reports.code_of(reports.take(approved(), reason="spam"))
    assert_kept_to_itself(client.get(reverse("comments:report_outcome"), {"code": code}))


def test_and_what_is_not_taken(client: Client, private: dict[str, str]) -> None:
    for name in ("yours", "confirm", "privacy_kept"):
        assert_kept_to_itself(client.post(private[name], {"text": "Mine."}), 403)
    assert_kept_to_itself(client.post(private["yours"], {"text": ""}, headers=OURS), 422)
    forged = signing.Signer().sign("1")
    assert_kept_to_itself(client.get(reverse("comments:confirm", args=[forged])), 404)
