"""Links as they came by mail: to what is kept of somebody, and to prove an address."""

from django.core import mail
from django.http import HttpResponse
from django.test import Client

from comments import notices, writers
from comments.models import Comment, Identity
from reviews.models import Article

from .posting import OURS, post

ASK = "/privacy/comments/yours/"


def ask(client: Client, email: str) -> HttpResponse:
    answer = client.post(ASK, {"email": email}, headers=OURS)
    notices.send_due()
    return answer


def mailed_link() -> str:
    found = next(line for line in mail.outbox[-1].body.split() if "/yours/" in line)
    return found.removeprefix("http://testserver")


def proven(client: Client, article: Article) -> Identity:
    """The reader posts, asks for the mail, and follows its link."""
    post(client, article, text="The first words.")
    comment = Comment.objects.latest("pk")
    client.post(writers.yours_address(comment), {"prove": "yes"}, headers=OURS)
    notices.send_due()
    address = next(line for line in mail.outbox[-1].body.split() if "/confirm/" in line)
    client.post(address.removeprefix("http://testserver"), headers=OURS)
    return Identity.objects.get()
