"""Which answers are stored, and how one from the store looks to browsers and caches."""

import gzip
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from publication.models import Masthead
from reviews import publishing
from reviews.models import Article
from tests.factories import make_article

from .reading import Reader, ask

A_Reader = Callable[[], Reader]


def test_a_page_is_made_once_and_then_answered_in_what_the_browser_reads(reader: Reader) -> None:
    for accepted, encoding in (
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("GZIP;Q=0.5, br;Q=0", "gzip"),
        ("identity", None),
        ("", None),
    ):
        page = reader.get("/about/", HTTP_ACCEPT_ENCODING=accepted)
        assert page.headers.get("Content-Encoding") == encoding
        assert page.headers["Vary"] == "Accept-Encoding"
        assert int(page.headers["Content-Length"]) == len(page.sent)
        assert page.same_for_all() == reader.fresh("/about/").same_for_all()
    assert reader.made == ["/about/"]


def test_what_is_compressed_already_is_passed_on_as_it_is(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compressed(_environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")])
        return [gzip.compress(b"Words")]

    monkeypatch.setattr(reader.cache, "application", compressed)
    assert [reader.get("/about/").body for _ in range(2)] == [b"Words"] * 2


def test_a_stored_page_says_what_django_says_of_security(reader: Reader) -> None:
    reader.get("/about/")
    stored, fresh = reader.get("/about/").headers, reader.fresh("/about/").headers
    for name in ("Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options"):
        assert stored[name] == fresh[name]
    assert "Set-Cookie" not in stored
    assert stored["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_who_has_the_page_already_gets_no_bytes(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = timezone.localtime().replace(hour=12)  # at midnight pages are made anew
    monkeypatch.setattr(timezone, "now", lambda: then)
    first = reader.get("/about/")
    etag = first.headers["ETag"]
    for page in (first, reader.get("/about/")):
        assert "Last-Modified" not in page.headers, "another page may come in that second"
    later = then + timedelta(seconds=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    date = reader.get("/about/").headers["Last-Modified"]
    for headers in (
        {"HTTP_IF_NONE_MATCH": etag},
        {"HTTP_IF_NONE_MATCH": f'"other", {etag[2:]}'},
        {"HTTP_IF_NONE_MATCH": "*"},
        {"HTTP_IF_MODIFIED_SINCE": date},
    ):
        answer = reader.get("/about/", **headers)
        assert (answer.status, answer.sent) == (304, b"")
        assert answer.headers["ETag"] == etag
    assert reader.get("/about/", HTTP_IF_NONE_MATCH='"x"', HTTP_IF_MODIFIED_SINCE=date).sent
    Masthead.objects.create(pk=1, name="The Lantern")
    assert reader.get("/about/", HTTP_IF_NONE_MATCH=etag).status == 200


def test_head_says_what_get_says_without_the_page(reader: Reader) -> None:
    got = reader.get("/about/")
    for _ in range(2):
        head = ask(reader.cache, "/about/", "HEAD")
        assert (head.status, head.sent) == (200, b"")
        head.headers.pop("Last-Modified", None)
        assert head.headers == got.headers
    assert reader.made == ["/about/"]


def test_a_piece_that_was_corrected_is_kept_too(reader: Reader) -> None:
    address = (article := make_article()).get_absolute_url()
    publishing.record_edit(article, by=None, substantive=True, note="It opened in May.")
    assert reader.makes(address, address) == [address]
    publishing.record_edit(article, by=None, substantive=True, note="It closed in June.")
    assert b"It closed in June." in reader.get(address).body


def test_requests_of_staff_and_of_other_hosts_go_past_the_store(reader: Reader) -> None:
    reader.get("/about/")
    passing = reader.get("/about/", HTTP_COOKIE="sessionid=abc")
    assert passing.headers["Cache-Control"] == "no-cache"
    for past in ({"HTTP_HOST": "testserver:81"}, {"SCRIPT_NAME": "/below"}):
        assert [reader.get("/about/", **past).status for _ in range(2)] == [200, 200]
    assert reader.get("/about/", HTTP_HOST="evil.example").status == 400
    assert reader.made == ["/about/"] * 7


def test_only_our_own_proxy_says_by_which_scheme_a_page_is_asked_for(
    a_reader: Callable[[], Reader], settings: Any
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    reader = a_reader()
    reader.get("/about/")
    reader.get("/about/", HTTP_X_FORWARDED_PROTO="https")  # a stranger: plain as before
    assert reader.made == ["/about/"]
    for said in ("https", "http, https", "https"):
        reader.get("/about/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_PROTO=said)
    assert reader.made == ["/about/"] * 2


def test_a_reader_with_other_cookies_is_served_the_page_of_everybody(reader: Reader) -> None:
    reader.get("/about/", HTTP_COOKIE="seen=1", HTTP_ACCEPT_LANGUAGE="ko")
    assert reader.get("/about/").status == 200
    assert reader.made == ["/about/"]


def test_a_page_is_made_for_nobody_in_particular(reader: Reader) -> None:
    asked: list[dict[str, Any]] = []
    django = reader.cache.application

    def noting(environ: dict[str, Any], start: Any) -> Any:
        asked.append(environ)
        return django(environ, start)

    reader.cache.application = noting
    theirs = {"HTTP_COOKIE": "seen=1", "HTTP_ACCEPT_LANGUAGE": "ko", "HTTP_IF_NONE_MATCH": '"x"'}
    reader.get("/reviews/?utm_source=x&page=7&page=1", **theirs, CONTENT_TYPE="text/plain")
    (environ,) = asked
    assert environ["QUERY_STRING"] == "page=1"
    assert not {*theirs, "HTTP_ACCEPT_ENCODING", "CONTENT_TYPE"} & set(environ)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("200 OK", ("Set-Cookie", "of=one")),
        ("200 OK", ("Vary", "Cookie")),
        ("200 OK", ("Cache-Control", "private")),
        ("200 OK", ("Cache-Control", "max-age=0, no-store")),
        ("302 Found", ("Location", "/")),
        ("503 Service Unavailable", ("Retry-After", "10")),
    ],
)
def test_what_is_of_one_reader_or_of_one_moment_is_not_stored(
    reader: Reader, status: str, said: tuple[str, str]
) -> None:
    asked = []

    def answers(environ: dict[str, Any], start: Any) -> list[bytes]:
        asked.append(environ)
        start(status, [("Content-Type", "text/plain"), said])
        return [b"Once."]

    reader.cache.application = answers
    for _ in range(2):
        answer = reader.get("/about/")
        assert answer.headers[said[0]] == said[1]
        assert "ETag" not in answer.headers
    assert len(asked) == 2


def test_a_page_of_a_table_that_nobody_watches_is_made_each_time_and_the_log_says_why(
    reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    django = reader.cache.application

    def asks_more(environ: dict[str, Any], start: Any) -> Any:
        User.objects.exists()
        return django(environ, start)

    reader.cache.application = asks_more
    assert reader.makes("/about/", "/about/") == ["/about/", "/about/"]
    assert "/about/ is not stored: " in caplog.text
    assert "auth_user" in caplog.text


def test_what_is_not_there_is_not_stored(reader: Reader) -> None:
    for _ in range(2):
        answer = reader.get("/reviews/nowhere/")
        assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-cache")
    assert reader.made == ["/reviews/nowhere/"] * 2


def test_a_cache_in_front_may_keep_pages_by_what_they_show(
    reader: Reader, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CDN_SECONDS = 600
    noon = timezone.localtime().replace(hour=12)  # no page is kept past midnight
    monkeypatch.setattr(timezone, "now", lambda: noon)
    article = make_article()
    headers = reader.get(article.get_absolute_url()).headers
    lasting = "public, max-age=0, must-revalidate, s-maxage=600, stale-while-revalidate=60"
    assert headers["Cache-Control"] == lasting
    assert f"comments_comment-{article.pk}" in headers["Surrogate-Key"].split(" ")
    assert f"comments_comment-{article.pk}" in headers["Cache-Tag"].split(",")


def test_what_a_clock_that_was_ahead_showed_does_not_stay(
    a_reader: A_Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, first = timezone.now(), a_reader()
    article = make_article()
    Article.objects.filter(pk=article.pk).update(
        status="scheduled", publish_at=now + timedelta(minutes=1)
    )
    for ahead, shown in ((timedelta(minutes=2), True), (timedelta(), False)):
        monkeypatch.setattr(timezone, "now", lambda ahead=ahead: now + ahead)
        for reader in (first, a_reader()):
            assert (article.headline.encode() in reader.get("/").body) is shown


def test_a_cache_in_front_keeps_no_page_past_its_moment(reader: Reader, settings: Any) -> None:
    settings.CDN_SECONDS = 600
    Article.objects.filter(pk=make_article().pk).update(
        status="scheduled", publish_at=timezone.now() + timedelta(seconds=30)
    )
    said = reader.get("/").headers["Cache-Control"]
    assert int(said.partition("s-maxage=")[2]) <= 30  # nor while it asks for another


def test_nginx_beside_us_keeps_a_page_until_the_second_is_over(reader: Reader) -> None:
    before = int(time.time())
    said = reader.get("/about/").headers["X-Accel-Expires"]
    assert before <= int(said.removeprefix("@")) <= time.time()


def test_no_page_for_everybody_is_of_one_reader(reader: Reader, client: Client) -> None:
    assert reader.fresh("/").headers["Vary"] == "Accept-Encoding"
    assert client.get("/").cookies == {}
