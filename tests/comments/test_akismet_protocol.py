"""What goes over the wire to Akismet, and how every answer is read, over a real connection."""

import logging
import socket
from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import Settings

from comments import wire
from comments.spam import akismet
from comments.spam.akismet import Answer, Client, Usage, Verdict

from .akismet_double import KEY, SITE, Double

FIELDS = {"user_ip": "203.0.113.9", "comment_author": "Mina", "comment_content": "Quiet. & “slow”"}


@pytest.fixture
def client(service: Double) -> Client:
    found = akismet.client()
    assert found is not None
    return found


def test_a_check_is_a_form_with_key_and_site_in_the_body(client: Client, service: Double) -> None:
    assert client.check(FIELDS | {"comment_context[]": ["Film", "부산"]}).verdict is Verdict.HAM
    request = service.requests[0]
    assert (request.method, request.path) == ("POST", "/1.1/comment-check")
    assert request.headers["content-type"].startswith("application/x-www-form-urlencoded")
    product, plugin = request.headers["user-agent"].split(" | ")
    assert product.count("/") == plugin.count("/") == 1
    assert request.fields["comment_context[]"] == ["Film", "부산"]
    assert request.fields["comment_content"] == ["Quiet. & “slow”"]
    assert (request.fields["api_key"], request.fields["blog"]) == ([KEY], [SITE])
    assert "is_test" not in request.fields


def test_a_site_under_test_says_so(service: Double, settings: Settings) -> None:
    settings.AKISMET_TEST = True
    client = akismet.client()
    assert client is not None
    client.check(FIELDS)
    assert service.requests[0].fields["is_test"] == ["1"]


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"comment_author": "viagra-test-123"}, Verdict.SPAM),
        ({"comment_author": "akismet-guaranteed-spam"}, Verdict.SPAM),
        ({"comment_author_email": "akismet-guaranteed-spam@example.com"}, Verdict.SPAM),
        ({"comment_author": "viagra-test-123", "user_role": "administrator"}, Verdict.HAM),
        ({}, Verdict.HAM),
    ],
)
def test_the_test_values_are_answered(
    client: Client, fields: dict[str, str], verdict: Verdict
) -> None:
    assert client.check(FIELDS | fields).verdict is verdict


@pytest.mark.parametrize(
    ("switch", "verdict", "problem"),
    [
        ("newline", Verdict.SPAM, ""),
        ("discard", Verdict.SPAM, ""),
        ("recheck", Verdict.HAM, ""),
        ("warning", Verdict.HAM, ""),
        ("invalid", Verdict.INVALID, "does not accept the key or the site (No site for (key))"),
        ("alert", Verdict.UNKNOWN, "refuses to answer (Your key is suspended)"),
        ("error", Verdict.UNKNOWN, "refuses to answer (missing-required-field)"),
        ("500", Verdict.UNKNOWN, "answered with an error (HTTP 500)"),
        ("404", Verdict.UNKNOWN, "answered with an error (HTTP 404)"),
        ("429", Verdict.UNKNOWN, "answered with an error (HTTP 429)"),
        ("redirect", Verdict.UNKNOWN, "answered with an error (HTTP 302)"),
        ("empty", Verdict.UNKNOWN, "sent an empty answer"),
        ("HTML", Verdict.UNKNOWN, "sent no verdict"),
        ("True", Verdict.UNKNOWN, "sent no verdict"),
        ("huge", Verdict.UNKNOWN, "sent more than an answer can be"),
        ("break", Verdict.UNKNOWN, "broke off, or sent what is no HTTP answer"),
        ("garbage", Verdict.UNKNOWN, "broke off, or sent what is no HTTP answer"),
    ],
)
def test_only_true_and_false_are_verdicts(
    client: Client, service: Double, switch: str, verdict: Verdict, problem: str
) -> None:
    service.does = switch
    answer = client.check(FIELDS)
    assert (answer.verdict, answer.problem) == (verdict, problem)
    assert len(service.requests) == 1  # no second try, and no redirect followed


@pytest.mark.parametrize("switch", ["hang", "drip"])
def test_an_answer_has_its_time_however_it_comes(impatient: Double, switch: str) -> None:
    impatient.does = switch
    client = akismet.client()
    assert client is not None
    answer = client.check(FIELDS)
    assert (answer.verdict, answer.is_down) == (Verdict.UNKNOWN, True)
    assert answer.problem == "did not answer within 0.3 seconds"


