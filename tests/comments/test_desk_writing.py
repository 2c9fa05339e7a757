"""What moderators write at the desk: answers in the publication's name, and edits."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from comments import moderation, plain_text
from comments.desk import seen, writing
from comments.evidence import kept, said
from comments.learning import lessons
from comments.models import TEXT_LIMIT, Comment, CommentEdit, Decision, Finding, Learnt
from reviews.models import Article
from tests.factories import make_comment, make_user

from .pressing import DESK

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"\b7946\b")  # not within a moment, which has ten digits


def test_an_answer_is_the_publications_and_approves_what_it_answers(moderator: User) -> None:
    comment = make_comment()
    outcome = writing.answer(comment, text="Thank you; it is mended.", by=moderator)
    assert len(outcome.decisions) == 2
    made = Comment.objects.get(parent=comment)
    assert (made.status, made.written_by) == ("approved", moderator)
    assert made.findings.get().points == 0
    assert Comment.objects.get(pk=comment.pk).is_approved()


def test_an_answer_to_a_reply_is_in_its_conversation_and_in_the_language_of_its_words() -> None:
    first = make_comment(status="approved")
    reply = make_comment(first.article, parent=first, status="approved")
    by = make_user("Moderator", email="jun@publication.example")
    (answer,) = writing.answer(reply, text="고맙습니다.", by=by).done
    assert (answer.parent, answer.root) == (reply, first)
    assert (answer.author_email, answer.written_in) == (by.email, "ko")


def test_who_has_no_name_signs_in_the_language_of_the_publication(
    moderator_client: Client, settings: Settings
) -> None:
    settings.LANGUAGE_CODE = "ko"
    comment = make_comment(status="approved")
    said = Comment.objects.filter(pk=comment.pk).with_reports_seen().get()
    press = {"comment": seen.said(said), "verb": "answer", "text": "고맙습니다."}
    moderator_client.post(f"{DESK}write/", press)
    assert Comment.objects.get(parent=comment).author_name == "편집부"


@pytest.mark.parametrize(
    ("names", "signed"),
    [
        ({}, "The editors"),
        ({"first_name": "Ann", "last_name": "Lee"}, "Ann Lee"),
        ({"first_name": "Ann " * 15, "last_name": "Lee " * 15}, f"{'Ann ' * 15}{'Lee ' * 4}Lee…"),
    ],
)
def test_readers_see_a_name_and_never_a_login(
    client: Client, names: dict[str, str], signed: str
) -> None:
    by = make_user("Moderator", username="ann.login", **names)
    comment = make_comment(status="approved")
    desk = Client()
    desk.force_login(by)
    own = desk.get(f"/admin/comments/comment/{comment.pk}/change/").content.decode()
    assert ("signed “The editors”" in own) is (signed == "The editors")
    writing.answer(comment, text="Thank you; it is mended.", by=by)
    page = client.get(comment.article.get_absolute_url()).content.decode()
    assert f">{signed}<" in page
    assert "ann.login" not in page


@pytest.mark.parametrize("decided", [moderation.reject, moderation.mark_spam])
def test_what_was_decided_meanwhile_is_not_answered(moderator: User, decided: object) -> None:
    comment = make_comment()
    decided([Comment.objects.get(pk=comment.pk)], by=make_user(username="ann"))  # type: ignore[operator]
    outcome = writing.answer(comment, text="Thank you", by=moderator)
    assert "by ann" in outcome.conflicts[0].sentence
    assert not Comment.objects.filter(parent=comment).exists()


@pytest.mark.parametrize("status", ["rejected", "spam", "withdrawn"])
def test_what_readers_do_not_see_is_not_answered(moderator: User, status: str) -> None:
    comment = make_comment(status=status)
    outcome = writing.answer(comment, text="Thank you", by=moderator)
    assert f"it is {status} already" in outcome.conflicts[0].sentence
    assert not Comment.objects.filter(parent=comment).exists()


def answer_form(client: Client, comment: Comment, text: str) -> dict[str, str]:
    """What the button under an answer sends, as the page is now."""
    page = client.get(f"{DESK}{comment.pk}/change/").content.decode()
    sent = dict(re.findall(r'name="(comment|answer)" value="([0-9:]+)"', page))
    return sent | {"stay": str(comment.pk), "verb": "answer", "text": text}


def test_a_colleague_who_has_answered_is_named_and_the_second_answer_waits_for_a_word(
    moderator_client: Client,
) -> None:
    comment = make_comment(status="approved")
    press = answer_form(moderator_client, comment, "It was Busan.")
    writing.answer(comment, text="It was Mokpo.", by=make_user("Moderator", username="ann"))
    told = moderator_client.post(f"{DESK}write/", press)
    page = told.content.decode()
    assert told.status_code == 422
    assert "ann has answered" in page
    assert "It was Mokpo." in page
    assert "It was Busan.</textarea>" in page
    assert (
        moderator_client.post(f"{DESK}write/", press | {"text": "It was Mokpo."}).status_code == 422
    )
    assert comment.answers().count() == 1
    moderator_client.post(f"{DESK}write/", answer_form(moderator_client, comment, "Or Busan."))
    assert [answer.text for answer in comment.answers()] == ["It was Mokpo.", "Or Busan."]


@pytest.mark.parametrize("status", ["pending", "approved"])
def test_the_same_press_twice_is_one_answer(moderator_client: Client, status: str) -> None:
    comment = make_comment(status=status)
    press = answer_form(moderator_client, comment, "Thank you.")
    for _ in range(2):
        told = moderator_client.post(f"{DESK}write/", press, follow=True)
        assert "Your words are on the page." in told.content.decode()
    assert comment.answers().count() == 1


@pytest.mark.parametrize("verb", ["edit", "publish"])
def test_an_edit_that_is_pressed_twice_is_one_edit(moderator_client: Client, verb: str) -> None:
    comment = make_comment()
    press = answer_form(moderator_client, comment, "Better.") | {"verb": verb}
    for _ in range(2):
        told = moderator_client.post(f"{DESK}write/", press, follow=True)
        assert "The edit is saved" in told.content.decode()
    assert CommentEdit.objects.count() == 1
    comment.refresh_from_db()
    assert comment.is_approved() is (verb == "publish")


def test_words_that_changed_since_are_not_answered(moderator_client: Client) -> None:
    comment = make_comment(status="approved")
    press = answer_form(moderator_client, comment, "I agree.")
    writing.edit(comment, text="Quite another thing.", by=make_user("Moderator", username="ann"))
    told = moderator_client.post(f"{DESK}write/", press)
    assert told.status_code == 422
    assert "was edited by ann" in told.content.decode()
    assert not comment.answers()


def test_an_edit_keeps_what_was_there_and_says_so(moderator: User) -> None:
    comment = make_comment(text="Call me on 020 7946 0000.", text_digest="as sent")
    assert not writing.edit(comment, text="전화하세요.", by=moderator).conflicts
    kept = Comment.objects.get()
    assert (kept.text, kept.version, kept.text_digest) == ("전화하세요.", 2, "as sent")
    assert kept.written_in == "ko"
    assert kept.edited_by_moderator_at
    edit = CommentEdit.objects.get()
    assert (edit.before, edit.by, edit.version) == ("Call me on 020 7946 0000.", moderator, 2)


def test_an_edit_and_its_approval_are_one_press(moderator_client: Client) -> None:
    comment = make_comment(text="Call me on 020 7946 0000.")
    press = {
        "verb": "publish",
        "comment": seen.said(comment),
        "text": "Call me.",
        "stay": comment.pk,
    }
    told = moderator_client.post(f"{DESK}write/", press, follow=True).content.decode()
    assert "The edit is saved, and readers see the comment." in told
    comment.refresh_from_db()
    assert (comment.text, comment.status) == ("Call me.", "approved")
    Article.objects.update(status="withdrawn")
    again = press | {"verb": "edit", "comment": seen.said(comment), "text": "Call them."}
    told = moderator_client.post(f"{DESK}write/", again, follow=True).content.decode()
    assert "It is saved. Readers do not see its article now" in told
    late = press | {"text": "Something else."}
    assert moderator_client.post(f"{DESK}write/", late).status_code == 422
    comment.refresh_from_db()
    assert comment.text == "Call them."


def test_earlier_words_are_taken_away_for_good_and_that_is_written_down(
    moderator_client: Client, moderator: User
) -> None:
    words = "Ring Karen on 020 7946 0000."
    comment = make_comment(text=words, text_digest=plain_text.digest(words), status="approved")
    kind = ["sign", "ways to get in touch", "call", "Ring"]
    reasons = [["word", "7946"], ["word", "Karen"], ["sign", "long numbers"], kind]
    Finding.objects.create(
        comment=comment,
        rule="reads_like_spam",
        points=0,
        evidence=kept([said("hold_zone", score="60"), said("for_spam", reasons=reasons)]),
        quotes=["020 7946 0000", "Karen"],
        against=["on 020 7946"],
    )
    Decision.objects.create(comment=comment, to_status="approved", by=moderator, version=1)
    lessons.catch_up()
    writing.edit(comment, text="Ring Karen.", by=moderator)
    own = f"{DESK}{comment.pk}/change/"
    page = moderator_client.get(own).content.decode()
    assert "Changed by moderator" in page
    comment.refresh_from_db()
    mark = f"forget:{seen.said(comment)}"
    button = f'value="{mark}"'
    assert button in page
    forget = {"mark": mark, "stay": str(comment.pk)}
    told = moderator_client.post(f"{DESK}mark/", forget, follow=True)
    after = told.content.decode()
    assert "What the comment said before is gone for good." in after
    assert "earlier words taken away for good" in after
    assert not NUMBER.search(after)
    assert button not in after
    rows = serializers.serialize("json", [*Finding.objects.all(), *CommentEdit.objects.all()])
    assert not NUMBER.search(rows)
    assert "Karen" in rows
    assert Comment.objects.get().text_digest == plain_text.digest("Ring Karen.")
    assert [*kind[:2], "Ring"] in Finding.objects.get().evidence[1][1]["reasons"]
    assert Learnt.objects.get().wanted_at
    again = moderator_client.post(f"{DESK}mark/", forget, follow=True)
    assert "Nothing was changed" in again.content.decode()


def test_words_that_came_after_the_page_was_made_are_not_taken_away(moderator: User) -> None:
    comment = make_comment(text="One.")
    writing.edit(comment, text="Two.", by=moderator)
    seen = Comment.objects.get()
    writing.edit(comment, text="Three.", by=moderator)
    assert writing.forget(seen, by=moderator)
    assert list(CommentEdit.objects.values_list("before", flat=True)) == ["", "Two."]


def test_the_second_of_two_edits_is_told_and_changes_nothing(moderator: User) -> None:
    comment = make_comment()
    hers = Comment.objects.get()
    writing.edit(hers, text="Hers", by=make_user(username="ann"))
    outcome = writing.edit(comment, text="His", by=moderator)
    assert "was edited by ann" in outcome.conflicts[0].sentence
    assert Comment.objects.get().text == "Hers"
    late = moderation.approve([comment], by=moderator)
    assert "was edited by ann" in late.conflicts[0].sentence


def test_readers_are_told_of_edits_and_of_the_publications_own_words(
    client: Client, moderator: User
) -> None:
    comment = make_comment()
    writing.edit(comment, text="Shorter.", by=moderator)
    writing.answer(comment, text="Thank you.", by=moderator)
    page = client.get(comment.article.get_absolute_url()).content.decode()
    mark = ">Edited by a moderator.<"  # set apart: nobody takes it for the reader’s words
    assert page.count(f'<p class="comment__mark"{mark}') == 1
    assert page.count("for the publication</span>") == 1


def test_an_edit_that_changes_nothing_is_none(moderator: User) -> None:
    comment = make_comment()
    writing.edit(comment, text=comment.text, by=moderator)
    assert not CommentEdit.objects.exists()
    assert Comment.objects.get().version == 1


@pytest.mark.parametrize("status", ["spam", "rejected", "withdrawn"])
def test_only_what_readers_may_come_to_see_is_edited(moderator: User, status: str) -> None:
    comment = make_comment(status=status)
    assert writing.edit(comment, text="Other", by=moderator).conflicts


@pytest.mark.parametrize("text", ["", " \u200b\n", "x" * (TEXT_LIMIT + 1)])
def test_words_that_cannot_be_are_refused_with_a_sentence(moderator: User, text: str) -> None:
    comment = make_comment()
    for write in (writing.answer, writing.edit):
        with pytest.raises(ValidationError):
            write(comment, text=text, by=moderator)
    assert Comment.objects.get().version == 1


@pytest.mark.parametrize("verb", [writing.answer, writing.edit, writing.edit_and_approve])
@pytest.mark.parametrize("status", ["pending", "approved"])
def test_what_went_with_its_article_meanwhile_is_a_conflict(
    moderator: User, verb: Any, status: str
) -> None:
    comment = make_comment(status=status)
    Comment.objects.filter(pk=comment.pk).delete()
    outcome = verb(comment, text="Thank you; it is mended.", by=moderator)
    assert [conflict.comment for conflict in outcome.conflicts] == [comment]
    assert not Comment.objects.exists()
