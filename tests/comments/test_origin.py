"""Which requests come from this site, and from which network address."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from comments.origin import client_address, is_from_this_site


@pytest.mark.parametrize(
    ("host", "headers", "expected"),
    [
        # Sec-Fetch-Site is believed whatever else is said.
        ("example.org", {"sec-fetch-site": "same-origin"}, True),
        ("example.org", {"sec-fetch-site": "none"}, True),
        ("example.org", {"sec-fetch-site": "same-site"}, False),
        ("example.org", {"sec-fetch-site": "cross-site"}, False),
        ("example.org", {"sec-fetch-site": "cross-site", "origin": "https://example.org"}, False),
        ("inner:8000", {"sec-fetch-site": "same-origin", "origin": "https://example.org"}, True),
        # Without it, Origin: host and port, whatever the default port is written like.
        ("example.org", {"origin": "https://example.org"}, True),
        ("example.org", {"origin": "http://example.org"}, True),
        ("example.org:443", {"origin": "https://example.org"}, True),
        ("example.org", {"origin": "https://example.org:443"}, True),
        ("example.org:8000", {"origin": "http://example.org:8000"}, True),
        ("EXAMPLE.org", {"origin": "http://example.org"}, True),
        ("example.org:8000", {"origin": "http://example.org"}, False),
        ("example.org", {"origin": "http://example.org:8000"}, False),
        ("example.org", {"origin": "https://example.org.evil.example"}, False),
        ("example.org", {"origin": "https://evil.example/example.org"}, False),
        ("example.org", {"origin": "null"}, False),
        ("example.org", {"origin": "null", "referer": "https://example.org/"}, False),
        ("example.org", {"origin": "https://[broken"}, False),
        ("example.org", {"origin": "https://example.org:99999"}, False),
        ("[::1]:8000", {"origin": "http://[::1]:8000"}, True),
        # Without either, the Referer.
        ("example.org", {"referer": "https://example.org/reviews/a-film/"}, True),
        ("example.org", {"referer": "https://evil.example/?example.org"}, False),
        ("example.org", {}, False),
        # A proxy that rewrites Host: the site's own address and the trusted ones count.
        ("inner:8000", {"origin": "https://film.example"}, True),
        ("inner:8000", {"origin": "https://partner.example", "sec-fetch-site": "cross-site"}, True),
    ],
)
def test_a_post_comes_from_this_site(
    rf: RequestFactory,
    settings: Settings,
    host: str,
    headers: dict[str, str],
    expected: bool,
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://film.example"
    settings.CSRF_TRUSTED_ORIGINS = ["https://partner.example"]
    request = rf.post("/comments/on/1/", headers={"host": host} | headers)
    assert is_from_this_site(request) is expected


def test_a_plain_page_may_not_post_to_a_secure_one(rf: RequestFactory, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    headers = {"host": "example.org", "origin": "http://example.org"}
    assert not is_from_this_site(rf.post("/", headers=headers, secure=True))


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # not our proxy: it may say anything
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1:51234", "198.51.100.1"),
        ("10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),  # somebody on the proxy's own machine, or it says nothing
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "junk", "junk"),
        ("", "198.51.100.1", "198.51.100.1"),  # a Unix socket, which the setting names
    ],
)
def test_the_client_address_is_the_last_that_is_no_proxy_of_ours(
    rf: RequestFactory, settings: Settings, peer: str, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8", "unix"]
    request = rf.get("/", REMOTE_ADDR=peer, headers={"x-forwarded-for": forwarded})
    assert client_address(request) == expected


def test_a_peer_without_an_address_is_believed_only_when_the_setting_names_it(
    rf: RequestFactory,
) -> None:
    request = rf.get("/", REMOTE_ADDR="", headers={"x-forwarded-for": "198.51.100.1"})
    assert client_address(request) == ""
