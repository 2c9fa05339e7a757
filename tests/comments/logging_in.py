"""How a reader logs in with an account elsewhere, in the tests of this folder."""

from html import unescape
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client

from comments.models import Comment
from reviews.models import Article

from .posting import post


def press(client: Client, target: Article | Comment, **typed: str) -> str:
    """The page that the button leads to."""
    answer = post(client, target, **{"with": "openid"} | typed)
    assert answer.status_code == 303
    return answer["Location"]


def begin(client: Client, target: Article | Comment, **typed: str) -> str:
    """The address to which the page leads."""
    page = client.get(press(client, target, **typed))
    assert page.status_code == 200
    [address] = [
        unescape(part.split('"')[0])
        for part in page.content.decode().split('href="')[1:]
        if "/authorize" in part.split('"')[0]
    ]
    return address


def come_back(client: Client, address: str) -> HttpResponse:
    """The page that one is led to at the end."""
    parts = urlsplit(address)
    answer = client.get(f"{parts.path}?{parts.query}")
    return client.get(answer["Location"]) if answer.status_code == 302 else answer
