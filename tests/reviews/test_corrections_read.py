"""Readers of a piece are told what was corrected in it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from reviews import publishing
from tests.factories import make_article, make_draft, make_user

pytestmark = pytest.mark.django_db


def test_readers_are_told_what_was_corrected_and_when(client: Client) -> None:
    article, editor = make_article(), make_user("Editor")
    publishing.record_edit(article, by=editor, substantive=True, note="The cinema is the <ICA>.")
    publishing.record_edit(article, by=editor, substantive=True)
    publishing.record_edit(article, by=editor, substantive=True, note="It closed in May.")
    text = client.get(article.get_absolute_url()).content.decode()
    assert text.count("Amended on") == 2
    text = text[text.index("Amended on") :]
    assert text.index("The cinema is the &lt;ICA&gt;.") < text.index("It closed in May.")


def test_a_piece_that_was_scheduled_is_not_amended(client: Client) -> None:
    article, editor = make_draft(), make_user("Editor")
    publishing.schedule(article, timezone.now() + timedelta(days=1), by=editor)
    publishing.publish(article, by=editor)
    publishing.record_edit(article, by=editor, substantive=True)
    assert "Amended" not in client.get(article.get_absolute_url()).content.decode()


def test_a_note_of_before_readers_were_told_stays_with_the_newsroom(client: Client) -> None:
    article, editor = make_article(), make_user("Editor")
    publishing.record_edit(article, by=editor, substantive=True, note="Their lawyer rang.")
    article.revisions.update(public=False)  # as the migration leaves it
    assert "lawyer" not in client.get(article.get_absolute_url()).content.decode()
