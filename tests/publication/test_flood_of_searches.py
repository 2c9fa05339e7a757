"""Searches ask the database each time: who hurries waits, and readers keep the processor."""

from typing import Any

import html5lib
import pytest

from publication.floods import admission, serving
from publication.floods.serving import Floods

from .flooding import HERE, THERE, Clock
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


def test_searches_of_everybody_leave_the_processor_to_readers(
    floods: Floods, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter(range(100))
    monkeypatch.setattr(serving.time, "thread_time", lambda: float(next(times)))
    floods.application = found
    said = [ask(floods, "/search/?q=x", REMOTE_ADDR=f"10.0.0.{n}").status for n in range(3)]
    assert said == [200, 429, 429]
