"""Posts as a flood sends them, to a process whose clock the test moves."""

import re
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest

from publication.floods import serving

from .reading import Page, ask

PATH = "/comments/on/1/"
HERE, THERE = "203.0.113.9", "198.51.100.7"


class Clock:
    """Stands still until it is moved; and what a post costs is nothing, however busy it is here."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_800_000_000.0
        monkeypatch.setattr(serving.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(serving.time, "time", lambda: self.now)
        monkeypatch.setattr(serving.time, "thread_time", lambda: 0.0)


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
