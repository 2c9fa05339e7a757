"""Readers who report."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from comments.models import Comment
from tests.comments.posting import OURS
from tests.factories import make_comment


def report(
    client: Client, comment: Comment, *, address: str = "192.0.2.1", **typed: Any
) -> HttpResponse:
    said = {"reason": "abuse", "note": "", "earlier": "", "subject": ""}
    headers = typed.pop("headers", OURS)
    return client.post(
        f"/comments/{comment.pk}/report/", said | typed, headers=headers, REMOTE_ADDR=address
    )


def approved(**facts: Any) -> Comment:
    return make_comment(status="approved", **facts)


def text_of(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())
