"""Akismet's protocol (https://akismet.com/developers/): one request, one answer, nothing raised.

The key is taken out of all that is told further: no answer, log line or repr carries it. It is
sent in bodies; the one GET of the protocol has it in its query, which nothing here writes down.
What the service says is checked and bounded.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

import django
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from .. import wire
from ..evidence import Said, said
from . import sentences

log = logging.getLogger(__name__)
Fields = Mapping[str, str | Sequence[str]]

USER_AGENT = f"Django/{django.__version__} | Publication/0.1"  # “Name/Version | Plugin/Version”
WORDS_LIMIT = 300  # characters of what the service says that are kept
THANKS = "Thanks for making the web a better place."  # how feedback is acknowledged
LONGEST_WAIT = timedelta(days=1)  # however long the service asks us to wait
# “Over the limit for one month, for two, close to it in the third”: the service goes on answering.
# All other alerts are about a key or a site that is no longer served.
WARNINGS = frozenset({"10501", "10502", "10504"})


class Verdict(Enum):
    """By what the service answers, white space apart."""

    SPAM = "true"
    HAM = "false"
    VALID = "valid"
    TAKEN = THANKS
    INVALID = "invalid"
    UNKNOWN = ""


@dataclass(frozen=True)
class Answer:
    """What the service said. All that is no clear answer is UNKNOWN, a 200 or not, and `why`
    is the reason, as a code. `is_down`: there is no use in asking on for now."""

    verdict: Verdict = Verdict.UNKNOWN
    why: Said | None = None
    is_down: bool = False
    discard: bool = False
    recheck_after: timedelta | None = None
    retry_after: timedelta | None = None
    guid: str = ""
    alert_code: str = ""
    alert: str = ""
    error: str = ""
    help: str = ""
    body: str = field(default="", repr=False)

    @property
    def problem(self) -> str:
        """Why it is no clear answer, in words that follow the service's name; “” if it is one."""
        return sentences.in_words(self.why) if self.why else ""

    @property
    def stops(self) -> bool:
        """Whether key or site are at fault: nothing is asked until somebody has seen to it."""
        refused = bool(self.alert_code) and self.alert_code not in WARNINGS
        return refused or self.verdict is Verdict.INVALID


@dataclass(frozen=True)
class Usage:
    """Calls of this month. `limit` is 0 where the plan has none; `percentage` is as it was said."""

    calls: int
    limit: int
    percentage: str
    throttled: bool


