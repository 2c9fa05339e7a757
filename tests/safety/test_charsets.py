"""A request is read as UTF-8, whatever it says of itself: codecs that are none of text break
nothing, and half characters come in by none of them."""

from io import BytesIO
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application

from comments.models import Comment
from publication.entrance import Entrance
from reviews.models import Article
from tests.comments.posting import address_of, form_data
from tests.factories import make_article
from tests.publication.reading import Page, ask

pytestmark = pytest.mark.django_db(transaction=True)

CODECS = ["hex", "base64", "rot13", "idna", "punycode", "undefined", "utf-7", "unicode_escape"]
HALF_CHARACTERS = {"utf-7": b"a fine +2AA- film", "unicode_escape": rb"a fine \ud800 film"}


@pytest.fixture
def site() -> Any:
    return Entrance(get_wsgi_application())


def send(site: Any, article: Article, text: bytes, kind: str) -> Page:
    fields = {name: value.encode() for name, value in form_data(article).items()} | {"text": text}
    parts = (
        b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in fields.items()
    )
    body = b"".join(parts) + b"--x--\r\n"
    said = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
    said |= {"HTTP_SEC_FETCH_SITE": "same-origin"}
    return ask(site, address_of(article), "POST", **said)


def test_addresses_are_read_whatever_codec_is_named(site: Any) -> None:
    for codec in CODECS:
        for address in ("/search/?q=caf%C3%A9", "/healthz?x=%C3%A9", "/reviews/?year=%C3%A9"):
            page = ask(site, address, CONTENT_TYPE=f"text/plain; charset={codec}")
            assert page.status == 200, (codec, address)
        page = ask(site, "/search/?q=caf%C3%A9", CONTENT_TYPE=f"text/plain; Charset={codec}")
        assert "café" in page.body.decode(), codec


def test_no_codec_comes_in_by_what_divides_a_form(site: Any) -> None:
    kind = 'multipart/form-data; charset=utf-8; boundary="x\\"; charset=hex; y=\\"z"'
    page = ask(site, "/search/?q=caf%C3%A9", CONTENT_TYPE=kind)
    assert "café" in page.body.decode()


def test_forms_are_read_as_utf_8_whatever_codec_is_named(site: Any) -> None:
    for number, codec in enumerate(CODECS):
        article = make_article()
        text = HALF_CHARACTERS.get(codec, f"Very fine, café no. {number}".encode())
        page = send(site, article, text, f"multipart/form-data; boundary=x; charset={codec}")
        assert page.status == 303, codec
        assert Comment.objects.get(article=article).text == text.decode()


def test_bytes_of_another_charset_are_asked_for_again(site: Any) -> None:
    kind = "multipart/form-data; charset=euc-kr; boundary=x"
    page = send(site, make_article(), "좋은 영화".encode("euc-kr"), kind)
    assert page.status == 422
    assert "characters that cannot be read" in page.body.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("kind", ["text/plain; x*=no-codec'en'x", "a; b*0*=%", ";;;", "\xff; \xff"])
def test_a_type_that_cannot_be_read_breaks_nothing(site: Any, kind: str) -> None:
    assert ask(site, "/search/?q=film", CONTENT_TYPE=kind).status == 200
    assert send(site, make_article(), b"A fine film", kind).status == 422, "an empty form"
