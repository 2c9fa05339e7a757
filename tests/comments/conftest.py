"""A piece to comment on, and a port for mail; Akismet as far as a test can have it: the double, and
settings that name it."""

import socket
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from comments.accounts import protocol
from comments.akismet import verdicts
from comments.spam import akismet
from reviews.models import Article
from tests.factories import make_article

from .account_double import CLIENT_ID, CLIENT_SECRET, Accounts, accounts_elsewhere
from .akismet_double import KEY, SITE, Double, akismet_double


@pytest.fixture
def article(db: None) -> Article:
    return make_article()


@pytest.fixture
def port(settings: Settings) -> int:
    """Where mail goes: nobody listens there yet."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = int(free.getsockname()[1])
    settings.EMAIL_BACKEND = "publication.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", number, 5
    return number


@pytest.fixture
def service(settings: Settings) -> Iterator[Double]:
    """Switched on, and answering."""
    with akismet_double() as double:
        settings.AKISMET_KEY, settings.AKISMET_SITE = KEY, SITE
        settings.AKISMET_URL, settings.AKISMET_TIMEOUT = double.url, 20.0
        yield double


@pytest.fixture
def verified(service: Double) -> Double:
    """It has accepted the key, so that what follows is about checks."""
    client = akismet.client()
    assert client is not None
    verdicts.verify(client)
    service.requests.clear()
    return service


@pytest.fixture
def impatient(service: Double, settings: Settings) -> Double:
    """For tests in which it hangs: those in which it answers must not fail on a busy machine."""
    settings.AKISMET_TIMEOUT = 0.3
    return service


@pytest.fixture
def accounts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Accounts]:
    """Where readers have accounts: offered, and answering."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # the double has no certificate
    monkeypatch.setattr(protocol, "_discovered", {})
    with accounts_elsewhere() as double:
        settings.OPENID_NAME, settings.OPENID_ISSUER = "Kinoklub", double.url
        settings.OPENID_CLIENT_ID, settings.OPENID_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
        settings.SITE_URL = "http://testserver"
        yield double
