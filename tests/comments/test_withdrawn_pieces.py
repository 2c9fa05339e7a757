"""What readers do not see any more is not named to those who wrote below it, or reported there."""

import pytest
from django.core import mail
from django.test import Client

from comments import letters, notices, reports, writers
from comments.models import Comment, Subscription
from reviews import publishing
from tests.factories import make_article, make_comment, make_user

from .mailed import ask, mailed_link

pytestmark = pytest.mark.django_db

HEADLINE = "What we should not have said"
INSTEAD = "piece that is not on the site at present"


@pytest.fixture
def comment(db: None) -> Comment:
    article = make_article(headline=HEADLINE)
    comment = make_comment(article, author_email="mina@example.org", status="approved")
    publishing.withdraw(comment.article, by=make_user("Editor"))
    return comment


def test_no_private_page_names_it(client: Client, comment: Comment) -> None:
    ask(client, "mina@example.org")
    report = reports.take(comment, reason="spam")
    subscription = Subscription.objects.create(comment=comment)
    for address in (
        mailed_link(),
        writers.yours_address(comment),
        letters.confirm_address(comment),
        letters.unsubscribe_address(subscription),
        f"/comments/reports/?code={reports.code_of(report)}",
    ):
        page = client.get(address).text
        assert INSTEAD in page, address
        assert HEADLINE not in page
        assert comment.article.get_absolute_url() not in page


@pytest.mark.parametrize("status", ["pending", "approved", "rejected", "spam", "withdrawn"])
def test_where_a_comment_waited_leads_to_its_writers_own_page(
    client: Client, comment: Comment, status: str
) -> None:
    Comment.objects.update(status=status)
    answer = client.get(writers.waiting_address(comment), follow=True)
    assert answer.redirect_chain == [(writers.yours_address(comment), 302)]
    assert INSTEAD in answer.text
    assert writers.waiting_address(comment) not in answer.text  # which would lead back here
    assert (comment.text in answer.text) is (status != "withdrawn")


def test_nor_does_a_mail(comment: Comment) -> None:
    notices.ask_to_confirm(comment)
    notices.send_due()
    (letter,) = mail.outbox
    assert letter.subject.endswith(INSTEAD)
    assert HEADLINE not in letter.body
    assert comment.article.slug not in letter.body


def test_back_on_the_site_it_is(client: Client, comment: Comment) -> None:
    publishing.publish(comment.article, by=None)
    page = client.get(writers.yours_address(comment)).text
    assert HEADLINE in page
    assert f'href="{comment.article.get_absolute_url()}"' in page
