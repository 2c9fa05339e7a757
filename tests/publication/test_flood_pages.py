"""Whoever is turned away in a flood gets the words back, and sends them again with one press."""

import re

import html5lib
import pytest
from django.core.wsgi import get_wsgi_application
from pytest_django import Settings

from comments.models import Comment
from publication.floods import serving
from publication.floods.serving import Floods
from tests.comments.posting import WORDS, address_of, form_data
from tests.factories import make_article

from .flooding import HERE, PATH, THERE, Clock, post, typed_in
from .reading import ask

with_django = pytest.mark.django_db(transaction=True)


@with_django
def test_beyond_it_a_reader_gets_the_words_back_and_sends_them_with_one_press(
    floods: Floods, clock: Clock, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    article = make_article()
    for number in range(5):
        post(floods, address_of(article), {}, sender=f"10.0.0.{number}")
    said = form_data(article, text=f"<b>{WORDS}</b>", name='Mina "Min" <i>')
    page = post(floods, address_of(article), said)
    assert (page.status, page.headers["Retry-After"]) == (429, "5")
    assert page.headers["Cache-Control"] == "no-store"
    html5lib.HTMLParser(strict=True).parse(page.body)
    assert f"&lt;b&gt;{WORDS}&lt;/b&gt;</textarea>" in page.body.decode()
    typed = typed_in(page)
    assert typed["name"] == "Mina &quot;Min&quot; &lt;i&gt;"
    assert not Comment.objects.exists()
    clock.now += 5
    (again,) = re.findall(r'action="(\?again=[\w.]+)"', page.body.decode())
    # All the while strangers take whatever there is for them.
    for number in range(9):
        post(floods, address_of(article), {}, sender=f"10.0.1.{number}")
    data = typed | {"name": "Mina", "text": WORDS}
    assert post(floods, address_of(article), data).status == 429, "without having waited"
    assert post(floods, address_of(article) + again, data).status == 303
    assert Comment.objects.get().text == WORDS


def test_the_sign_of_having_waited_cannot_be_made_up_or_passed_on(
    full: Floods, clock: Clock
) -> None:
    page = post(full, PATH, {"text": WORDS})
    (again,) = re.findall(r"again=([\w.]+)", page.body.decode())
    assert not serving._has_waited(f"again={again}", HERE), "at once is not waiting"
    clock.now += 5
    assert serving._has_waited(f"again={again}", HERE)
    assert not serving._has_waited(f"again={again}", THERE)
    for said in (
        "",
        "again=",
        "again=x",
        "again=9.9",
        f"again={again}0",
        "again=²",
        "again=" + "9" * 5000,
    ):
        assert not serving._has_waited(said, HERE)
    clock.now += serving.LATEST
    assert not serving._has_waited(f"again={again}", HERE)


@with_django
def test_it_says_what_all_pages_say_of_security(full: Floods) -> None:
    page = post(full, PATH, {})
    other = ask(get_wsgi_application(), "/about/").headers
    for name in (
        "Content-Security-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
    ):
        assert page.headers[name] == other[name]
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "said",
    [
        {"CONTENT_LENGTH": "2400000"},
        {"CONTENT_LENGTH": str(serving.LONGEST_BODY + 1)},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "²"},
        {"CONTENT_TYPE": "multipart/form-data; boundary=x"},
        {"CONTENT_TYPE": ""},
    ],
)
def test_what_cannot_be_read_is_left_to_the_browsers_back_button(
    full: Floods, said: dict[str, str]
) -> None:
    page = post(full, PATH, {"text": WORDS}, **said)
    assert page.status == 429
    assert b"Go back to what you wrote" in page.body
    assert b"<form" not in page.body
    html5lib.HTMLParser(strict=True).parse(page.body)


def test_odd_fields_are_handed_back_or_left_out(full: Floods) -> None:
    odd = {'"><script>x</script>': "a\x00b", "name": "\ud55c\uad6d"}
    page = post(full, PATH, odd).body.decode()
    assert "<script>x" not in page
    assert "\x00" not in page
    assert 'value="한국"' in page
    many = {f"f{number}": "x" for number in range(serving.MOST_FIELDS + 1)}
    assert "<form" not in post(full, PATH, many).body.decode()


def test_a_form_without_a_text_keeps_its_fields(full: Floods) -> None:
    page = post(full, "/comments/1/report/", {"reason": "spam"})
    assert page.status == 429
    assert typed_in(page) == {"reason": "spam"}
    assert b"<textarea" not in page.body


def test_a_slow_senders_words_are_not_waited_for(full: Floods) -> None:
    for _ in range(serving.MOST_READ):
        full._read.acquire()
    page = post(full, PATH, {"text": WORDS})
    assert page.status == 429
    assert b"Go back to what you wrote" in page.body


def test_only_so_many_words_are_handed_back_a_second(full: Floods, clock: Clock) -> None:
    words = "x" * (serving.LONGEST_BODY - 100)
    at_once = 2 * serving.BYTES_A_SECOND // len(words)
    pages = [post(full, PATH, {"text": words}) for _ in range(at_once + 1)]
    assert [words in page.body.decode() for page in pages] == [True] * at_once + [False]
    assert b"Go back to what you wrote" in pages[-1].body
    clock.now += 1
    post(full, PATH, {})  # is taken
    page = post(full, PATH, {"text": words})
    assert (page.status, words in page.body.decode()) == (429, True)