def test_headers_are_read(client: Client, service: Double) -> None:
    def headers(switch: str) -> Answer:
        service.does = switch
        return client.check(FIELDS)

    assert headers("").guid == "0123abcd"
    assert headers("discard").discard
    assert headers("recheck").recheck_after == timedelta(minutes=2)
    assert headers("429").retry_after == timedelta(minutes=10)
    assert (headers("alert").alert_code, headers("alert").alert) == (
        "10402",
        "Your key is suspended.",
    )
    assert headers("alert").stops
    assert headers("invalid").stops
    assert not headers("warning").stops
    assert not headers("500").stops


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("0", timedelta()),
        ("90", timedelta(seconds=90)),
        ("999999999999999999", timedelta(days=1)),
        ("Wed, 21 Oct 2015 07:28:00 GMT", timedelta()),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=1)),
        ("Wed, 21 Oct 2015 07:28:00 +99999999999999", None),
        ("Wed, 99999999999999999999 Oct 2015 07:28:00 GMT", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("٣", None),
    ],
)
def test_what_it_asks_to_wait_is_bounded(said: str, means: timedelta | None) -> None:
    assert wire.wait(said, timedelta(days=1)) == means


def test_a_service_that_is_not_there_is_unknown(client: Client, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.AKISMET_URL = f"http://127.0.0.1:{free.getsockname()[1]}"
    gone = akismet.client()
    assert gone is not None
    assert gone.check(FIELDS).problem == "could not be reached"
    assert gone.check(FIELDS).is_down


def test_the_key_is_verified_and_the_month_counted(client: Client, service: Double) -> None:
    assert client.verify().verdict is Verdict.VALID
    assert client.usage() == Usage(7463, 350000, "2.13", False)
    service.knows = "another"
    assert client.verify().verdict is Verdict.INVALID
    assert client.usage() is None


@pytest.mark.parametrize("switch", ["HTML", "500", "empty", "break", "huge"])
def test_a_usage_that_cannot_be_read_is_not_known(
    client: Client, service: Double, switch: str
) -> None:
    service.does = switch
    assert client.usage() is None


def test_feedback_is_taken_when_it_is_thanked_for(client: Client, service: Double) -> None:
    assert client.submit(FIELDS, is_spam=True).verdict is Verdict.TAKEN
    assert client.submit(FIELDS, is_spam=False).verdict is Verdict.TAKEN
    assert [request.path for request in service.requests] == ["/1.1/submit-spam", "/1.1/submit-ham"]
    service.does = "HTML"
    assert client.submit(FIELDS, is_spam=True).verdict is Verdict.UNKNOWN


CALLS: list[Callable[[Client], object]] = [
    Client.verify,
    Client.usage,
    lambda client: client.check(FIELDS),
    lambda client: client.submit(FIELDS, is_spam=True),
]


@pytest.mark.parametrize("switch", ["", "invalid", "500", "break", "garbage", "alert"])
def test_the_key_is_in_no_log_and_no_repr(
    client: Client, service: Double, switch: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service.does = switch
    said = [repr(client), str(client.__class__)]
    for call in CALLS:
        answer = call(client)
        said += [repr(answer), str(getattr(answer, "__dict__", ""))]
    assert not [text for text in [*said, caplog.text] if KEY in text]


@pytest.mark.parametrize(
    ("url", "is_debug", "allowed"),
    [
        ("https://rest.akismet.com", False, True),
        ("https://rest.akismet.com:8443/path", False, True),
        ("http://rest.akismet.com", False, False),
        ("http://rest.akismet.com", True, True),
        ("http://127.0.0.1:8301", False, True),
        ("http://[::1]:8301", False, True),
        ("http://localhost", False, True),
        ("http://localhost.example", False, False),
        ("http://127.0.0.1@evil.example", False, False),
        ("http://169.254.169.254/latest", False, False),
        ("https://user:password@rest.akismet.com", False, False),
        ("https://rest.akismet.com/?key=x", False, False),
        ("file:///etc/passwd", False, False),
        ("https://", False, False),
        ("https://a:b", False, False),
        ("//rest.akismet.com", False, False),
        ("", False, False),
    ],
)
def test_words_go_to_no_address_without_tls(
    settings: Settings, url: str, is_debug: bool, allowed: bool
) -> None:
    settings.DEBUG, settings.AKISMET_URL = is_debug, url
    settings.AKISMET_KEY, settings.AKISMET_SITE = KEY, SITE
    assert (akismet.client() is not None) is allowed
    if not allowed:
        refused = Client(KEY, SITE, url=url, timeout=0.1, is_test=False)
        assert refused.check(FIELDS).is_down
