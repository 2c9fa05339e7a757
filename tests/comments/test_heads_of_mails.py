"""What an inbox shows of a mail: from whom it is, what about, and in which conversation."""

from email.utils import parseaddr

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db.models import F
from django.utils.translation import override
from pytest_django import Settings

from comments import moderation, notices
from comments.models import Comment, Notice, Subscription
from publication.models import Masthead
from tests.factories import make_article, make_comment

from .mail_server import mail_server

pytestmark = pytest.mark.django_db


def owe_replies(number: int, moderator: User, headline: str = "“Aloners” Review") -> None:
    parent = make_comment(make_article(headline=headline), status="approved")
    Subscription.objects.create(comment=parent, confirmed_at=parent.submitted_at)
    for n in range(number):
        facts = {"author_email": f"r{n}@example.org", "parent": parent, "root": parent}
        make_comment(parent.article, **facts)
    moderation.approve(Comment.objects.pending(), by=moderator)
    Notice.objects.update(due_at=F("made_at"))


def test_a_long_headline_is_cut_and_not_what_is_said_of_it(moderator: User) -> None:
    owe_replies(1, moderator, "혼자 사는 사람들 " * 20)
    with override("ko"):
        notices.send_due()
    assert mail.outbox[0].subject.endswith("…〉 글의 댓글에 답글이 달렸습니다")
    assert len(mail.outbox[0].subject) <= 150


def test_replies_to_one_comment_are_one_conversation(moderator: User) -> None:
    owe_replies(2, moderator)
    notices.send_due()
    one, other = (sent.message() for sent in mail.outbox)
    assert one["References"] == other["References"]
    assert one["Message-ID"] != other["Message-ID"]


@pytest.mark.parametrize("name", ['Ninth Row, “Film” \\ "others"', "맨 뒷줄에서 보는 영화 " * 6])
def test_the_publication_is_named_where_the_address_has_no_name(
    moderator: User, settings: Settings, port: int, name: str
) -> None:
    settings.DEFAULT_FROM_EMAIL = "desk@film.example"
    Masthead.objects.create(pk=Masthead.THE_ONE, name=name.strip())
    owe_replies(1, moderator)
    with mail_server(port) as server:
        assert notices.send_due() == 1
    called, address = parseaddr(server.mails[0]["From"])
    assert address == "desk@film.example"
    # Python reads a space between two words of which RFC 2047 says that there is none.
    assert called.replace(" ", "") == name.replace(" ", "")


def test_a_name_that_was_set_stays(moderator: User, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "The comments <desk@film.example>"
    owe_replies(1, moderator)
    notices.send_due()
    assert mail.outbox[0].from_email == "The comments <desk@film.example>"
