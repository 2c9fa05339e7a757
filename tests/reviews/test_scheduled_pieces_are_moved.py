"""A save moves a scheduled piece to the moment that stands in its form, or says why it does not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reviews.models import Article
from tests.factories import make_draft, make_image
from tests.reviews.desk import errors, said
from tests.reviews.test_admin_publishing import press

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("button", ["continue", "save"])
def test_a_save_moves_what_is_scheduled_to_the_moment_in_its_form(
    editor_client: Client, button: str
) -> None:
    """Whoever presses Return in that field has pressed “Save”."""
    article = make_draft()
    press(editor_client, article, "schedule", publish_at="2030-03-01T10:00")

    def save(moment: str) -> Any:
        article.refresh_from_db()
        return press(editor_client, article, button, publish_at=moment)

    assert "is scheduled for 2 March 2030, 18:30." in said(save("2030-03-02T18:30"))
    (moved,) = Article.objects.scheduled()
    assert timezone.localtime(moved.publish_at).isoformat() == "2030-03-02T18:30:00+00:00"
    assert "is scheduled" not in said(save("2030-03-02T18:30"))
    assert "is scheduled" not in said(save(""))
    assert "has passed" in errors(save("2020-01-01T10:00"))["publish_at"][0]
    assert Article.objects.scheduled().get().publish_at == moved.publish_at


def test_a_moment_at_which_it_could_not_be_shown_is_not_taken_and_the_old_one_stays(
    editor_client: Client,
) -> None:
    still = make_image(expires_at=datetime(2030, 3, 2, tzinfo=UTC))
    article = make_draft(lead_image=still)
    press(editor_client, article, "schedule", publish_at="2030-03-01T10:00")
    article.refresh_from_db()
    told = said(press(editor_client, article, "continue", publish_at="2030-03-05T10:00"))
    assert "is saved, but still scheduled for 1 March 2030, 10:00." in told
    assert "not scheduled yet" not in told


@pytest.mark.parametrize("button", ["continue", "save"])
def test_a_moment_that_is_typed_after_readers_saw_it_is_not_dropped_in_silence(
    editor_client: Client, button: str
) -> None:
    """As by whoever opens the form a minute before, to put it off."""
    article = make_draft()
    press(editor_client, article, "schedule", publish_at="2030-03-01T10:00")
    since = timezone.now() - timedelta(minutes=1)
    Article.objects.update(publish_at=since, first_published_at=since)
    article.refresh_from_db()
    told = said(press(editor_client, article, button, publish_at="2030-03-02T18:30", verdict="X."))
    assert "It is published already. Withdraw it first to schedule it again." in told
    assert "is saved." in told
    assert Article.objects.published().get().verdict == "X."
