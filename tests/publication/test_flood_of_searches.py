"""Searches ask the database each time: who hurries waits, and readers keep the processor."""

from typing import Any

import html5lib
import pytest

from publication.floods import admission, serving
from publication.floods.serving import Floods

from .flooding import HERE, THERE, Clock, typed_in
from .reading import Page, ask


def found(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [])
    return [b"found"]


def test_one_network_searches_no_faster_than_by_hand(floods: Floods, clock: Clock) -> None:
    floods.application = found

    def search(words: str, sender: str = HERE, method: str = "GET") -> Page:
        return ask(floods, f"/search/?q={words}", method, REMOTE_ADDR=sender)

    assert [search("noir").status for _ in range(admission.OF_A_NETWORK)].count(200) == 20
    later = search("%22%3E%3Cb%3E")
    assert (later.status, later.headers["Retry-After"]) == (429, "5")
    page = later.body.decode()
    assert "Wait a few seconds, then press the button." in page
    assert 'value="&quot;&gt;&lt;b&gt;"' in page
    html5lib.HTMLParser(strict=True).parse(page)
    assert search("noir", method="HEAD").body == b""
    assert search("noir", sender=THERE).status == 200
    assert ask(floods, "/search/", REMOTE_ADDR=HERE).status == 200, "the empty form costs nothing"
    assert ask(floods, "/reviews/?q=noir", REMOTE_ADDR=HERE).status == 200
    clock.now += 5
    assert search("noir").status == 200


@pytest.mark.parametrize("query", ["%71=noir", "&%71=noir", "a=1;b&q=noir", "q%3D=&%71%3dnoir"])
def test_a_search_is_one_however_its_query_is_written(
    floods: Floods, clock: Clock, query: str
) -> None:
    floods.application = found
    said = [ask(floods, f"/search/?{query}", REMOTE_ADDR=HERE).status for _ in range(21)]
    assert said.count(200) == admission.OF_A_NETWORK


def test_searches_of_everybody_leave_the_processor_to_readers(
    floods: Floods, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter(range(100))
    monkeypatch.setattr(serving.time, "thread_time", lambda: float(next(times)))
    floods.application = found
    said = [ask(floods, "/search/?q=x", REMOTE_ADDR=f"10.0.0.{n}").status for n in range(3)]
    assert said == [200, 429, 429]


def test_who_waited_is_searched_for_before_a_flood_of_strangers(
    floods: Floods, clock: Clock
) -> None:
    floods.application = found
    seconds = admission.SECONDS_OF_BURST

    def flood(n: int) -> list[int]:
        places = [
            f"10.{n}.{i // 250}.{i % 250}" for i in range(serving.SEARCHES_A_SECOND * seconds)
        ]
        return [ask(floods, "/search/?q=x", REMOTE_ADDR=place).status for place in places]

    flood(0)
    asked = ask(floods, "/search/?q=noir", REMOTE_ADDR=HERE)
    assert asked.status == 429
    ticket = typed_in(asked)["again"]
    assert ask(floods, f"/search/?q=noir&again={ticket}", REMOTE_ADDR=HERE).status == 429, "at once"
    clock.now += admission.TRY_AGAIN_IN
    assert 429 in flood(1)
    assert ask(floods, "/search/?q=noir", REMOTE_ADDR=HERE).status == 429
    assert ask(floods, f"/search/?q=noir&again={ticket}", REMOTE_ADDR=THERE).status == 429
    assert ask(floods, f"/search/?q=noir&again={ticket}", REMOTE_ADDR=HERE).status == 200


def test_a_ticket_does_not_lift_the_limit_of_one_network(floods: Floods, clock: Clock) -> None:
    floods.application = found
    for _ in range(admission.OF_A_NETWORK):
        ask(floods, "/search/?q=noir", REMOTE_ADDR=HERE)
    ticket = typed_in(ask(floods, "/search/?q=noir", REMOTE_ADDR=HERE))["again"]
    clock.now += admission.TRY_AGAIN_IN
    address = f"/search/?q=noir&again={ticket}"
    said = [ask(floods, address, REMOTE_ADDR=HERE).status for _ in range(5)]
    assert said == [200, 200, 429, 429, 429]
