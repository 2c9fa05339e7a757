"""Two moderators in one queue: each gets comments that the other has not, and is told what the
other did."""

import pytest
from django.test import Client

from comments import moderation, writers
from comments.models import Comment
from tests.factories import make_article, make_comment, make_user

from .pressing import DESK, seen

pytestmark = pytest.mark.django_db

FREE = f"{DESK}?looked_at=by-nobody-else"


def test_what_a_colleague_has_open_can_be_left_to_them(
    client: Client, moderator_client: Client
) -> None:
    article = make_article()
    for number in range(27):
        make_comment(article, author_name=f"Reader {number:02}")
    client.force_login(make_user("Moderator", username="mara", first_name="Mara"))
    client.get(DESK)
    page = moderator_client.get(DESK).content.decode()
    assert "Mara is looking at some of these comments now" in page
    assert 'href="?looked_at=by-nobody-else">Leave them to your colleague' in page
    rest = moderator_client.get(FREE).content.decode()
    assert rest.count("<article") == 2
    assert "Comment by Reader 25" in rest
    assert "Nobody else looks at it" in rest
    assert moderator_client.get(FREE).content.decode().count("<article") == 2  # one's own count not
    Comment.objects.filter(author_name__in=("Reader 25", "Reader 26")).update(status="spam")
    assert "what your colleagues look at" in moderator_client.get(FREE).content.decode()


def test_an_open_list_is_told_what_others_did_meanwhile(moderator_client: Client) -> None:
    mara = make_user("Moderator", username="mara", first_name="Mara")
    names = ("Ann", "Ben", "Cho", "Dee")
    spam, changed, edited, left = comments = [make_comment(author_name=name) for name in names]
    said = seen(*comments)

    def since() -> dict[str, str]:
        answer = moderator_client.post(f"{DESK}look/", {"comment": said})
        return answer.json()["since"]  # type: ignore[no-any-return]

    assert since() == {}
    moderation.mark_spam([Comment.objects.get(pk=spam.pk)], by=mara)
    writers.edit(Comment.objects.get(pk=changed.pk), text="Rather this.")
    moderation.approve([Comment.objects.get(pk=edited.pk)], by=mara)
    writers.edit(Comment.objects.get(pk=edited.pk), text="Rather this, too.")
    waits = "It waits: load the page anew to see it as it is."
    assert since() == {
        str(spam.pk): "Marked as spam by Mara after this page was made.",
        str(changed.pk): f"Edited by its writer after this page was made. {waits}",
        str(edited.pk): "Put back to pending by its writer, who changed it after this page was "
        f"made. {waits}",
    }
    assert str(left.pk) not in since()
