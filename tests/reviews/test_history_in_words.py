"""The history of a piece says what happened to it, the last thing first."""

from typing import Any

import pytest
from django.test import Client

from reviews.models import Article, Tag
from tests.factories import make_draft, make_film, make_image, make_reviewer

from .desk import change_url, form_data

pytestmark = pytest.mark.django_db
UNCHANGED = "Saved without a change."


def _history(client: Client, article: Article) -> list[str]:
    page = client.get(change_url(article).replace("change", "history"))
    return [entry.get_change_message() for entry in page.context["action_list"]]


def _press(client: Client, article: Article, **said: Any) -> None:
    article.refresh_from_db()
    assert client.post(change_url(article), form_data(article) | said).status_code == 302


def test_each_press_is_told_in_words_and_the_last_one_first(editor_client: Client) -> None:
    draft = make_draft(comment_policy="open")
    _press(editor_client, draft, headline="Slower")
    _press(editor_client, draft, _schedule="x", publish_at="2030-03-01T10:00")
    _press(editor_client, draft, _return_to_draft="x")
    _press(editor_client, draft, _publish="x")
    _press(editor_client, draft, _withdraw="x")
    assert _history(editor_client, draft) == [  # each press saves first: what it changed is told
        "Withdrawn: readers do not see it any more.",
        "Published.",
        "A draft again.",
        "Scheduled for 1 March 2030, 10:00.",
        "Changed Headline.",
    ]


def test_a_body_that_nobody_changed_is_not_told_as_changed(editor_client: Client) -> None:
    """A form sends each end of a line as two characters; imported bodies have lines."""
    draft = make_draft(comment_policy="open", body="<p>One.</p>\n<p>Two.</p>")
    _press(editor_client, draft, body="<p>One.</p>\r\n<p>Two.</p>")
    assert _history(editor_client, draft) == [UNCHANGED]


def test_of_a_changed_field_what_stood_there_before_is_told(editor_client: Client) -> None:
    """What no earlier version keeps, a slip can be mended from."""
    film, other = make_film("Aloners", year=2021), make_film("Cats", year=2019)
    still = make_image(alt_text="A woman eats alone.")
    draft = make_draft(comment_policy="open", film=film, rating=7, lead_image=still)
    draft.tags.set(Tag.objects.create(name=name, slug=name.lower()) for name in ("Long", "Slow"))
    slip = {"film": other.pk, "rating": "", "lead_image": "", "tags": [], "headline": "Slower"}
    _press(editor_client, draft, **slip)
    assert _history(editor_client, draft) == [
        "Changed Headline, Film (before: Aloners (2021)), Rating (before: 3½ stars), "
        "Lead picture (before: A woman eats alone.) and Tags (before: Long, Slow)."
    ]


def test_of_long_words_that_stood_there_the_beginning_is_told(editor_client: Client) -> None:
    draft = make_draft(
        comment_policy="open", lead_image=make_image(alt_text="A wide, wide view. " * 20)
    )
    _press(editor_client, draft, lead_image="")
    (told,) = _history(editor_client, draft)
    assert told.startswith("Changed Lead picture (before: A wide, wide view. A wide")
    assert told.endswith("…).")


def test_of_a_line_of_its_own_its_field_is_told(editor_client: Client) -> None:
    draft = make_draft(comment_policy="open", by=make_reviewer("Wren Castellane"))
    _press(editor_client, draft, **{"bylines-0-role": "photographs"})
    told = "Changed Role for byline Wren Castellane (photographs)."
    assert _history(editor_client, draft) == [told]
