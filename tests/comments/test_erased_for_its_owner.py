"""What is kept of somebody who writes to the administrator: shown, mailed or erased at the desk."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from comments import notices, privacy, writers
from comments.models import Comment, Decision, Sender
from tests.comments.reporting import text_of
from tests.factories import make_comment, make_user

from .pressing import DESK

KEPT = f"{DESK}kept/"
MINA = "mina@example.org"
pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(make_user("Administrator", username="root"))
    return client


def test_an_administrator_gets_there_from_the_desk_and_from_a_comment(
    administrator: Client, moderator_client: Client
) -> None:
    comment = make_comment()
    own = f"{DESK}{comment.pk}/change/"
    assert f'href="{KEPT}"' in administrator.get(DESK).content.decode()
    there = f"{KEPT}?email=mina%40example.org&amp;stay={comment.pk}"
    assert f'href="{there}"' in administrator.get(own).content.decode()
    for page in (DESK, own):
        assert KEPT not in moderator_client.get(page).content.decode()
    assert moderator_client.get(KEPT).status_code == 403


def test_it_leads_back_to_where_one_came_from(administrator: Client) -> None:
    comment = make_comment(status="spam")
    page = administrator.get(f"{DESK}?state=spam").content.decode()
    assert f'href="{KEPT}?from=state%3Dspam"' in page
    whence = {"from": "state=spam", "stay": str(comment.pk)}
    press = {"email": MINA, "do": "erase", "sure": "on"}
    for say, back in (({"from": "state=spam"}, "?state=spam"), (whence, f"{comment.pk}/change/")):
        for answer in (
            administrator.get(KEPT, say),
            administrator.post(KEPT, press | say, follow=True),
        ):
            assert f'<p><a href="{DESK}{back}' in answer.content.decode()


def test_it_shows_what_the_owner_is_shown_and_where_others_may_have_quoted_it(
    administrator: Client, moderator: User
) -> None:
    comment = make_comment(text="The kitchen scene.", author_name="Mina K", address_hash="a" * 64)
    make_comment(text="Somebody else’s.", author_email="jun@example.org")
    decision = Decision.objects.create(
        comment=comment, to_status="pending", reason="Knows the cast", by=moderator, version=2
    )
    page = text_of(administrator.get(f"{KEPT}?email=MINA@example.org"))
    for said in ("The kitchen scene.", "Mina K", "A hash of the network address", decision.reason):
        assert said in page
    assert "Somebody else’s." not in page
    assert "?state=all&amp;q=Mina%20K" in page or "?state=all&amp;q=Mina+K" in page
    assert "Nothing is kept" in text_of(administrator.get(f"{KEPT}?email=nobody@example.org"))


def test_the_owner_is_mailed_the_link(administrator: Client) -> None:
    make_comment()
    administrator.post(KEPT, {"email": MINA, "do": "mail"})
    notices.send_due()
    assert [sent.to for sent in mail.outbox] == [[MINA]]
    assert "/privacy/comments/yours/" in mail.outbox[0].body


def test_it_is_erased_once_the_box_is_ticked_and_the_history_names_nobody(
    administrator: Client, moderator: User
) -> None:
    comment, other = make_comment(), make_comment(author_email="jun@example.org")
    Sender.objects.create(who=MINA, listed_by=moderator)
    told = administrator.post(KEPT, {"email": MINA, "do": "erase"}, follow=True)
    assert "tick the box first" in text_of(told)
    comment.refresh_from_db()
    assert comment.text
    told = administrator.post(KEPT, {"email": MINA, "do": "erase", "sure": "on"}, follow=True)
    assert "words of 1 comment were erased" in text_of(told)
    assert MINA not in told.request["QUERY_STRING"]
    comment.refresh_from_db()
    assert (comment.text, comment.author_email, comment.status) == ("", "", "withdrawn")
    assert Comment.objects.get(pk=other.pk).text
    assert not Sender.objects.filter(who=MINA).exists()
    own = text_of(administrator.get(f"{DESK}{comment.pk}/change/"))
    assert "Erased at its writer’s wish." in own
    assert "Under this e-mail address" not in own  # there is none, and so no record of others’
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.object_repr) == ("root", "1 erased at the writer’s wish")
    assert "1 erased at the writer" in text_of(administrator.get("/admin/"))


def test_who_began_an_erasure_that_broke_off_stands_in_the_history(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_comment(author_email=MINA)
    with monkeypatch.context() as broken:
        broken.setattr(privacy, "_empty", lambda *_: 1 / 0)
        administrator.raise_request_exception = False
        administrator.post(KEPT, {"email": MINA, "do": "erase", "sure": "on"})
    assert privacy.erase_again() == 1
    entry = LogEntry.objects.get()
    assert (entry.user.username, MINA in str(entry)) == ("root", False)
    assert "What a writer wished erased: begun" in text_of(administrator.get("/admin/"))


def test_at_its_private_address_an_erased_comment_is_said_to_be_erased(client: Client) -> None:
    comment = make_comment()
    privacy.erase(comment.author_email)
    page = client.get(writers.yours_address(comment)).text
    assert "This comment was erased. Its words, name and addresses are not kept." in page
    assert "You have withdrawn" not in page
