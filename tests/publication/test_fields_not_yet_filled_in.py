"""A field that must be filled in is not called wrong before anybody has typed in it: Firefox tells
a screen reader so of each that does not say otherwise."""

import re

import pytest
from django.test import Client

from tests.comments.posting import post
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


def required(page: str) -> list[str]:
    """The tags of the fields that must be filled in."""
    return re.findall(r"<(?:input|select|textarea)\b[^>]*\srequired\b[^>]*>", page)


@pytest.mark.parametrize(
    "address",
    [
        "/reviews/cure/",
        "/comments/{comment}/reply/",
        "/comments/{comment}/report/",
        "/by-mail/",
        "/privacy/comments/yours/",
        "/comments/reports/",
        "/admin/login/",
    ],
)
def test_readers_hear_of_no_fault_before_they_type(client: Client, address: str) -> None:
    comment = make_comment(make_article(slug="cure"), status="approved")
    fields = required(client.get(address.format(comment=comment.pk)).content.decode())
    assert fields
    assert all('aria-invalid="false"' in field for field in fields)


def test_editors_do_not_either(client: Client) -> None:
    client.force_login(make_user("Editor"))
    fields = required(client.get("/admin/reviews/person/add/").content.decode())
    assert fields
    assert all('aria-invalid="false"' in field for field in fields)


def test_a_field_with_a_fault_says_so_alone(client: Client) -> None:
    article = make_article()
    wrong = post(client, article, email="nobody").content.decode()
    said = {re.findall(r'name="(\w+)"', field)[0]: field for field in required(wrong)}
    assert {name for name, field in said.items() if 'aria-invalid="true"' in field} == {"email"}
