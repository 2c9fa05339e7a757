"""More posts than a process takes are turned away before Django: who hurries first."""

import re
import threading
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from pytest_django import Settings

from comments import welcome
from publication import web_server
from publication.floods import admission, door, serving
from publication.floods.admission import Admission
from publication.floods.serving import Floods
from tests.comments.posting import WORDS, address_of, form_data
from tests.factories import make_article

from .flooding import PATH, THERE, Clock, post, thanks
from .reading import ask

with_django = pytest.mark.django_db(transaction=True)


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


def test_a_botnet_fills_no_memory_and_makes_nobody_forgotten_who_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(admission, "MOST_NETWORKS", 100)
    taking = Admission(1)
    taking.refuse(b"goes on", 60.0, 0.0)
    for number in range(1_000):
        taking.wait(b"%d" % number, 0.0)
        assert number % 50 or taking.wait(b"goes on", 0.0) == 60.0
    assert len(taking) == 100


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


def test_whatever_is_sent_at_once_and_however_slowly_a_thread_is_left_for_readers() -> None:
    held = serving.MOST_IN_HAND + serving.MOST_READ + 2 * door.MOST_THERE
    assert held < web_server.THREADS


@with_django
def test_a_network_that_sent_its_share_is_not_asked_about_again(
    settings: Settings, clock: Clock
) -> None:
    """`rate_limits.TooMany`, and after it the same answer from memory."""
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


def test_logging_out_writes_and_is_limited_as_other_forms_are(full: Floods) -> None:
    assert post(full, "/comments/log-out/", {}).status == 429
    assert ask(full, "/comments/log-out/").status == 303, "the application’s answer"


def test_without_a_limit_all_are_taken(settings: Settings) -> None:
    settings.COMMENTS_POSTS_A_SECOND = 0
    floods = Floods(thanks)
    assert {post(floods, PATH, {}).status for _ in range(300)} == {303}
