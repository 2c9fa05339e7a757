"""What a request says in several ways is understood in one, and strangers' bodies are read only
where one is taken."""

import gc
import tracemalloc
from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from pytest_django import Settings

from publication.entrance import LONGEST_LOGIN, Entrance
from publication.floods.serving import Floods
from publication.pagecache.serving import PageCache

from .reading import Page, ask

TAKE_NOTHING = ["/", "/about/", "/search/", "/nowhere/", "/comments/reports/", "/admin/"]
TAKE_NOTHING += ["/admin/reviews/review/add/", "/admin/reviews/image/upload/"]
TAKE_NOTHING += ["/admin/logout/", "/admin/password/"]
TAKE_NOTHING += ["/comments/unsubscribe/x/", "/by-mail/stop/x/", "/comments/mails/x/"]
COOKIE = "csrftoken=abcdefghijklmnopqrstuvwxyzABCDEF"


class Dripping(BytesIO):
    """A body that never comes: whoever waits for it has waited for ever."""

    def _wait(self, *_: Any) -> bytes:
        raise AssertionError("It is waited for.")

    read = readline = readinto = __next__ = _wait  # type: ignore[assignment]


def post(site: Any, address: str, body: BytesIO, length: int, **said: str) -> Page:
    told: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": str(length)}
    told |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "HTTP_COOKIE": COOKIE}
    return ask(site, address, "POST", **(told | said))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", TAKE_NOTHING)
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_what_a_stranger_sends_is_not_waited_for_where_nothing_is_taken(
    address: str, kind: str
) -> None:
    site = Entrance(get_wsgi_application())
    forged = f"{COOKIE}; sessionid=abcdefghijklmnopqrstuvwxyz012345"
    for cookies in (COOKIE, forged):
        said = {"CONTENT_TYPE": kind, "HTTP_COOKIE": cookies}
        page = post(site, address, Dripping(), 1_000, **said)
        assert page.status in (302, 403, 404, 405)


@pytest.mark.django_db(transaction=True)
def test_forms_longer_than_any_are_not_read() -> None:
    site = Entrance(get_wsgi_application())
    for address in ("/comments/on/1/", "/privacy/comments/yours/"):
        said = {"HTTP_SEC_FETCH_SITE": "same-origin"}
        assert post(site, address, Dripping(), 2_600_000, **said).status in (413, 422, 400)


@pytest.mark.django_db(transaction=True)
def test_a_login_longer_than_any_is_not_read() -> None:
    site = Entrance(get_wsgi_application())
    assert post(site, "/admin/login/", Dripping(), LONGEST_LOGIN + 1).status == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [("post", "/comments/on/1/"), ("POST", f"/comments/on/{'0' * 1_000}1/")],
)
def test_no_other_way_of_asking_goes_round_the_limit(
    settings: Settings, method: str, path: str
) -> None:
    """Django takes “post” for POST and “0001” for 1, and web servers hand them on as they came."""
    settings.COMMENTS_POSTS_A_SECOND = 1
    taken: list[str] = []

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        taken.append(environ["REQUEST_METHOD"])
        start("303 See Other", [])
        return []

    site = Entrance(Floods(PageCache(application)))
    found = [ask(site, path, method).status for _ in range(20)]
    assert 0 < found.count(303) < 5
    assert set(taken) == {"POST"}


@pytest.mark.parametrize("space", ["\u2000", "\u00a0", "\u0085", "\u3000", "\x1f"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_cookie_that_only_django_takes_for_ours_is_not_read(space: str, order: int) -> None:
    """Browsers let another site under our domain set one by such a name, and see no __Host-."""
    read: list[dict[str, str]] = []

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        read.append(WSGIRequest(environ).COOKIES)
        start("200 OK", [])
        return []

    sent = ["look=dark", "__Host-sessionid=ours", f"{space}__Host-sessionid=planted"][::order]
    ask(Entrance(application), "/", HTTP_COOKIE="; ".join(sent).encode().decode("latin-1"))
    assert read == [{"look": "dark", "__Host-sessionid": "ours"}]


@pytest.mark.django_db(transaction=True)
def test_addresses_that_lead_nowhere_do_not_fill_the_memory() -> None:
    """A web server takes addresses of 64 kB, and what is known of a path is remembered."""
    site = Entrance(Floods(PageCache(get_wsgi_application())))
    tracemalloc.start()
    try:
        for number in range(100):
            path = f"/{number}{'a' * 60_000}/"
            assert ask(site, path).status == ask(site, path, "POST").status == 404
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < 3_000_000
    finally:
        tracemalloc.stop()
