"""Answers that moderators keep, and put into the field of a comment's answer."""

import re
from html import unescape

import pytest
from django.test import Client

from comments.models import Comment, SavedAnswer
from tests.factories import make_comment
from tests.opened import just_opened

from .pressing import DESK, seen

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/savedanswer/"
WRITE = f"{DESK}write/"


def field(page: str) -> str:
    found = re.search(r'id="desk-answer"[^>]*>([^<]*)<', page)
    assert found
    return found[1]


def test_what_a_moderator_saved_is_put_in_below_what_was_typed_and_sent_by_a_press_after(
    moderator_client: Client,
) -> None:
    text = "Spoilers go into a fold.\n\nBegin the paragraph with “Spoiler:”."
    moderator_client.post(f"{LIST}add/", {"title": " Fold  it ", "text": f"{text}  \r\n"})
    saved = SavedAnswer.objects.get()
    assert (saved.title, saved.text) == ("Fold it", text)
    comment = make_comment()
    own = moderator_client.get(f"{DESK}{comment.pk}/change/?from=state%3Dall").text
    assert f'<option value="{saved.pk}" data-text="{text}">Fold it</option>' in own
    assert field(own) == ""
    typed = {"comment": seen(comment), "query": "state=all", "text": "Mina,\r\n"}
    page = moderator_client.post(WRITE, typed | {"verb": "put_in", "saved": saved.pk})
    assert page.status_code == 200
    assert field(page.text) == f"Mina,\n\n{text}"
    assert "?state=all" in page.text
    assert Comment.objects.count() == 1  # nothing is sent
    assert Comment.objects.get().is_pending()
    moderator_client.post(WRITE, typed | {"verb": "answer", "text": field(page.text)})
    assert Comment.objects.get(parent=comment).text == f"Mina,\n\n{text}"


def test_what_was_typed_stays_where_no_saved_answer_was_chosen_or_it_is_gone(
    moderator_client: Client,
) -> None:
    comment = make_comment()
    assert 'name="saved"' not in moderator_client.get(f"{DESK}{comment.pk}/change/").text
    typed = {"comment": seen(comment), "text": "Mina,", "verb": "put_in"}
    for chosen in ("", "999", "x"):
        page = moderator_client.post(WRITE, typed | {"saved": chosen})
        assert field(page.text) == "Mina,"
        assert "Choose one of the saved answers first." in page.text


def test_two_saved_answers_have_two_titles_and_each_says_something(
    moderator_client: Client,
) -> None:
    SavedAnswer.objects.create(title="Fold it", text="Spoilers go into a fold.")
    twice = moderator_client.post(f"{LIST}add/", {"title": "Fold it", "text": "Other words."})
    assert "Another saved answer has this title." in twice.text
    empty = moderator_client.post(f"{LIST}add/", {"title": "Empty", "text": "\u200b"})
    assert "Write something that can be seen." in empty.text
    assert SavedAnswer.objects.count() == 1


def test_their_list_says_how_many_were_found_where_somebody_looked(
    moderator_client: Client,
) -> None:
    SavedAnswer.objects.create(title="Fold it", text="Spoilers go into a fold.")
    assert "found" not in moderator_client.get(LIST).text
    assert "1 found · " in moderator_client.get(f"{LIST}?q=fold").text


def test_the_history_of_a_saved_answer_has_the_words_that_were_changed_in_full(
    moderator_client: Client,
) -> None:
    earlier = "Spoilers go into a fold: a < b. " * 20
    moderator_client.post(f"{LIST}add/", {"title": "Fold it", "text": earlier})
    one = SavedAnswer.objects.get()
    its = f"{LIST}{one.pk}/change/"
    typed = {"title": "Fold it", "text": "Fold it, please."} | just_opened(its)
    moderator_client.post(its, typed)
    assert SavedAnswer.objects.get().text == "Fold it, please."
    history = unescape(moderator_client.get(f"{LIST}{one.pk}/history/").text)
    assert f"Text (before: {earlier.strip()})" in history