class Client:
    """One key for one site. Each method makes one request, or none, and raises nothing."""

    def __init__(self, key: str, site: str, *, url: str, timeout: float, is_test: bool) -> None:
        self._key, self._site, self._url = key, site, url.rstrip("/")
        self._timeout, self._is_test = timeout, is_test

    def __repr__(self) -> str:
        return f"<Akismet for {self._site}>"

    def verify(self) -> Answer:
        """VALID, INVALID or UNKNOWN."""
        return self._ask("/1.1/verify-key", {"key": self._key}, Verdict.VALID)  # its older name too

    def check(self, fields: Fields) -> Answer:
        """SPAM, HAM, INVALID or UNKNOWN."""
        return self._ask("/1.1/comment-check", fields, Verdict.SPAM, Verdict.HAM)

    def submit(self, fields: Fields, *, is_spam: bool) -> Answer:
        """TAKEN, INVALID or UNKNOWN. `fields`: those of the check, and the two of feedback."""
        path = "/1.1/submit-spam" if is_spam else "/1.1/submit-ham"
        return self._ask(path, fields, Verdict.TAKEN)

    def usage(self) -> Usage | None:
        """The calls of this month; None if that is not said."""
        answer = self._ask("/1.2/usage-limit", {}, method="GET")
        try:
            told = json.loads(answer.body)
            limit = 0 if told["limit"] == "none" else int(told["limit"])
            share, throttled = str(told.get("percentage", "")), told.get("throttled") is True
            return Usage(int(told["usage"]), limit, share[:10], throttled)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            return None

    def _ask(self, path: str, fields: Fields, *wanted: Verdict, method: str = "POST") -> Answer:
        """Whatever goes wrong ends here: error pages show the variables of the functions an error
        came through, and those of `_send` hold the key."""
        try:
            reply = self._send(method, path, fields)
        except wire.NoAnswer as reason:
            return Answer(why=reason.why, is_down=True)
        except Exception:
            log.exception("Akismet could not be asked for %s.", path)
            return Answer(why=said("fault_here"), is_down=True)
        return _judged(self._facts(reply), reply, wanted)

    @sensitive_variables()
    def _send(self, method: str, path: str, fields: Fields) -> wire.Reply:
        own = {"api_key": self._key, "blog": self._site}
        if self._is_test:
            own["is_test"] = "1"
        form = urlencode({**fields, **own}, doseq=True)
        headers = {"User-Agent": USER_AGENT}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
        return wire.ask(method, self._url + path, form, headers, timeout=self._timeout)

    def _facts(self, reply: wire.Reply) -> Answer:
        """What the headers say, whatever the verdict."""

        def header(name: str, limit: int = WORDS_LIMIT) -> str:
            return self._clean(reply.headers.get(f"X-akismet-{name}", ""), limit)

        return Answer(
            discard=header("pro-tip").lower() == "discard",
            recheck_after=wire.wait(header("recheck-after"), LONGEST_WAIT),
            retry_after=wire.wait(reply.headers.get("Retry-After", ""), LONGEST_WAIT),
            guid=header("guid", 64),
            alert_code=header("alert-code", 10) or "?" * bool(header("alert-msg")),
            alert=header("alert-msg"),
            error=header("error"),
            help=header("debug-help"),
            body=self._clean(reply.body.decode("utf-8", "replace"), wire.ANSWER_LIMIT),
        )

    def _clean(self, words: str, limit: int) -> str:
        """On one line, printable, short, and without the key, should the service repeat it."""
        printable = "".join(c for c in " ".join(words.split()) if c.isprintable())
        return (printable.replace(self._key, "(key)") if self._key else printable)[:limit]


def client() -> Client | None:
    """As the settings say; None while it is off."""
    if why_off():
        return None
    return Client(
        settings.AKISMET_KEY,
        settings.AKISMET_SITE,
        url=settings.AKISMET_URL,
        timeout=settings.AKISMET_TIMEOUT,
        is_test=settings.AKISMET_TEST,
    )


def why_off() -> str:
    """Why nothing is asked, in words for the operator; “” while it is on."""
    if not settings.AKISMET_KEY:
        return "AKISMET_KEY is not set."
    try:
        site = urlsplit(settings.AKISMET_SITE)
    except ValueError:
        site = urlsplit("")
    if site.scheme not in ("http", "https") or not site.hostname:
        return "AKISMET_SITE is not set to the whole address of the front page, with https://."
    problem = wire.why_refused(settings.AKISMET_URL)
    return f"AKISMET_URL {problem}." if problem else ""


def _judged(facts: Answer, reply: wire.Reply, wanted: tuple[Verdict, ...]) -> Answer:
    if reply.status != HTTPStatus.OK:
        down = reply.status >= 500 or reply.status == HTTPStatus.TOO_MANY_REQUESTS
        return replace(facts, why=said("http_status", status=reply.status), is_down=down)
    if not reply.is_whole:
        return replace(facts, why=said("too_much"), body="")
    body = reply.body.decode("utf-8", "replace").strip()
    if body == Verdict.INVALID.value:
        hint = (facts.help or facts.alert).rstrip(".")
        why = said("key_refused_because", why=hint) if hint else said("key_refused")
        return replace(facts, verdict=Verdict.INVALID, why=why)
    if facts.error or facts.stops:  # a suspended key gets “false” for everything
        hint = (facts.alert or facts.error or facts.alert_code).rstrip(".")
        return replace(facts, why=said("refuses", why=hint))
    for verdict in wanted:
        if body == verdict.value:
            return replace(facts, verdict=verdict)
    return replace(facts, why=said("no_verdict" if body else "empty_answer"))
