"""More posts than a process takes are turned away before Django: who hurries first, words kept."""

import re
import threading
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import html5lib
import pytest
from django.core.wsgi import get_wsgi_application
from pytest_django import Settings

from comments import welcome
from comments.models import Comment
from publication.floods import admission, serving
from publication.floods.admission import Admission
from publication.floods.serving import Floods
from tests.comments.posting import WORDS, address_of, form_data
from tests.factories import make_article

from .reading import Page, ask

with_django = pytest.mark.django_db(transaction=True)

PATH = "/comments/on/1/"
HERE, THERE = "203.0.113.9", "198.51.100.7"


class Clock:
    """Stands still until it is moved; and what a post costs is nothing, however busy it is here."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_800_000_000.0
        monkeypatch.setattr(serving.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(serving.time, "time", lambda: self.now)
        monkeypatch.setattr(serving.time, "thread_time", lambda: 0.0)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def floods(settings: Settings, clock: Clock) -> Floods:
    """A process that takes one post a second, three in a burst, one of them for who waited."""
    settings.COMMENTS_POSTS_A_SECOND = 1
    return Floods(get_wsgi_application())


@pytest.fixture
def full(floods: Floods) -> Floods:
    """One that takes no more now; its application says yes to everything."""
    floods.application = thanks
    for number in range(5):
        post(floods, PATH, {}, sender=f"10.0.0.{number}")
    return floods


def thanks(_environ: dict[str, Any], start: Any) -> list[bytes]:
    start("303 See Other", [])
    return []


def post(app: Any, address: str, data: dict[str, str], sender: str = HERE, **more: Any) -> Page:
    body = urlencode(data).encode()
    said = {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    said |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "REMOTE_ADDR": sender}
    return ask(app, address, "POST", **(said | {"HTTP_SEC_FETCH_SITE": "same-origin"} | more))


def typed_in(page: Page) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.body.decode()))


def test_a_burst_is_taken_then_the_rate_and_never_more_than_a_burst_is_saved() -> None:
    taking = Admission(1)

    def taken(now: float, posts: int) -> int:
        return sum(not taking.wait(b"", now) for _ in range(posts))

    assert [taken(at, 5) for at in (1000, 1001.1, 9999)] == [2, 1, 2]


def test_who_hurries_waits_and_the_others_do_not() -> None:
    taking = Admission(100)
    hurried = [taking.wait(b"hurries", 1000.0) for _ in range(200)]
    assert hurried.count(0) == admission.OF_A_NETWORK
    assert taking.wait(b"another", 1000.0) == 0
    assert taking.wait(b"hurries", 1002.1) == 0, "and after a while it may again"


def test_what_is_kept_for_those_who_waited_strangers_do_not_get() -> None:
    taking = Admission(2)
    assert [taking.wait(b"", 5.0) > 0 for _ in range(6)] == [False] * 4 + [True] * 2
    assert [taking.wait(b"", 5.0, waited=True) > 0 for _ in range(3)] == [False, False, True]


def test_posts_get_a_tenth_of_the_processor_whatever_one_costs() -> None:
    for cost in (0.005, 0.05, 0.5):
        taking = Admission(1_000)
        taken = 0
        for tick in range(10_000):  # ten seconds of a flood that asks each millisecond
            if not taking.wait(b"", 1_000 + tick / 1_000):
                taken += 1
                taking.charge(cost)
        granted = admission.WORK_OF_BURST - admission.WORK_KEPT + 10 * admission.SHARE
        assert granted - cost <= taken * cost <= granted + cost


def test_part_of_the_processor_is_kept_for_those_who_waited() -> None:
    taking = Admission(1_000)
    taking.charge(admission.WORK_OF_BURST - admission.WORK_KEPT / 2)
    assert taking.wait(b"", 0.0) > 0
    assert taking.wait(b"", 0.0, waited=True) == 0


@with_django
def test_what_a_post_took_is_charged(floods: Floods, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(environ: dict[str, Any], start: Any) -> list[bytes]:
        times.append(times[-1] + admission.WORK_OF_BURST)
        return thanks(environ, start)

    times = [1.0]
    monkeypatch.setattr(serving.time, "thread_time", lambda: times[-1])
    floods.application = slow
    assert post(floods, PATH, {}).status == 303
    assert post(floods, PATH, {}).status == 429


def test_a_botnet_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "MOST_NETWORKS", 100)
    taking = Admission(1)
    for number in range(1_000):
        taking.wait(b"%d" % number, 0.0)
    assert len(taking) == 100


@with_django
def test_beyond_it_a_reader_gets_the_words_back_and_sends_them_with_one_press(
    floods: Floods, clock: Clock, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    article = make_article()
    for number in range(5):
        post(floods, address_of(article), {}, sender=f"10.0.0.{number}")
    said = form_data(article, text=f"<b>{WORDS}</b>", name='Mina "Min" <i>')
    page = post(floods, address_of(article), said)
    assert (page.status, page.headers["Retry-After"]) == (429, "5")
    assert page.headers["Cache-Control"] == "no-store"
    html5lib.HTMLParser(strict=True).parse(page.body)
    assert f"&lt;b&gt;{WORDS}&lt;/b&gt;</textarea>" in page.body.decode()
    typed = typed_in(page)
    assert typed["name"] == "Mina &quot;Min&quot; &lt;i&gt;"
    assert not Comment.objects.exists()
    clock.now += 5
    (again,) = re.findall(r'action="(\?again=[\w.]+)"', page.body.decode())
    # All the while strangers take whatever there is for them.
    for number in range(9):
        post(floods, address_of(article), {}, sender=f"10.0.1.{number}")
    data = typed | {"name": "Mina", "text": WORDS}
    assert post(floods, address_of(article), data).status == 429, "without having waited"
    assert post(floods, address_of(article) + again, data).status == 303
    assert Comment.objects.get().text == WORDS


def test_the_sign_of_having_waited_cannot_be_made_up_or_passed_on(
    full: Floods, clock: Clock
) -> None:
    page = post(full, PATH, {"text": WORDS})
    (again,) = re.findall(r"again=([\w.]+)", page.body.decode())
    assert not serving._has_waited(f"again={again}", HERE), "at once is not waiting"
    clock.now += 5
    assert serving._has_waited(f"again={again}", HERE)
    assert not serving._has_waited(f"again={again}", THERE)
    for said in (
        "",
        "again=",
        "again=x",
        "again=9.9",
        f"again={again}0",
        "again=²",
        "again=" + "9" * 5000,
    ):
        assert not serving._has_waited(said, HERE)
    clock.now += serving.LATEST
    assert not serving._has_waited(f"again={again}", HERE)


def test_it_costs_neither_a_query_nor_django(clock: Clock, settings: Settings) -> None:
    settings.COMMENTS_POSTS_A_SECOND = 1
    asked = []

    def django(environ: dict[str, Any], start: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        return thanks(environ, start)

    floods = Floods(django)
    found = [post(floods, "/comments/1/reply/", {}, f"10.0.0.{n}").status for n in range(9)]
    assert found == [303] * 2 + [429] * 7
    assert len(asked) == 2


@with_django
def test_it_says_what_all_pages_say_of_security(full: Floods) -> None:
    page = post(full, PATH, {})
    other = ask(get_wsgi_application(), "/about/").headers
    for name in (
        "Content-Security-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
    ):
        assert page.headers[name] == other[name]
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "said",
    [
        {"CONTENT_LENGTH": "2400000"},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "²"},
        {"CONTENT_TYPE": "multipart/form-data; boundary=x"},
        {"CONTENT_TYPE": ""},
    ],
)
def test_what_cannot_be_read_is_left_to_the_browsers_back_button(
    full: Floods, said: dict[str, str]
) -> None:
    page = post(full, PATH, {"text": WORDS}, **said)
    assert page.status == 429
    assert b"Go back to what you wrote" in page.body
    assert b"<form" not in page.body
    html5lib.HTMLParser(strict=True).parse(page.body)


def test_odd_fields_are_handed_back_or_left_out(full: Floods) -> None:
    odd = {'"><script>x</script>': "a\x00b", "name": "\ud55c\uad6d"}
    page = post(full, PATH, odd).body.decode()
    assert "<script>x" not in page
    assert "\x00" not in page
    assert 'value="한국"' in page
    many = {f"f{number}": "x" for number in range(serving.MOST_FIELDS + 1)}
    assert "<form" not in post(full, PATH, many).body.decode()


def test_a_form_without_a_text_keeps_its_fields(full: Floods) -> None:
    page = post(full, "/comments/1/report/", {"reason": "spam"})
    assert page.status == 429
    assert typed_in(page) == {"reason": "spam"}
    assert b"<textarea" not in page.body


def test_two_posts_are_in_hand_and_a_third_waits_for_none(settings: Settings) -> None:
    settings.COMMENTS_POSTS_A_SECOND = 100
    both, go_on = threading.Barrier(3), threading.Event()

    def slow(environ: dict[str, Any], start: Any) -> list[bytes]:
        both.wait(20)
        go_on.wait(20)
        return thanks(environ, start)

    floods = Floods(slow)
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(post(floods, PATH, {}).status))
        for _ in range(serving.MOST_IN_HAND)
    ]
    for thread in threads:
        thread.start()
    both.wait(20)
    assert post(floods, PATH, {}).status == 429
    go_on.set()
    for thread in threads:
        thread.join()
    assert found == [303, 303]


def test_a_slow_senders_words_are_not_waited_for(full: Floods) -> None:
    for _ in range(serving.MOST_READ):
        full._read.acquire()
    page = post(full, PATH, {"text": WORDS})
    assert page.status == 429
    assert b"Go back to what you wrote" in page.body


@with_django
def test_a_network_that_sent_its_share_is_not_asked_about_again(
    settings: Settings, clock: Clock
) -> None:
    """`patience.TooMany`, and after it the same answer from memory."""
    settings.COMMENTS_POSTS_A_SECOND = 100
    floods, article = Floods(get_wsgi_application()), make_article()
    for number in range(welcome.MOST_FROM_ADDRESS):
        said = form_data(article, text=f"Number {number}")
        assert post(floods, address_of(article), said).status == 303
    first = post(floods, address_of(article), form_data(article))
    assert first.status == 429
    assert 0 < int(first.headers["Retry-After"]) <= 600
    floods.application = None  # type: ignore[assignment]
    clock.now += 60
    second = post(floods, address_of(article), form_data(article))
    assert second.status == 429
    assert 0 < int(second.headers["Retry-After"]) <= int(first.headers["Retry-After"]) - 58
    assert f">\n{WORDS}</textarea>" in second.body.decode()
    assert re.search(r"Try again in \d minutes", second.body.decode())
    floods.application = get_wsgi_application()
    elsewhere = post(floods, address_of(article), form_data(article), sender=THERE)
    assert elsewhere.status == 303


def test_reading_and_the_newsroom_are_never_turned_away(full: Floods) -> None:
    assert post(full, PATH, {}).status == 429
    assert ask(full, PATH).status == 303, "the application’s answer"
    assert post(full, "/admin/login/", {}).status == 303
    assert post(full, "/comments/unsubscribe/x/", {}).status == 303


def test_without_a_limit_all_are_taken(settings: Settings) -> None:
    settings.COMMENTS_POSTS_A_SECOND = 0
    floods = Floods(thanks)
    assert {post(floods, PATH, {}).status for _ in range(300)} == {303}
