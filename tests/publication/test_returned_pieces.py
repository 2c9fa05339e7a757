"""Who handed a piece in is mailed what an editor returned it with, and where to write on."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from comments import notices
from comments.models import Notice
from reviews import publishing
from reviews.models import Article, Reviewer
from tests.factories import make_draft, make_reviewer, make_user
from tests.reviews.desk import change_url, form_data

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/article/"


@pytest.fixture
def kim(db: None) -> User:
    return make_user("Contributor", username="kim", email="kim@example.org")


def handed_in(who: User, **facts: Any) -> Article:
    draft = make_draft(**facts)
    publishing.submit(draft, by=who)
    return draft


def returned(editor: Client, article: Article, note: str = "Who directed it?") -> None:
    article.refresh_from_db()
    data = form_data(article) | {"to_writer": note, "_return_to_draft": "x"}
    assert editor.post(change_url(article), data).status_code == 302


def mails() -> list[EmailMessage]:
    notices.send_due()
    return mail.outbox


def test_who_handed_it_in_is_mailed_the_note_and_the_way_to_it(
    editor_client: Client, kim: User
) -> None:
    article = handed_in(kim, headline="“Aloners” Review")
    returned(editor_client, article)
    (letter,) = mails()
    assert letter.to == ["kim@example.org"]
    assert letter.subject == "Returned to you: “Aloners” Review"
    assert "\n  “Aloners” Review\n" in letter.body
    assert "What to do:\n\n  Who directed it?\n" in letter.body
    assert f"\n  http://testserver/admin/reviews/article/{article.pk}/change/\n" in letter.body


def test_without_a_note_it_says_that_it_is_theirs_again(editor_client: Client, kim: User) -> None:
    returned(editor_client, handed_in(kim), "")
    (letter,) = mails()
    assert "Your piece was returned to you:" in letter.body
    assert "What to do" not in letter.body


def test_so_is_who_wrote_it_with_them(editor_client: Client, kim: User) -> None:
    lee = make_user("Contributor", email="lee@example.org")
    Reviewer.objects.filter(pk=(reviewer := make_reviewer("Lee")).pk).update(user=lee)
    article = handed_in(kim, by=reviewer)
    returned(editor_client, article)
    assert sorted(letter.to for letter in mails()) == [["kim@example.org"], ["lee@example.org"]]


def test_who_takes_back_their_own_is_not(kim: User, client: Client) -> None:
    article = handed_in(kim)
    client.force_login(kim)
    data = form_data(article) | {"_return_to_draft": "x"}
    assert client.post(change_url(article), data).status_code == 302
    assert Article.objects.drafts().exists()
    assert not Notice.objects.exists()


def test_nor_is_anybody_where_one_of_two_writers_takes_it_back(kim: User, client: Client) -> None:
    lee = make_user("Contributor", email="lee@example.org")
    Reviewer.objects.filter(pk=(reviewer := make_reviewer("Lee")).pk).update(user=lee)
    article = handed_in(kim, by=reviewer)
    client.force_login(lee)
    data = form_data(article) | {"_return_to_draft": "x"}
    assert client.post(change_url(article), data).status_code == 302
    assert Article.objects.drafts().exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("facts", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_nor_who_left_or_has_no_address(
    editor_client: Client, kim: User, facts: dict[str, object]
) -> None:
    article = handed_in(kim)
    User.objects.filter(pk=kim.pk).update(**facts)
    returned(editor_client, article)
    assert mails() == []


def test_nor_who_only_moderates_by_now(editor_client: Client, kim: User) -> None:
    article = handed_in(kim)
    returned(editor_client, article)
    kim.groups.set(make_user("Moderator").groups.all())
    assert mails() == []


def test_what_was_handed_in_again_by_then_is_not_told(editor_client: Client, kim: User) -> None:
    article = handed_in(kim)
    returned(editor_client, article)
    article.refresh_from_db()
    publishing.submit(article, by=kim)
    assert mails() == []
    returned(editor_client, article, "And when?")
    (letter,) = mails()
    assert "And when?" in letter.body


def test_what_was_withdrawn_is_told_of_where_something_is_to_be_done(
    editor_client: Client, kim: User
) -> None:
    articles = [handed_in(kim, headline="Cats"), handed_in(kim)]
    Article.objects.update(status="withdrawn")
    cats, silent = articles
    ticked = {"action": "return_to_draft", "say": "x"}
    editor_client.post(LIST, ticked | {"_selected_action": cats.pk, "note": "Ask Lee."})
    editor_client.post(LIST, ticked | {"_selected_action": silent.pk, "note": ""})
    (letter,) = mails()
    assert letter.subject == "Returned to you: Cats"
    assert "Ask Lee." in letter.body


def test_many_are_returned_with_one_note(editor_client: Client, kim: User) -> None:
    articles = [handed_in(kim), handed_in(kim, headline="Cats")]
    ticked = {"action": "return_to_draft", "_selected_action": [each.pk for each in articles]}
    asked = editor_client.post(LIST, ticked)
    assert "What its writer should do (optional)" in asked.text
    assert "Cats" in asked.text
    assert not Article.objects.drafts().exists()
    editor_client.post(LIST, ticked | {"note": "Add a byline.", "say": "x"})
    assert Article.objects.drafts().count() == 2
    assert [("Add a byline." in letter.body) for letter in mails()] == [True, True]
