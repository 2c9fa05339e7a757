"""A service on loopback where readers have accounts, by OAuth 2.0 with PKCE and OpenID Connect, for
tests over a real connection. `does` switches what goes wrong."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.http_double import Handler, Reply, Service, running

CLIENT_ID, CLIENT_SECRET = "publication", "a:secret/of+ours"
ANN: dict[str, Any] = {
    "sub": "1",
    "name": "Ann Lee",
    "email": "Ann@Example.org",
    "email_verified": True,
}
NONSENSE: dict[str, Reply] = {
    "500": Reply("{}", 500),
    "404": Reply("{}", 404),
    "empty": Reply(""),
    "HTML": Reply("<html>Down for maintenance</html>"),
    "list": Reply("[1]"),
    "nested": Reply("[" * 60_000),
    "error": Reply('{"error": "invalid_client"}', 401),
    "huge": Reply(json.dumps({"access_token": "x" * 100_000})),
    "redirect": Reply("{}", 302, {"Location": "http://127.0.0.1:9/"}),
}


@dataclass
class Accounts(Service):
    """`said` is the profile; `in_header` whether clients name themselves there; `does` is a switch
    of NONSENSE, or hang, of the address that `where` names."""

    said: dict[str, Any] = field(default_factory=lambda: dict(ANN))
    does: str = ""
    where: str = "/token"
    in_header: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(_Handler)

    def logs_in(self, address: str, **more: str) -> str:
        """The address to which somebody is sent back who has said yes at this one."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT_ID
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return (
            f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']} | more)}"
        )

    def says_no(self, address: str) -> str:
        asked = parse_qs(urlsplit(address).query)
        said = {"error": "access_denied", "state": asked["state"][0]}
        return f"{asked['redirect_uri'][0]}?{urlencode(said)}"


class _Handler(Handler):
    server: Accounts

    def do_GET(self) -> None:  # noqa: N802 (its name there)
        self.answer()

    def do_POST(self) -> None:  # noqa: N802 (its name there)
        self.answer()

    def answer(self) -> None:
        path, accounts = urlsplit(self.path).path, self.server
        form = {name: values[0] for name, values in parse_qs(self.body().decode()).items()}
        accounts.asked.append(path)
        if accounts.does and accounts.where == path:
            if accounts.does == "hang":
                accounts.let_go.wait(10)
            self.reply(NONSENSE.get(accounts.does, Reply("{}")))
            return
        pages = {
            "/.well-known/openid-configuration": self.discovery,
            "/authorize": self.authorize,
            "/token": lambda: self.token(form),
            "/me": self.me,
        }
        self.reply(pages[path]())

    def discovery(self) -> Reply:
        base = self.server.url
        way = "basic" if self.server.in_header else "post"
        said = {
            "issuer": base,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "userinfo_endpoint": f"{base}/me",
            "token_endpoint_auth_methods_supported": [f"client_secret_{way}"],
        }
        return Reply(json.dumps(said))

    def authorize(self) -> Reply:
        """A page with a yes and a no, as a reader sees it."""
        yes = escape(self.server.logs_in(self.path))
        no = escape(self.server.says_no(self.path))
        page = (
            f"<!doctype html><title>Log in</title><a href='{yes}'>Allow</a> <a href='{no}'>No</a>"
        )
        return Reply(page, headers={"Content-Type": "text/html"})

    def token(self, form: dict[str, str]) -> Reply:
        asked = self.server.codes.pop(form.get("code", ""), None)
        pair = "publication:a%3Asecret%2Fof%2Bours"
        basic = f"Basic {base64.b64encode(pair.encode()).decode()}"
        if self.server.in_header:
            known = self.headers.get("Authorization") == basic and "client_secret" not in form
        else:
            known = (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if not asked or not known or form.get("redirect_uri") != asked["redirect_uri"]:
            return Reply('{"error": "invalid_grant"}', 400)
        if challenge != asked["code_challenge"]:
            return Reply('{"error": "invalid_grant"}', 400)
        token = secrets.token_urlsafe(8)
        self.server.tokens.add(token)
        return Reply(json.dumps({"access_token": token, "token_type": "bearer"}))

    def me(self) -> Reply:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        known = token in self.server.tokens
        return Reply(json.dumps(self.server.said)) if known else Reply("{}", 401)


@contextmanager
def accounts_elsewhere() -> Iterator[Accounts]:
    with running(Accounts()) as accounts:
        try:
            yield accounts
        finally:
            accounts.let_go.set()
