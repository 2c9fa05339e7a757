"""What a CDN in front is asked to forget, by the keys that pages carry.

Fastly: POST /service/{id}/purge (https://www.fastly.com/documentation/reference/api/purging/).
Cloudflare: POST /client/v4/zones/{id}/purge_cache (https://developers.cloudflare.com/api/). Both
take a list of keys as JSON and answer when it is forgotten, or soon will be, everywhere.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings

from comments import wire
from comments.spam import sentences

LONGEST_WAIT = timedelta(hours=1)  # however long a CDN asks to be left alone
TIMEOUT = 10.0  # seconds of a whole request; only the worker waits


@dataclass(frozen=True)
class Kind:
    """How one CDN is spoken to. `most` is how many keys it takes at once."""

    base: str
    path: str
    field: str
    most: int
    header: str
    before_token: str = ""


KINDS = {
    "fastly": Kind(
        "https://api.fastly.com", "/service/{}/purge", "surrogate_keys", 256, "Fastly-Key"
    ),
    "cloudflare": Kind(
        "https://api.cloudflare.com",
        "/client/v4/zones/{}/purge_cache",
        "tags",
        100,
        "Authorization",
        "Bearer ",
    ),
}


class NotTold(Exception):
    """The CDN may still have what it should forget. Says why in words that follow “The CDN”;
    carries neither the token nor the address. `wait` is how long it asks to be left alone."""

    def __init__(self, problem: str, wait: timedelta = timedelta()) -> None:
        super().__init__(problem)
        self.wait = wait


def forget(keys: Sequence[str]) -> None:
    """Asks for all of them, in as many requests as it takes. Raises NotTold."""
    kind = KINDS[settings.CDN_PURGE]
    address = (settings.CDN_URL or kind.base).rstrip("/") + kind.path.format(settings.CDN_ZONE)
    headers = {
        kind.header: kind.before_token + settings.CDN_TOKEN,
        "Content-Type": "application/json",
        "Accept": "application/json",
    }
    for some in _batches(keys, kind.most):
        body = json.dumps({kind.field: some})
        try:
            reply = wire.ask("POST", address, body, headers, timeout=TIMEOUT)
        except wire.NoAnswer as reason:
            raise NotTold(sentences.in_words(reason.why)) from None
        if problem := _problem(reply):
            asked = wire.wait(reply.headers.get("Retry-After", ""), LONGEST_WAIT)
            raise NotTold(problem, asked or timedelta())


def _batches(keys: Sequence[str], most: int) -> Iterator[list[str]]:
    for first in range(0, len(keys), most):
        yield list(keys[first : first + most])


def _problem(reply: wire.Reply) -> str:
    """Why an answer is no yes, or “”. Cloudflare says it in the body too: success is a boolean."""
    if reply.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return f"refused the token (HTTP {reply.status}): CDN_TOKEN and CDN_ZONE say whose it is"
    if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
        return "was asked too often (HTTP 429)"
    if reply.status != HTTPStatus.OK:
        return f"answered with HTTP {reply.status}"
    try:
        said = json.loads(reply.body)
    except ValueError:
        return "answered with something that is no JSON"
    if not isinstance(said, dict) or said.get("success") is False:
        return "did not do it, and says so"
    return ""
