"""Editors' picks, the author's own replies, and reports that are read and settled."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments import reports
from comments.desk import seen
from comments.models import Comment, Mark, Report
from tests.factories import make_article, make_comment, make_reviewer

from .pressing import DESK

pytestmark = pytest.mark.django_db


def page_of(comment: Comment) -> str:
    return Client().get(comment.article.get_absolute_url()).content.decode()


def press(client: Client, what: str, comment: Comment) -> str:
    page = f"{seen.which(comment)}:{comment.version}:{newest_report()}"
    data = {"mark": f"{what}:{page}"}
    data["stay"] = str(comment.pk)
    return client.post(f"{DESK}mark/", data, follow=True).content.decode()


def newest_report() -> int:
    newest = Report.objects.last()
    return newest.pk if newest else 0


def test_a_pick_is_marked_for_readers_until_it_is_taken_away(moderator_client: Client) -> None:
    comment = make_comment(status="approved")
    assert "Make it an editors" in moderator_client.get(f"{DESK}?state=approved").content.decode()
    assert "Marked as an editors" in press(moderator_client, "pick", comment)
    assert "★ Editors’ pick" in page_of(comment)
    assert "a colleague was quicker" in press(moderator_client, "pick", comment)
    press(moderator_client, "unpick", comment)
    assert "Editors’ pick" not in page_of(comment)


def test_the_log_says_who_marked_what_and_when(moderator_client: Client, moderator: User) -> None:
    comment = make_comment(status="approved")
    reports.take(comment, reason="spam")
    for what in ("pick", "pick", "unpick", "unpick", "keep", "keep"):
        page = press(moderator_client, what, comment)
    marks = list(Mark.objects.filter(comment=comment))
    assert [mark.what for mark in marks] == ["picked", "unpicked", "kept"]
    assert {mark.by for mark in marks} == {moderator}
    log = page.partition("What was decided")[2]
    assert re.findall("<td>(made an editors|no longer an editors|reports read)", log) == [
        *("made an editors", "no longer an editors", "reports read")
    ]
    assert log.count("<td>moderator</td>") == 3


def test_what_moved_meanwhile_is_not_picked(moderator_client: Client) -> None:
    comment = make_comment(status="approved")
    Comment.objects.update(version=2)
    assert "Nothing was changed" in press(moderator_client, "pick", comment)
    assert "Nothing was changed" in press(moderator_client, "pick", make_comment())
    assert "Press one of" in moderator_client.post(f"{DESK}mark/", follow=True).content.decode()


def test_who_may_not_moderate_may_not_mark(client: Client) -> None:
    client.force_login(User.objects.create_user("x", is_staff=True))
    comment = make_comment(status="approved")
    answer = client.post(f"{DESK}mark/", {"mark": f"pick:{seen.said(comment)}"})
    assert answer.status_code == 403


def test_only_the_byline_that_is_logged_in_is_marked_as_author(moderator: User) -> None:
    reviewer = make_reviewer("Mina")
    article = make_article(by=reviewer)
    comment = make_comment(article, status="approved", author_name="Mina", written_by=moderator)
    assert "Author of this article" not in page_of(comment)
    reviewer.user = moderator
    reviewer.save()
    assert "Author of this article" in page_of(comment)
    Comment.objects.update(written_by=None)
    assert "Author of this article" not in page_of(comment)


def test_reported_comments_are_found_and_settled_on_the_desk(moderator_client: Client) -> None:
    comment = make_comment(status="approved", author_name="Reported one")
    make_comment(comment.article, status="approved", author_name="Quiet one")
    reports.take(comment, reason="spam")
    page = moderator_client.get(f"{DESK}?state=approved&reported=open").content.decode()
    assert "Reported one" in page
    assert "Quiet one" not in page
    assert "reports settled: 1" in press(moderator_client, "keep", comment)
    assert Report.objects.not_upheld().count() == 1
