"""Who sees the moderators' desk, and who decides there."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from reviews import publishing
from reviews.models import Article
from tests.factories import make_article, make_comment, make_draft, make_user

from .pressing import DESK, decide

pytestmark = pytest.mark.django_db


def test_nothing_is_added_edited_or_deleted_here(moderator_client: Client) -> None:
    comment = make_comment()
    address = f"{DESK}{comment.pk}/change/"
    assert moderator_client.get(f"{DESK}add/").status_code == 403
    assert moderator_client.get(f"{DESK}{comment.pk}/delete/").status_code == 403
    assert moderator_client.post(address, {"text": "Rewritten"}).status_code == 403
    root = Client()
    root.force_login(make_user("Administrator"))
    assert root.post(address, {"text": "Rewritten"}).status_code == 403
    assert Comment.objects.get().text != "Rewritten"


@pytest.mark.parametrize(
    ("permissions", "sees", "decides"),
    [([], 403, 403), (["view_comment"], 200, 403), (["moderate_comment"], 403, 302)],
)
def test_seeing_and_deciding_are_two_permissions(
    permissions: list[str], sees: int, decides: int
) -> None:
    user = make_user()
    User.objects.filter(pk=user.pk).update(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    comment = make_comment()
    answer = client.get(DESK)
    assert answer.status_code == sees
    assert b'name="verb"' not in answer.content
    assert decide(client, "approve", comment).status_code == decides
    undo = client.post(f"{DESK}undo/", {"decision": "x"})
    assert undo.status_code == decides


def test_a_moderator_sees_only_the_desk_and_an_editor_both(
    moderator_client: Client, editor_client: Client
) -> None:
    theirs = moderator_client.get("/admin/").content.decode()
    assert "/admin/comments/comment/" in theirs
    assert "/admin/reviews/" not in theirs
    assert moderator_client.get("/admin/reviews/review/").status_code == 403
    both = editor_client.get("/admin/").content.decode()
    assert "/admin/comments/comment/" in both
    assert "/admin/reviews/" in both


@pytest.mark.parametrize("standing", ["draft", "scheduled", "withdrawn", "deleted"])
def test_a_moderator_is_told_nothing_of_a_piece_that_readers_do_not_see(
    moderator_client: Client, standing: str
) -> None:
    piece = make_draft(headline="Nobody knows of this")
    match standing:
        case "scheduled":
            publishing.schedule(piece, at=timezone.now() + timedelta(days=2), by=None)
        case "withdrawn":
            publishing.publish(piece, by=None)
            publishing.withdraw(piece, by=make_user())
        case "deleted":
            publishing.delete(piece, by=make_user())
    assert "Nobody knows" not in moderator_client.get(f"{DESK}?article={piece.pk}").text
    said = {"piece": piece.pk, "was": "usual", "policy": "closed"}
    assert "Nobody knows" not in moderator_client.post(f"{DESK}replies/", said, follow=True).text
    assert not Article.objects.filter(pk=piece.pk, comment_policy="closed").exists()


def test_a_moderator_decides_under_a_piece_that_was_withdrawn(moderator_client: Client) -> None:
    comment = make_comment(make_article(headline="Not any more"))
    Article.objects.filter(pk=comment.article_id).update(status="withdrawn")
    assert "Not any more (1)" in moderator_client.get(f"{DESK}?article={comment.article_id}").text


def test_a_stranger_is_asked_to_log_in_and_decides_nothing(client: Client) -> None:
    assert client.get(DESK).status_code == 302
    assert decide(client, "approve", make_comment()).status_code == 403
    assert Comment.objects.get().is_pending()


def test_a_press_needs_a_token(moderator: User) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(moderator)
    assert decide(careful, "approve", make_comment()).status_code == 403
