"""Whatever is sent to whatever address: an answer that says something, never a 500."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publication import sessions
from tests.factories import make_user

from .addresses import Rows, patterns

pytestmark = pytest.mark.django_db

ODD = [
    b"",
    b"0",
    b"-1",
    b"1e309",
    b"9" * 30,
    b"99999999999999999999",
    b"2147483648",
    b"\x00",
    b"a\x00b",
    b"\xff\xfe",
    b"\xed\xa0\x80",  # a surrogate, as UTF-8 does not allow it
    "가나다".encode(),
    "١٢٣".encode(),  # digits to Python, not to a database
    "²".encode(),
    "\u202e\ufeff\U0001f3ac".encode(),
    b"x" * 5000,
    b"../../etc/passwd",
    b"%00",
    b"%s%n{0}{{x}}",
    b"' OR 1=1 --",
    b"\r\nSet-Cookie: x=y",
    b"[]",
    b"1,2,3",
    b"None",
    b"2021-02-30",
    b"on",
]
NAMES = [b"q", b"page", b"country", b"film", b"reviewer", b"festival", b"year", b"code", b"new"]
NAMES += [b"order", b"o", b"p", b"e", b"all", b"_popup", b"_to_field", b"status__exact", b"pk"]
NAMES += [b"id__in", b"article", b"next", b"text", b"name", b"email", b"url", b"stamp", b"version"]
NAMES += [b"reason", b"note", b"earlier", b"withdraw", b"prove", b"action", b"_selected_action"]
NAMES += [b"comment", b"comments", b"ids", b"headline", b"body", b"slug", b"rating", b"section"]
NAMES += [b"bylines-TOTAL_FORMS", b"bylines-INITIAL_FORMS", b"bylines-0-reviewer", b"publish_at"]
NAMES += [b"username", b"password", b"term", b"app_label", b"model_name", b"field_name"]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X"]
TYPES = [  # codecs of no text do not come past the entrance: test_charsets.py
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain; charset=utf-7",
    "application/x-www-form-urlencoded; charset=nonsense",
    "\xff",
    "",
]
HEADERS = [
    {},
    {"HTTP_COOKIE": "sessionid=\xff\x00; csrftoken==;;=; commenter=x"},
    {"HTTP_ACCEPT_LANGUAGE": "x" * 2000, "HTTP_ACCEPT": "\xff", "HTTP_ACCEPT_ENCODING": ";q=x"},
    {"HTTP_X_FORWARDED_FOR": "junk, ,999.1.1.1,[::1", "HTTP_X_FORWARDED_PROTO": ",,"},
    {"HTTP_IF_MODIFIED_SINCE": "yesterday", "HTTP_IF_NONE_MATCH": '"', "HTTP_RANGE": "bytes=9-1"},
    {"HTTP_ORIGIN": "https://[", "HTTP_REFERER": "http://\xff:99999/"},
    {"HTTP_SEC_FETCH_SITE": "same-origin"},
    {"HTTP_SEC_FETCH_SITE": "same-origin", "REMOTE_ADDR": "not an address"},
    {"CONTENT_LENGTH": "-5"},
    {"CONTENT_LENGTH": "x"},
]

typed = st.text(max_size=9).map(lambda text: text.encode("utf-8", "surrogatepass"))
values = st.one_of(st.sampled_from(ODD), st.binary(max_size=20), typed)
pairs = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=6)
encoded = pairs.map(
    lambda said: "&".join(f"{quote_from_bytes(n)}={quote_from_bytes(v)}" for n, v in said)
)
queries = st.one_of(encoded, st.binary(max_size=30).map(lambda raw: raw.decode("latin-1")))
A_FILE = b'--x\r\nContent-Disposition: form-data; name="file"; filename="\x00"\r\n\r\n\xff\r\n--x--'
bodies = st.one_of(encoded.map(str.encode), st.binary(max_size=60), st.just(A_FILE))
ROUTES = [route for route, _ in patterns()]
PARTS = ("<path:object_id>", "<path:content_type_id>", "<id>", "<int:pk>", "<slug:slug>")
PARTS += ("<str:token>", "<int:year>", "<year:year>", "<month:month>", "<path:name>")

quick = settings(
    max_examples=150,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
requests = {
    "method": st.sampled_from(METHODS),
    "odd": st.none() | values,
    "query": queries,
    "body": bodies,
    "kind": st.sampled_from(TYPES),
    "headers": st.sampled_from(HEADERS),
}


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, rows: Rows, route: str, said: dict[str, Any]) -> None:
    """One request, with odd parts in the address or the right ones."""
    path = rows.address(route).path.encode()
    if said["odd"] is not None:
        path = route.replace("^", "").replace("$", "").encode()
        for part in PARTS:
            path = path.replace(part.encode(), said["odd"])
    with taken_back():
        response = client.generic(
            said["method"],
            "/",
            said["body"],
            said["kind"],
            **{"PATH_INFO": path.decode("latin-1"), "QUERY_STRING": said["query"]}
            | said["headers"],
        )
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code < 500, (route, said)


@pytest.fixture
def rows(db: None) -> Rows:
    return Rows()


PUBLIC = [route for route in ROUTES if not route.startswith("/admin/")]
NEWSROOM = [route for route in ROUTES if route.startswith("/admin/") and "logout" not in route]


@quick
@given(route=st.sampled_from([*PUBLIC, "/admin/", "/admin/login/", "/admin/password/"]), **requests)
def test_nothing_a_stranger_sends_breaks_anything(rows: Rows, route: str, **said: Any) -> None:
    ask(Client(raise_request_exception=False), rows, route, said)


@pytest.fixture
def administrator(db: None) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_user("Administrator"))
    session = client.session
    session[sessions._FRESH] = sessions.time.time()
    session.save()
    return client


@quick
@given(route=st.sampled_from(NEWSROOM), **requests)
def test_nothing_an_administrator_sends_breaks_anything(
    rows: Rows, administrator: Client, route: str, **said: Any
) -> None:
    said["headers"] = {k: v for k, v in said["headers"].items() if k != "HTTP_COOKIE"}
    ask(administrator, rows, route, said)


def test_every_odd_value_in_every_part_of_every_address(rows: Rows) -> None:
    client = Client(raise_request_exception=False)
    for value, route in product(ODD, PUBLIC):
        odd = {"odd": value, "body": b"", "kind": "", "headers": {}, "method": "GET"}
        if "<" in route:
            ask(client, rows, route, odd | {"query": ""})
        elif route.count("/") <= 3:
            named = "&".join(f"{n.decode()}={quote_from_bytes(value)}" for n in NAMES[:10])
            ask(client, rows, route, odd | {"odd": None, "query": named})


DESKS = ["comments/comment", "reviews/review", "reviews/image", "reviews/film", "auth/user"]


@pytest.mark.parametrize(
    "address",
    [
        *("comments/comment/?state=a%00", "comments/comment/?section=%00", "reviews/review/?q=%00"),
        *("comments/comment/alike/?by=link&value=abc%00d", "reviews/review/?kind=%00"),
        *("reviews/image/?rights_status__exact=%00", "comments/phrase/?action=%00"),
    ],
)
def test_a_null_character_in_a_question_finds_nothing(administrator: Client, address: str) -> None:
    assert administrator.get(f"/admin/{address}").status_code == 404


@pytest.mark.parametrize("desk", DESKS)
def test_a_text_that_is_pasted_into_a_search_is_looked_for_by_its_first_words(
    administrator: Client, desk: str
) -> None:
    text = " ".join(f"word{n}" for n in range(1_000))
    answer = administrator.get(f"/admin/{desk}/", {"q": text})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "word0 word1 " in page
    assert "word999" not in page
    assert administrator.get(f"/admin/{desk}/", {"q": "x" * 60_000}).status_code == 200


@pytest.mark.parametrize("name", ["tags", "people"])
def test_a_key_that_is_too_large_is_no_choice(administrator: Client, name: str) -> None:
    answer = administrator.post("/admin/reviews/article/add/", {name: ["9" * 30]})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors[name]
