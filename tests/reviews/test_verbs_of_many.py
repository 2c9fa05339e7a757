"""What is asked before many are withdrawn or returned names those that it would be done to."""

import pytest
from django.test import Client

from reviews.models import Article
from tests.factories import make_article, make_draft

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/article/"


def press(client: Client, action: str, *articles: Article) -> str:
    ticked = {"action": action, "_selected_action": [each.pk for each in articles]}
    return client.post(LIST, ticked, follow=True).text


@pytest.mark.parametrize("action", ["withdraw", "return_to_draft"])
def test_those_that_it_makes_no_sense_of_are_named_apart(
    editor_client: Client, action: str
) -> None:
    handed_in = make_draft(headline="Handed in", status="submitted")
    seen = make_article(headline="Seen by readers")
    done, left = (seen, handed_in) if action == "withdraw" else (handed_in, seen)
    page = press(editor_client, action, handed_in, seen)
    asked, _, others = page.partition("These stay as they are")
    assert done.headline in asked
    assert left.headline not in asked
    assert left.headline in others
    assert f'value="{done.pk}"' in page
    assert f'value="{left.pk}"' not in page


def test_of_none_that_readers_see_nothing_is_asked(editor_client: Client) -> None:
    draft = make_draft()
    page = press(editor_client, "withdraw", draft)
    assert "Nothing was done." in page
    assert "Why (optional)" not in page
