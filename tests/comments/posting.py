"""How the tests of this folder post: as a browser does that got the form from this site."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from comments.forms import Stamp
from comments.models import Comment
from reviews.models import Article

WORDS = "The last shot holds longer than it has to, and that is the film."
OURS = {"sec-fetch-site": "same-origin"}


def form_data(article: Article, **typed: str) -> dict[str, str]:
    """A filled form; its text came back once, so that the tests may be quick."""
    said = {"name": "Mina", "email": "mina@example.org", "url": "", "text": WORDS, "subject": ""}
    return said | {"stamp": Stamp.made_now(article, came_back=True)} | typed


def address_of(target: Article | Comment) -> str:
    name = "comments:reply" if isinstance(target, Comment) else "comments:on_article"
    return reverse(name, args=[target.pk])


def post(client: Client, target: Article | Comment, **typed: Any) -> HttpResponse:
    """`headers` replaces what the browser says of the page it posts from."""
    headers = typed.pop("headers", OURS)
    article = target.article if isinstance(target, Comment) else target
    data = form_data(article, **typed)
    return client.post(address_of(target), data, headers=headers)
