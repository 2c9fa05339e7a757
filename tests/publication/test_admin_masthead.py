"""The masthead at the desk: one row, wherever one enters."""

import pytest
from django.test import Client

from publication.models import Masthead

pytestmark = pytest.mark.django_db

ADD = "/admin/publication/masthead/add/"
CHANGE = "/admin/publication/masthead/1/change/"
WORDS = {"name": "Night Bus", "comment_notice": "Comments are screened."}


def test_the_list_and_add_lead_to_the_one_row(editor_client: Client) -> None:
    assert editor_client.post(ADD, WORDS).status_code == 302
    assert Masthead.objects.current().name == "Night Bus"
    for address in ("/admin/publication/masthead/", ADD):
        assert editor_client.get(address, follow=True).redirect_chain[-1][0] == CHANGE


def test_adding_once_more_changes_nothing(editor_client: Client) -> None:
    editor_client.post(ADD, WORDS)
    editor_client.post(ADD, WORDS | {"name": "Other"})
    assert Masthead.objects.get().name == "Night Bus"


def test_the_masthead_is_not_deleted(editor_client: Client) -> None:
    editor_client.post(ADD, WORDS)
    assert editor_client.post(CHANGE.replace("change", "delete")).status_code == 403


def test_a_moderator_does_not_reach_it(moderator_client: Client) -> None:
    assert moderator_client.get(ADD).status_code == 403
