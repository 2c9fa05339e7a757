"""A page of the desk on which somebody presses after others did: nothing is overwritten."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from comments import moderation
from comments.desk import seen
from comments.models import Act, Comment, Decision
from tests.factories import make_article, make_comment, make_user

from .pressing import DESK, decide, messages_on

pytestmark = pytest.mark.django_db


def test_the_second_moderator_is_told_and_nothing_is_overwritten(moderator_client: Client) -> None:
    ann = make_user("Moderator", username="ann")
    comment, other = make_comment(), make_comment()
    moderation.approve([Comment.objects.get(pk=comment.pk)], by=ann)
    decide(moderator_client, "spam", comment, other)
    assert Comment.objects.get(pk=comment.pk).is_approved()
    assert Comment.objects.get(pk=other.pk).status == "spam"
    told = messages_on(moderator_client)
    assert "was approved by ann" in told
    assert "Nothing was changed" in told


@pytest.mark.parametrize("name", ["decide", "undo", "mark", "write"])
def test_a_press_about_what_is_deleted_meanwhile_says_so(
    moderator_client: Client, name: str
) -> None:
    comment, stays = make_comment(), make_comment()
    decide(moderator_client, "approve", comment)
    decision = Decision.objects.get()
    comment.refresh_from_db()
    gone = seen.said(comment)
    Decision.objects.all().delete()
    Comment.objects.filter(pk=comment.pk).delete()
    facts = {"decide": {"verb": "reject", "comment": [gone, seen.said(stays)]}}
    facts |= {"undo": {"decision": seen.which(decision)}, "mark": {"mark": f"pick:{gone}"}}  # type: ignore[dict-item]
    facts |= {"write": {"verb": "answer", "comment": gone, "text": "Ten minutes’ work"}}  # type: ignore[dict-item]
    answer = moderator_client.post(f"{DESK}{name}/", facts[name], follow=name != "write")
    page = answer.content.decode()
    assert ("left to undo" if name == "undo" else "was deleted after this page was made") in page
    assert ("Ten minutes’ work" in page) is (name == "write")
    assert Comment.objects.get().status == ("rejected" if name == "decide" else "pending")


@pytest.mark.parametrize("name", ["decide", "mark", "write"])
def test_a_page_left_open_decides_nothing_about_anothers_comment_with_the_same_key(
    moderator_client: Client, name: str
) -> None:
    """As after a backup was put back: what came since is gone, and its keys are given again."""
    comment = make_comment(status="approved")
    page, key = seen.said(comment), comment.pk
    comment.delete()
    later = comment.submitted_at + timedelta(seconds=1)
    make_comment(comment.article, pk=key, submitted_at=later, status="approved")
    facts = {"decide": {"verb": "reject", "comment": page}, "mark": {"mark": f"pick:{page}"}}
    facts |= {"write": {"verb": "answer", "comment": page, "text": "Ten minutes’ work"}}
    answer = moderator_client.post(f"{DESK}{name}/", facts[name], follow=name != "write")
    assert "was deleted after this page was made" in answer.content.decode()
    now = Comment.objects.get()
    assert (now.status, now.version, now.picked_at) == ("approved", 1, None)


@pytest.mark.parametrize("what", ["act", "decision"])
def test_nor_does_it_take_back_another_decision_with_the_same_key(
    moderator_client: Client, what: str
) -> None:
    comment = make_comment()
    decide(moderator_client, "spam", comment)
    model: Any = {"act": Act, "decision": Decision}[what]
    press = {what: seen.which(model.objects.get())}
    model.objects.update(made_at=F("made_at") + timedelta(seconds=1))
    told = moderator_client.post(f"{DESK}undo/", press, follow=True).content.decode()
    assert "Nothing of it is left to undo." in told
    assert Comment.objects.get().status == "spam"


def test_a_page_that_comes_very_late_is_told_of_ten_and_of_how_many_more(
    moderator_client: Client,
) -> None:
    article = make_article()
    made = [make_comment(article, author_name=f"Reader {n}") for n in range(13)]
    page = [seen.said(comment) for comment in made]
    moderation.reject(made, by=make_user(username="ann"))
    press = {"verb": "approve", "comment": page}
    told = moderator_client.post(f"{DESK}decide/", press, follow=True).content.decode()
    assert told.count("was rejected by ann") == 10
    assert "3 more had been changed by others, and were left." in told


def test_the_script_is_told_what_is_deleted_meanwhile(moderator_client: Client) -> None:
    comment = make_comment()
    Comment.objects.all().delete()
    press = {"verb": "approve", "comment": seen.said(comment)}
    told = moderator_client.post(f"{DESK}decide/", press, headers={"accept": "application/json"})
    said = f"Comment {comment.pk} was deleted after this page was made."
    assert told.json() == {
        "done": [],
        "conflicts": [{"comment": comment.pk, "sentence": said}],
        "told": "",
    }
