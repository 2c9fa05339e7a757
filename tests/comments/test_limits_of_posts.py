"""Every form that anybody can send is limited per network, and keeps what was typed."""

import html5lib
import pytest
from django.test import Client
from django.urls import reverse

from comments import letters, privacy, writers
from comments.models import Comment, Subscription
from comments.rate_limits import Limit
from comments.views import limited
from tests.factories import make_comment

pytestmark = pytest.mark.django_db

OURS = {"sec-fetch-site": "same-origin"}


def post(client: Client, address: str, network: str = "203.0.113.9", **data: str):
    return client.post(address, data, headers=OURS, REMOTE_ADDR=network)


def assert_told_when(response, *kept: str) -> None:
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600
    assert response["Cache-Control"] == "private, no-store"
    page = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Go back and try again in" in page
    for words in kept:
        assert words in page


@pytest.mark.parametrize(
    ("name", "limit"), [("privacy_ask", limited.ASKING), ("follow", limited.FOLLOWING)]
)
def test_asking_is_limited_whatever_address_is_typed(
    client: Client, name: str, limit: Limit
) -> None:
    ask = reverse(f"comments:{name}")
    for _ in range(limit.most + 1):  # what is mistyped is not counted
        assert post(client, ask, email="mina@example", rhythm="daily").status_code == 422
    for n in range(limit.most):
        said = {"email": f"mina{n}@example.org", "rhythm": "daily"}
        assert post(client, ask, **said).status_code == 200
    assert_told_when(post(client, ask, **said), said["email"])
    assert post(client, ask, "198.51.100.1", **said).status_code == 200


def test_pages_with_a_private_address_are_limited_and_keep_the_text(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = make_comment()
    yours = writers.yours_address(comment)
    for _ in range(limited.PRIVATE_PAGES.most):
        post(client, yours, text="")
    late = post(client, yours, text="What I <b>meant</b> to say")
    assert_told_when(late, "What I &lt;b&gt;meant&lt;/b&gt; to say")
    comment.refresh_from_db()
    assert comment.text == "I saw it twice and the second time was quieter."
    assert client.get(yours).status_code == 200
    for address in (letters.confirm_address(comment), reverse("comments:privacy_kept", args=["x"])):
        assert_told_when(post(client, address))


def test_mail_providers_stop_mails_for_many_readers_from_one_address(client: Client) -> None:
    subscription = Subscription.objects.create(comment=make_comment())
    address = letters.unsubscribe_address(subscription)
    for _ in range(100):
        assert client.post(address).status_code == 200


def test_nothing_is_erased_by_who_has_to_wait(client: Client) -> None:
    for _ in range(limited.PRIVATE_PAGES.most):
        post(client, reverse("comments:privacy_kept", args=["x"]))
    make_comment()
    privacy.ask("mina@example.org")
    assert Comment.objects.filter(author_email="mina@example.org").exists()
