"""What moderators write at the desk: answers in the publication's name, and edits."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from comments import moderation
from comments.desk import writing
from comments.models import TEXT_LIMIT, Comment, CommentEdit
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db


def test_an_answer_is_the_publications_and_approves_what_it_answers(moderator: User) -> None:
    comment = make_comment()
    outcome = writing.answer(comment, text="Thank you; it is mended.", by=moderator)
    assert len(outcome.decisions) == 2
    made = Comment.objects.get(parent=comment)
    assert (made.status, made.written_by) == ("approved", moderator)
    assert made.findings.get().points == 0
    assert Comment.objects.get(pk=comment.pk).is_approved()


@pytest.mark.parametrize(
    ("names", "signed"),
    [({}, "The editors"), ({"first_name": "Ann", "last_name": "Lee"}, "Ann Lee")],
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


def test_an_edit_keeps_what_was_there_and_says_so(moderator: User) -> None:
    comment = make_comment(text="Call me on 020 7946 0000.", text_digest="as sent")
    assert not writing.edit(comment, text="Call me.", by=moderator).conflicts
    kept = Comment.objects.get()
    assert (kept.text, kept.version, kept.text_digest) == ("Call me.", 2, "as sent")
    assert kept.edited_by_moderator_at
    edit = CommentEdit.objects.get()
    assert (edit.before, edit.by, edit.version) == ("Call me on 020 7946 0000.", moderator, 2)


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
    assert page.count("Edited by a moderator.") == 1
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
