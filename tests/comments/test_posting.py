"""A reader posts: where that leads, and what the private page shows."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments import moderation
from comments.models import Comment
from comments.writers import waiting_address
from tests.factories import make_article, make_comment

from .posting import WORDS, post

pytestmark = pytest.mark.django_db
NOTE = "only you can see it at this private address"


def test_a_post_leads_to_the_private_page_of_the_waiting_comment(client: Client) -> None:
    article = make_article()
    answer = post(client, article, text=WORDS, url="mina.example.org")
    comment = Comment.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == waiting_address(comment)
    assert (comment.author_name, comment.author_url) == ("Mina", "https://mina.example.org")
    assert comment.is_pending()

    page = client.get(answer["Location"])
    assert f"<title>Your comment on {article.headline} ·" in page.content.decode()
    assert NOTE in page.content.decode()
    assert WORDS in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page["X-Robots-Tag"]
    assert not client.cookies
    assert WORDS not in client.get(article.get_absolute_url()).content.decode()


def test_a_reply_waits_under_what_it_answers(client: Client) -> None:
    parent = make_comment(status="approved", author_name="Jun")
    answer = post(client, parent)
    assert Comment.objects.latest("pk").parent == parent
    page = client.get(answer["Location"]).content.decode()
    assert page.index(f'id="comment-{parent.pk}"') < page.index(NOTE) < page.index("Leave a Reply")


def test_pressing_twice_makes_one_comment_and_leads_to_one_page(client: Client) -> None:
    article = make_article()
    first, second = post(client, article), post(client, article)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_a_spammer_sees_the_same_answer_as_everyone(client: Client) -> None:
    article = make_article()
    answer = post(client, article, subject="cheap watches")
    assert Comment.objects.get().status == "spam"
    assert answer.status_code == 303
    assert NOTE in client.get(answer["Location"]).content.decode()


def test_approved_and_no_longer_its_writers_the_private_address_leads_to_the_permanent_place(
    client: Client, moderator: User
) -> None:
    post(client, make_article())
    Comment.objects.update(submitted_at=timezone.now() - timedelta(minutes=16))
    comment = Comment.objects.get()
    moderation.approve([comment], by=moderator)
    answer = client.get(waiting_address(comment))
    assert answer.status_code == 302
    assert answer["Location"] == comment.get_absolute_url()
    assert WORDS in client.get(comment.article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("status", ["rejected", "spam"])
def test_a_refused_comment_looks_as_if_it_waited(client: Client, status: str) -> None:
    comment = make_comment(status=status)
    assert NOTE in client.get(waiting_address(comment)).content.decode()


def test_a_withdrawn_comment_leads_to_the_article(client: Client) -> None:
    comment = make_comment(status="withdrawn")
    assert client.get(waiting_address(comment))["Location"] == comment.article.get_absolute_url()


def test_a_changed_token_is_no_address(client: Client) -> None:
    token = waiting_address(make_comment()).split("/")[-2]
    other = make_comment()
    for forged in (f"{other.pk}:{token.partition(':')[2]}", token[:-1], f"{other.pk}", "x"):
        assert client.get(reverse("comments:waiting", args=[forged])).status_code == 404


def test_a_reply_has_a_page_of_its_own_with_what_it_answers(client: Client) -> None:
    parent = make_comment(status="approved", text="What it answers.")
    page = client.get(reverse("comments:reply", args=[parent.pk])).content.decode()
    assert "What it answers." in page
    assert f'action="/comments/{parent.pk}/reply/"' in page


@pytest.mark.parametrize("status", ["pending", "rejected", "spam", "withdrawn"])
def test_what_is_not_approved_has_no_reply_page(client: Client, status: str) -> None:
    comment = make_comment(status=status)
    assert client.get(reverse("comments:reply", args=[comment.pk])).status_code == 404


def test_no_such_comment_has_no_page_however_large_its_number(client: Client) -> None:
    assert client.get(f"/comments/{'9' * 30}/reply/").status_code == 404
    assert client.get(f"/comments/on/{'9' * 30}/").status_code == 404
    assert client.put("/comments/on/1/").status_code == 405
