"""What every response tells browsers they may do with it."""

import json
import os
import subprocess
import sys

import html5lib
import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from publication.security import IN_THE_PAGE, digest
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

PAGES = ("/", "/about/", "/reviews/", "/nowhere/", "/feed/", "/robots.txt", "/comments/reports/")


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in policy.split(";"))}


@pytest.mark.parametrize("path", [*PAGES, "/admin/login/", "/static/css/site.css"])
def test_every_response_carries_every_protection(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = directives(headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("strict-origin-when-cross-origin", "same-origin")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    of_files = path.startswith("/static/")
    reach = "cross-origin" if of_files else "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == reach
    if not of_files:
        assert headers["X-Frame-Options"] == "DENY"


def test_a_page_for_readers_may_run_two_scripts_inline_and_no_style(client: Client) -> None:
    policy = directives(client.get("/").headers["Content-Security-Policy"])
    assert policy["script-src"] == ["'self'", *map(digest, IN_THE_PAGE)]
    assert policy["style-src"] == ["'self'"]


def test_public_pages_hold_no_other_inline_script_style_or_handler(client: Client) -> None:
    comment = make_comment(make_article(), status="approved")
    for path in (*PAGES[:4], comment.article.get_absolute_url(), "/privacy/comments/"):
        page = html5lib.parse(client.get(path).content.decode(), namespaceHTMLElements=False)
        for element in page.iter():
            assert element.tag != "style"
            assert not {name for name in element.attrib if name == "style" or name[:2] == "on"}
            if element.tag == "script" and element.get("type") != "application/ld+json":
                assert element.get("src") or element.text in IN_THE_PAGE


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "a b", "[::1"])
def test_a_host_that_is_not_ours_gets_a_page_with_every_header(client: Client, host: str) -> None:
    response = client.get("/", headers={"host": host})
    assert response.status_code == 400
    policy = directives(response.headers["Content-Security-Policy"])
    for name in ("default-src", "base-uri", "frame-ancestors", "object-src"):
        assert policy[name] == ["'none'"]


def test_links_lead_to_the_sites_own_address_whatever_host_was_asked(
    client: Client, settings: Settings
) -> None:
    settings.SITE_URL = "https://film.example"
    settings.ALLOWED_HOSTS = ["*"]
    article = make_article()
    make_comment(article, status="approved")
    address = article.get_absolute_url()
    paths = ("/", address, "/feed/", "/comments/feed/", f"/comments/feed/{article.pk}/")
    for path in (*paths, "/sitemap.xml", "/robots.txt"):
        said = client.get(path, headers={"host": "evil.example"}).content.decode()
        assert "evil.example" not in said, path
        assert "https://film.example/" in said, path


ASK = """
import json, django
django.setup()
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
import io
def told(**environ):
    request = RequestFactory().get("/robots.txt", headers={"host": "film.example"}, **environ)
    kept = {}
    def start(status, headers):
        kept.update(dict(headers), status=status)
    body = WSGIHandler()(request.environ, start)
    b"".join(body)
    return kept
print(json.dumps({
    "plain": told(REMOTE_ADDR="203.0.113.9"),
    "spoofed": told(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_PROTO="https"),
    "proxied": told(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_PROTO="https"),
    "appended": told(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_PROTO="https, http"),
    "host": told(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_HOST="evil.example"),
}))
"""


def test_only_our_own_proxy_is_believed_that_a_request_was_secure() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ASK],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "publication.settings",
            "SECRET_KEY": "only-for-the-tests-" + "x" * 40,
            "HTTPS": "true",
            "DEBUG": "false",
            "ALLOWED_HOSTS": "film.example",
            "SITE_URL": "https://film.example",
            "TRUSTED_PROXIES": "10.0.0.0/8",
            "DATABASE_URL": "sqlite://:memory:",
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    for unsafe in ("plain", "spoofed", "appended", "host"):
        assert told[unsafe]["status"].startswith("301"), unsafe
        assert told[unsafe]["Location"] == "https://film.example/robots.txt"
    assert told["proxied"]["status"] == "200 OK"
    assert told["proxied"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
