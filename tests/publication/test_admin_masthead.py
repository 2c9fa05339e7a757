"""The masthead at the desk: one row, wherever one enters."""

import pytest
from django.test import Client

from publication.models import Masthead
from tests.opened import just_opened, opened

pytestmark = pytest.mark.django_db

LIST = "/admin/publication/masthead/"
CHANGE = f"{LIST}1/change/"
WORDS = {"name": "Night Bus", "comment_notice": "Comments are screened."}


def test_the_list_leads_to_the_one_row_and_makes_it(editor_client: Client) -> None:
    assert editor_client.get(LIST, follow=True).redirect_chain[-1][0] == CHANGE
    assert editor_client.post(CHANGE, WORDS | just_opened(CHANGE)).status_code == 302
    assert Masthead.objects.get().name == "Night Bus"
    assert editor_client.get(LIST, follow=True).redirect_chain[-1][0] == CHANGE


def test_of_two_who_fill_it_in_first_neither_loses_a_word(editor_client: Client) -> None:
    editor_client.get(LIST)
    mine, theirs = opened(editor_client, CHANGE), opened(editor_client, CHANGE)
    editor_client.post(CHANGE, theirs | {"about": "Films from the east of Asia."})
    answer = editor_client.post(CHANGE, mine | {"about": "What we saw at night."})
    assert Masthead.objects.get().about == "Films from the east of Asia."
    page = answer.content.decode()
    assert "What we saw at night." in page
    assert "saved this masthead" in page


def test_no_second_one_is_added(editor_client: Client) -> None:
    assert editor_client.post(f"{LIST}add/", WORDS).status_code == 403
    assert not Masthead.objects.exists()


def test_the_masthead_is_not_deleted(editor_client: Client) -> None:
    editor_client.get(LIST)
    assert editor_client.post(f"{LIST}1/delete/").status_code == 403


def test_a_moderator_does_not_reach_it(moderator_client: Client) -> None:
    assert moderator_client.get(LIST).status_code == 403
    assert not Masthead.objects.exists()
