"""The application before the page cache: of readers' posts and searches it lets through what fits.

What does not fit is answered here, without middleware, database or template, 429 (RFC 6585, 4).
"""

import threading
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.utils.crypto import constant_time_compare, salted_hmac

from comments import network_addresses, origin
from comments.models import TEXT_LIMIT
from publication.paths import view_at
from reviews.search import LONGEST as LONGEST_SEARCH

from . import waiting
from .admission import TRY_AGAIN_IN, Admission, Bucket, Names, Network

# Forms that write something for whoever sends them. Mail providers' one press is not among them:
# it comes for many readers from few addresses, and has a limit of its own.
COMMENTS = frozenset({"comments:on_article", "comments:reply"})
FORMS = COMMENTS | {
    "comments:report",
    "comments:yours",
    "comments:confirm",
    "comments:follow",
    "comments:following",
    "comments:log_out",
    "comments:privacy_ask",
    "comments:privacy_kept",
}

SEARCHES_A_SECOND = 20  # of all networks, in bursts of three seconds; no answer is kept for another
MOST_IN_HAND = 2  # posts at once: a writer who waits for SQLite's lock holds a thread for that long
MOST_READ = 1  # bodies at once that are read to be handed back: a slow sender holds a thread too
LONGEST_BODY = 12 * TEXT_LIMIT + 5_000  # bytes: the longest comment, each letter at its costliest
BYTES_A_SECOND = 500_000  # handed back; more only at the cost of readers
MOST_FIELDS = 20
AGAIN = "again"  # the name of the ticket, in the address of a post and of a search
FORM_TYPE = "application/x-www-form-urlencoded"

# How long the form that came back is a sign of having waited, in seconds.
SOONEST, LATEST = TRY_AGAIN_IN - 2, 600


class Floods:
    """Wraps an application. One for a process; its threads share it."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.limited = settings.COMMENTS_POSTS_A_SECOND > 0
        self.admission = Admission(settings.COMMENTS_POSTS_A_SECOND)
        self.searches = Admission(SEARCHES_A_SECOND)
        self._in_hand = threading.BoundedSemaphore(MOST_IN_HAND)
        self._read = threading.BoundedSemaphore(MOST_READ)
        self._bytes = Bucket(BYTES_A_SECOND, 2 * BYTES_A_SECOND, 2 * BYTES_A_SECOND, 0.0)
        self._names = Names()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self.limited and _is_search(environ):
            return self._search(environ, start_response)
        if environ["REQUEST_METHOD"] != "POST" or not self.limited:
            return self.application(environ, start_response)
        form = view_at(get_path_info(environ))
        if form not in FORMS:
            return self.application(environ, start_response)
        household = network_addresses.network(origin.address_in(environ))
        # Comments have a limit of their own (`_take`), so the others are counted apart from them.
        network = self._names.of(household, "comments" if form in COMMENTS else "")
        if not self._in_hand.acquire(blocking=False):
            return self._later(environ, start_response, TRY_AGAIN_IN, household)
        try:
            waited = _has_waited(environ.get("QUERY_STRING", ""), household)
            wait = self.admission.wait(network, time.monotonic(), waited=waited)
            if not wait:
                return self._take(environ, start_response, network)
        finally:
            self._in_hand.release()
        return self._later(environ, start_response, wait, household)

    def _take(
        self, environ: WSGIEnvironment, start_response: StartResponse, network: Network
    ) -> Iterable[bytes]:
        """The application's answer, charged for. Its 429 is remembered: until then it need not be
        asked."""

        def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if status.startswith("429"):
                after = next((said for name, said in headers if name == "Retry-After"), "")
                if after.isdigit():
                    now = time.monotonic()
                    self.admission.refuse(network, now + int(after), now)
            return start_response(status, headers, *more)

        return self.admission.charged(self.application, environ, begin)

    def _search(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """What is found; to who hurries, a page that holds the words."""
        household = network_addresses.network(origin.address_in(environ))
        waited = _has_waited(environ["QUERY_STRING"], household)
        network = self._names.of(household)
        wait = self.searches.wait(network, time.monotonic(), waited=waited)
        if not wait:
            return self.searches.charged(self.application, environ, start_response)
        typed = _asked(environ["QUERY_STRING"]).get("q", "")[:LONGEST_SEARCH]
        page = waiting.search_page(typed.replace("\x00", ""), _ticket(time.time(), household))
        waiting.begin(start_response, page, wait)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page]

    def _later(
        self, environ: WSGIEnvironment, start_response: StartResponse, wait: float, household: str
    ) -> Iterable[bytes]:
        typed = self._typed(environ)
        page = waiting.page(waiting.minutes_of(wait), typed, _ticket(time.time(), household))
        waiting.begin(start_response, page, wait)
        return [page]

    def _typed(self, environ: WSGIEnvironment) -> waiting.Typed | None:
        """The fields of a form; None where reading them is not possible, or costs too much."""
        length = environ.get("CONTENT_LENGTH", "")
        if not environ.get("CONTENT_TYPE", "").startswith(FORM_TYPE) or not length.isdecimal():
            return None
        if int(length) > LONGEST_BODY or not self._read.acquire(blocking=False):
            return None
        try:
            if not self._bytes.takes(time.monotonic(), tokens=int(length)):
                return None
            body = environ["wsgi.input"].read(int(length)).decode("latin-1")
            found = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except (ValueError, OSError):
            return None
        finally:
            self._read.release()
        return [(name.replace("\x00", ""), said.replace("\x00", "")) for name, said in found]


def _is_search(environ: WSGIEnvironment) -> bool:
    """Whatever is asked for, for “q” can be written in many ways, “%71” among them."""
    if not environ.get("QUERY_STRING") or environ["REQUEST_METHOD"] == "POST":
        return False
    return view_at(get_path_info(environ)) == "reviews:search"


def _ticket(at: float, household: str) -> str:
    """Says when this network was asked to wait; good in every process."""
    said = f"{int(at)}"
    return f"{said}.{salted_hmac('publication.floods', f'{said} {household}').hexdigest()}"


def _asked(query: str) -> dict[str, str]:
    """Its first fields; of one that is given twice the last."""
    return dict(parse_qsl("&".join(query.split("&", MOST_FIELDS)[:MOST_FIELDS])))


def _has_waited(query: str, household: str) -> bool:
    ticket = _asked(query).get(AGAIN, "")
    said = ticket.partition(".")[0]
    if not said.isdigit() or not said.isascii() or len(said) > len("9999999999"):
        return False
    if not SOONEST <= time.time() - int(said) <= LATEST:
        return False
    return constant_time_compare(ticket, _ticket(int(said), household))
