"""A service that speaks Akismet's protocol on loopback, for tests over a real connection.

It answers as https://akismet.com/developers/ says: “true” for the test author and address, “false”
for an administrator and for everything else. `does` switches what it does instead.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from tests.http_double import Handler, Reply, Service, running

KEY = "a1b2c3d4e5f6"
SITE = "https://publication.example/"
THANKS = "Thanks for making the web a better place."
SPAM_AUTHORS = ("viagra-test-123", "akismet-guaranteed-spam")
SPAM_EMAIL = "akismet-guaranteed-spam@example.com"


@dataclass
class Request:
    path: str
    fields: dict[str, list[str]]
    headers: dict[str, str]
    method: str = "POST"


ALERT = {"X-akismet-alert-code": "10402", "X-akismet-alert-msg": "Your key is suspended."}
WARNING = {"X-akismet-alert-code": "10501", "X-akismet-alert-msg": "Over."}
SWITCHES: dict[str, Reply] = {
    "discard": Reply("true", headers={"X-akismet-pro-tip": "discard"}),
    "recheck": Reply("false", headers={"X-akismet-recheck-after": "120"}),
    "alert": Reply("false", headers=ALERT),
    "warning": Reply("false", headers=WARNING),
    "error": Reply("false", headers={"X-akismet-error": "missing-required-field"}),
    "invalid": Reply("invalid", headers={"X-akismet-debug-help": f"No site for {KEY}."}),
    "500": Reply("true", 500),
    "404": Reply("true", 404),
    "429": Reply("true", 429, {"Retry-After": "600"}),
    "empty": Reply(""),
    "HTML": Reply("<html><body>true</body></html>"),
    "newline": Reply(" true\r\n"),
    "True": Reply("True"),
    "huge": Reply("true" + " " * 100_000),
    "redirect": Reply("true", 302, {"Location": "http://127.0.0.1:9/"}),
}


class Double(Service):
    def __init__(self) -> None:
        super().__init__(_Handler)
        self.does = ""  # a switch above, or hang, drip, break, garbage
        self.knows = KEY
        self.requests: list[Request] = []
        self.let_go = threading.Event()  # ends what hangs

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path.endswith(path)]


class _Handler(Handler):
    server: Double

    def do_POST(self) -> None:  # noqa: N802 (its name there)
        self.answer(parse_qs(self.body().decode(), keep_blank_values=True))

    def do_GET(self) -> None:  # noqa: N802 (its name there)
        parts = urlsplit(self.path)
        self.path = parts.path
        self.answer(parse_qs(parts.query, keep_blank_values=True))

    def answer(self, fields: dict[str, list[str]]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append(Request(self.path, fields, headers, self.command))
        does = self.server.does
        if does == "break":
            self.close_connection = True
        elif does == "garbage":
            self.wfile.write(b"\x00\x01 no HTTP at all\r\n\r\n")
        elif does == "hang":
            self.server.let_go.wait(30)
        elif does == "drip":
            self.drip()
        else:
            self.reply(SWITCHES.get(does) or self.verdict(fields))

    def verdict(self, fields: dict[str, list[str]]) -> Reply:
        said = {name: values[0] for name, values in fields.items()}
        if self.command != ("GET" if self.path == "/1.2/usage-limit" else "POST"):
            return Reply("", 405)
        if said.get("api_key") != self.server.knows or not said.get("blog", "").startswith("http"):
            return Reply("invalid", headers={"X-akismet-debug-help": "Unknown key."})
        if self.path == "/1.1/verify-key":
            return Reply("valid")
        if self.path == "/1.2/usage-limit":
            usage = {"limit": 350000, "usage": 7463, "percentage": "2.13", "throttled": False}
            return Reply(json.dumps(usage))
        if not said.get("user_ip"):
            return Reply("invalid", headers={"X-akismet-debug-help": 'Empty "user_ip" value'})
        if self.path in ("/1.1/submit-spam", "/1.1/submit-ham"):
            return Reply(THANKS)
        if self.path != "/1.1/comment-check":
            return Reply("", 404)
        if said.get("user_role") == "administrator":
            return Reply("false")
        spam = said.get("comment_author") in SPAM_AUTHORS
        spam = spam or said.get("comment_author_email") == SPAM_EMAIL
        return Reply("true" if spam else "false", headers={"X-akismet-guid": "0123abcd"})

    def drip(self) -> None:
        """A byte now and then, for ever: each wait is short, all of them together are not."""
        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 10_000:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if self.server.let_go.wait(0.05):
                return


@contextmanager
def akismet_double() -> Iterator[Double]:
    with running(Double()) as double:
        try:
            yield double
        finally:
            double.let_go.set()
