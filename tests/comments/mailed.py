"""The link to what is kept of somebody: asked for, and as it came by mail."""

from django.core import mail
from django.http import HttpResponse
from django.test import Client

from comments import notices

from .posting import OURS

ASK = "/privacy/comments/yours/"


def ask(client: Client, email: str) -> HttpResponse:
    answer = client.post(ASK, {"email": email}, headers=OURS)
    notices.send_due()
    return answer


def mailed_link() -> str:
    found = next(line for line in mail.outbox[-1].body.split() if "/yours/" in line)
    return found.removeprefix("http://testserver")
