"""What a moderator presses at the desk."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from comments.desk.seen import said
from comments.models import Comment

DESK = "/admin/comments/comment/"


def seen(*comments: Comment) -> list[str]:
    """As the page names them to whoever looks at it."""
    return [said(comment) for comment in comments]


def decide(client: Client, verb: str, *comments: Comment, **more: Any) -> HttpResponse:
    return client.post(f"{DESK}decide/", {"verb": verb, "comment": seen(*comments)} | more)


def messages_on(client: Client) -> str:
    """What the desk tells whoever comes to it next."""
    return client.get(DESK).content.decode().partition('class="messagelist"')[2][:1500]
