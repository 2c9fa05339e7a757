"""Pages of the newsroom and of one reader go out compressed; pictures as they are."""

import gzip
import re

import brotli
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from publication.compression import CompressTextMiddleware
from tests.factories import make_article, make_image

pytestmark = pytest.mark.django_db

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}  # over an encrypted connection
OPENLY = {"Accept-Encoding": "gzip, deflate"}
UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip, deflate", "gzip"), ("gzip, br;q=0", "gzip")],
)
def test_a_page_of_the_newsroom_is_compressed_as_who_asks_can_read_it(
    editor_client: Client, accepted: str, encoding: str
) -> None:
    plain = editor_client.get("/admin/")
    assert "Content-Encoding" not in plain.headers
    small = editor_client.get("/admin/", headers={"Accept-Encoding": accepted})
    assert small.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in small.headers["Vary"]
    assert int(small.headers["Content-Length"]) == len(small.content) < len(plain.content) / 2
    assert "Newsroom" in UNPACKED[encoding](small.content).decode()


def test_what_is_compressed_already_is_not_compressed_again(rf: RequestFactory) -> None:
    words = gzip.compress(b"Words. " * 100)
    made = HttpResponse(words * 9, headers={"Content-Encoding": "gzip"})
    compress = CompressTextMiddleware(lambda request: made)
    assert compress(rf.get("/", headers=BROWSER)).content == words * 9


@pytest.mark.parametrize(("headers", "encoding"), [(BROWSER, "br"), (OPENLY, "gzip")])
def test_the_same_page_never_weighs_the_same_twice(
    client: Client, headers: dict[str, str], encoding: str
) -> None:
    """Its length would otherwise tell whether a guess of a secret in it was right (BREACH)."""
    sent = [client.get("/search/?q=rain", headers=headers).content for _ in range(20)]
    assert len(set(map(UNPACKED[encoding], sent))) == 1
    assert len(set(map(len, sent))) > 1


def test_a_picture_keeps_its_length_and_its_bytes(client: Client) -> None:
    image = make_image(developed=True)
    page = client.get(make_article(lead_image=image).get_absolute_url()).content.decode()
    address = re.search(r'src="(/media/[^"]+)"', page)[1]
    answer = client.get(address, headers=BROWSER)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert int(answer.headers["Content-Length"]) == len(b"".join(answer.streaming_content))
