"""The corpus of hostile texts in every field, on every page, in a real browser: nothing runs.

The browser is told to ignore the content policy: what is looked for is text that became markup.
The policy is the second lock, and has its own tests.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Page, Request

from publication import sessions
from publication.security import digest
from tests.factories import make_user

from . import hostile
from .addresses import Rows, patterns

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

# Whatever calls these was not us.
TRAP = """for (const name of ["alert", "confirm", "prompt", "print"])
  window[name] = () => ran(`${name} on ${location.href}`);"""

LOOK = Path(__file__).with_name("look.js").read_text()


# Pictures fail, so that their handlers would run; how it looks does not matter here.
STOPPED = ["*/media/*", "*/thumbnail/*", "*.css", "*.woff2", "*.svg", "*.png", "*.ico"]


class Net:
    """What a browser did that no page of ours asked for."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.caught: list[str] = []
        self.host = urlsplit(base_url).netloc
        self.context: BrowserContext = browser.new_context(base_url=base_url, bypass_csp=True)
        self.context.set_default_timeout(20_000)
        self.context.expose_function("ran", lambda what: self.caught.append(what))
        self.context.add_init_script(TRAP)
        self.context.on("request", self._asked)
        self.page = self._new_page()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.on("dialog", self._caught_dialog)
        page.on("popup", lambda popup: self.caught.append(f"popup {popup.url}"))
        wire = self.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.setBlockedURLs", {"urls": STOPPED})
        return page

    def _caught_dialog(self, dialog: Dialog) -> None:
        self.caught.append(dialog.message)
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        """No other host is found (tests/browser/conftest.py); that it was tried is told here."""
        if urlsplit(request.url).netloc != self.host and not request.url.startswith("data:image/"):
            self.caught.append(f"asked {request.url}")

    def look(self, path: str) -> None:
        try:
            answer = self.page.goto(path, wait_until="load")
        except Error as error:
            if "ERR_HTTP_RESPONSE_CODE_FAILURE" in str(error):  # 405 with nothing in it
                self.page.close()
                self.page = self._new_page()
            else:
                self.caught.append(f"{path[:80]} left for elsewhere: {error}")
            return
        assert answer is not None
        assert answer.status < 500, path
        if "html" in answer.headers.get("content-type", ""):
            policy = answer.headers["content-security-policy"]
            self.caught += [f"{path[:80]} {said}" for said in self.found(policy)]

    def found(self, policy: str) -> list[str]:
        """What is in the page and must not be; inline scripts may be that the policy knows."""
        said: list[str] = self.page.evaluate(LOOK)
        known = [s for s in said if s.startswith("inline:") and digest(s[7:]) in policy]
        return [one for one in said if one not in known]


@pytest.fixture
def net(browser: Browser, live_server: Any) -> Iterator[Net]:
    net = Net(browser, live_server.url)
    yield net
    net.context.close()


def log_in(net: Net) -> None:
    client = Client()
    client.force_login(make_user("Administrator"))
    session = client.session
    session[sessions._FRESH] = sessions.time.time()
    session.save()
    net.context.add_cookies(
        [{"name": "sessionid", "value": session.session_key, "domain": "localhost", "path": "/"}]
    )


NOT_LOOKED_AT = ("/admin/logout/", "/admin/login/", "/media/", "/admin/autocomplete/")
NOT_LOOKED_AT += ("/admin/alive/", "/admin/jsi18n/", "/admin/r/", "/admin/(?P")


def pages(rows: Rows) -> Iterator[tuple[str, str]]:
    for route, _ in patterns():
        barely = route.endswith(("/history/", "/<path:object_id>/", "/add/", "/delete/"))
        if not route.startswith(NOT_LOOKED_AT) and not (route.startswith("/admin/") and barely):
            yield route, rows.address(route).path


def test_the_corpus_is_large_and_of_many_kinds() -> None:
    classes = hostile.by_class()
    assert len(classes) >= 12
    assert len(set(hostile.payloads())) >= 200


def test_the_net_catches_what_runs_and_what_would(net: Net) -> None:
    net.page.goto("/robots.txt")
    for name in ("plain script elements", "event handlers", "SVG and MathML"):
        for payload in hostile.by_class()[name][:6]:
            net.caught.clear()
            net.page.set_content(f"<!doctype html><div>{payload}</div>")
            assert net.caught or net.page.evaluate(LOOK), payload


def test_no_text_in_the_publication_runs_on_any_page(net: Net) -> None:
    rows = Rows()
    filled = hostile.everywhere(rows)
    for field in ("article.headline", "article.body", "comment.text", "comment.author_name"):
        assert filled[field] > 20
    for field in ("article.standfirst", "article.verdict", "film.title", "person.name"):
        assert filled[field] > 20
    for field in ("image.alt_text", "image.credit_line", "image.caption", "filmtitle.text"):
        assert filled[field] > 10
    for field in ("section.name", "tag.name", "reviewer.bio", "credit.character"):
        assert filled[field] > 10
    for field in ("festival.name", "festivaledition.city", "masthead.name", "report.note"):
        assert filled[field] >= 1
    log_in(net)
    for _, path in pages(rows):
        net.look(path)
    assert not net.caught, "\n".join(net.caught[:20])


def test_no_question_runs(net: Net) -> None:
    """Search, filters, pages and codes: whatever stands in an address is shown as text."""
    rows = Rows()
    log_in(net)
    asked = ("q", "page", "country", "film", "code", "article", "status", "next", "sort", "o", "e")
    lists = [
        path
        for route, path in pages(rows)
        if "<" not in route and ("/admin/" not in route or route.count("/") == 4)
    ]
    texts = hostile.packs(1200)
    for n, path in enumerate(lists):
        question = {name: texts[(n + i) % len(texts)] for i, name in enumerate(asked)}
        net.look(f"{path}?{urlencode(question)}")
    for text in texts:
        net.look(
            f"/reviews/?{urlencode(dict.fromkeys(('festival', 'year', 'reviewer', 'q'), text))}"
        )
    assert not net.caught, "\n".join(net.caught[:20])


def test_no_form_that_comes_back_runs_what_was_typed(net: Net) -> None:
    """Everything is in every field at once, which no form takes: each shows it all again."""
    rows = Rows()
    log_in(net)
    everything = "\n".join(hostile.payloads()).replace("\0", "")
    names = (
        "text",
        "name",
        "email",
        "url",
        "note",
        "reason",
        "earlier",
        "code",
        "version",
        "stamp",
    )
    for route in (
        "/comments/on/<int:pk>/",
        "/comments/<int:pk>/report/",
        "/privacy/comments/yours/",
        "/by-mail/",
    ):
        send(net, rows.address(route).path, dict.fromkeys(names, everything))
    send(
        net, rows.address("/comments/yours/<str:token>/").path, {"text": everything, "version": "x"}
    )
    assert not net.caught, "\n".join(net.caught[:20])


SEND = """([path, fields]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: path });
  for (const [name, value] of Object.entries(fields)) {
    const field = Object.assign(document.createElement("textarea"), { name });
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}"""


def send(net: Net, path: str, fields: dict[str, str]) -> None:
    """Post as a browser does, from a page of the site, and look at what comes back."""
    net.page.goto("/about/")
    with net.page.expect_navigation(wait_until="load") as sent:
        net.page.evaluate(SEND, [path, fields])
    assert json.dumps("onerror=alert(1)")[1:-1] in net.page.content(), path
    policy = sent.value.headers["content-security-policy"]
    net.caught += [f"{path} {said}" for said in net.found(policy)]
