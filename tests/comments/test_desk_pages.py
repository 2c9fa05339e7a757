"""A page of the desk is one form; colleagues are seen."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments.admin import records
from comments.desk.seen import which
from comments.evidence import kept
from comments.models import TEXT_LIMIT, Act, Comment, CommentEdit, Decision, Finding, Look
from comments.templatetags import desk as words
from tests.factories import make_article, make_comment, make_user

from .pressing import DESK, seen

pytestmark = pytest.mark.django_db


def test_a_page_with_different_choices_is_one_press_and_one_act(moderator_client: Client) -> None:
    article = make_article()
    one, two, three, left = (make_comment(article) for _ in range(4))
    choices = {f"decision-{one.pk}": "approve", f"decision-{two.pk}": "reject"}
    choices |= {f"decision-{three.pk}": "spam", f"decision-{left.pk}": ""}
    choices |= {"comment": seen(one, two, three, left), f"reason-{two.pk}": "Rude"}
    assert moderator_client.post(f"{DESK}decide/", choices).status_code == 302
    statuses = [c.status for c in Comment.objects.order_by("pk")]
    assert statuses == ["approved", "rejected", "spam", "pending"]
    assert Decision.objects.get(comment=two).reason == "Rude"
    assert "3 comments at once" in moderator_client.get(DESK).content.decode()
    moderator_client.post(f"{DESK}undo/", {"act": which(Act.objects.get())})
    assert Comment.objects.pending().count() == 4


def test_a_hundred_are_cleared_in_four_presses(moderator_client: Client) -> None:
    article = make_article()
    for _ in range(100):
        make_comment(article)
    for _ in range(4):
        page = moderator_client.get(f"{DESK}?choose=approve").context["cl"].result_list
        choices = {f"decision-{comment.pk}": "approve" for comment in page}
        moderator_client.post(f"{DESK}decide/", choices | {"comment": seen(*page)})
    assert Comment.objects.approved().count() == 100


def test_the_script_is_answered_with_facts(moderator_client: Client) -> None:
    comment = make_comment()
    press = {"verb": "approve", "comment": seen(comment)}
    told = moderator_client.post(f"{DESK}decide/", press, headers={"Accept": "application/json"})
    assert told.json()["done"][0] | {"act": 0} == {
        "comment": comment.pk,
        "version": 2,
        "status": "approved",
        "did": "approved",
        "act": 0,
    }
    again = moderator_client.post(f"{DESK}decide/", press, headers={"Accept": "application/json"})
    assert "was approved by moderator" in again.json()["conflicts"][0]["sentence"]


def test_a_sender_is_listed_from_a_comment_with_its_address(moderator_client: Client) -> None:
    make_comment(author_email="rude+1@example.org")
    address = "/admin/comments/sender/add/?who=rude%2B1%40example.org"
    assert f'href="{address}"' in moderator_client.get(f"{DESK}?state=all&p=1").content.decode()
    assert 'value="rude+1@example.org"' in moderator_client.get(address).content.decode()


def test_one_who_writes_under_many_addresses_from_one_network_is_told_of(
    moderator_client: Client,
) -> None:
    for number in range(4):
        make_comment(author_email=f"troll{number}@example.org", address_hash="a")
    make_comment(author_email="TROLL3@example.org", address_hash="a")
    make_comment(author_email="", address_hash="a")
    alone = make_comment(author_email="mina@example.org", address_hash="b")
    make_comment(author_email="jun@example.org", address_hash="")
    make_comment(author_email="kim@example.org", address_hash="")
    page = moderator_client.get(DESK).text
    assert page.count("somebody wrote under <b>4 e-mail addresses</b>") == 5
    assert page.count("somebody wrote under") == 5
    assert "somebody wrote" not in moderator_client.get(f"{DESK}{alone.pk}/change/").text


def test_only_moderators_decide_look_or_write(editor: User, client: Client) -> None:
    user = make_user()
    User.objects.filter(pk=user.pk).update(is_staff=True)
    client.force_login(user)
    assert client.get(f"{DESK}alike/?by=email&value=a@b").status_code == 403
    for name in ("look", "write", "decide", "undo"):
        assert client.post(f"{DESK}{name}/").status_code == 403


def test_a_colleague_who_looks_is_named_for_a_while(moderator_client: Client) -> None:
    comment = make_comment()
    ann = Client()
    ann.force_login(make_user("Moderator", first_name="Ann", last_name="Lee"))
    ann.get(DESK)
    assert "Ann Lee also on this comment" in moderator_client.get(DESK).content.decode()
    told = ann.post(f"{DESK}look/", {"comment": seen(comment)}).json()
    assert told["others"] == {str(comment.pk): ["moderator"]}
    Look.objects.update(at=timezone.now() - timedelta(seconds=91))
    assert "Ann Lee" not in moderator_client.get(DESK).content.decode()
    ann.get(DESK)
    assert "Ann Lee" in moderator_client.get(DESK).content.decode(), "anew"
    spam = make_comment(status="spam")
    ann.get(f"{DESK}?state=spam")  # at once, and no more at the other
    assert "Ann Lee" not in moderator_client.get(DESK).content.decode()
    told = moderator_client.post(f"{DESK}look/", {"comment": seen(spam)}).json()
    assert told["others"] == {str(spam.pk): ["Ann Lee"]}


def test_the_last_five_acts_of_an_hour_are_offered_to_be_undone(moderator_client: Client) -> None:
    article = make_article()
    for number in range(6):
        comment = make_comment(article, author_name=f"Reader {number}")
        moderator_client.post(f"{DESK}decide/", {"verb": "approve", "comment": seen(comment)})

    def offered() -> list[str]:
        page = moderator_client.get(DESK).content.decode()
        return re.findall(r"Undo<span[^>]*>: Reader (\d)’s comment", page)

    assert offered() == ["5", "4", "3", "2", "1"]
    Act.objects.filter(pk__in=[a.pk for a in Act.objects.order_by("-pk")[2:]]).update(
        made_at=timezone.now() - timedelta(minutes=61)
    )
    assert offered() == ["5", "4"]


def test_a_row_tells_the_record_and_marks_the_evidence(
    moderator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article()
    for day, status in enumerate(("rejected", "spam", "withdrawn", "approved", "approved"), 1):
        at = datetime(2024, 5, 10 - day, 12, tzinfo=UTC)
        make_comment(article, status=status, author_email="Mina@Example.org", submitted_at=at)
    comment = make_comment(article, text="Cheap <b>Pills</b> here", author_email="MINA@example.org")
    Finding.objects.create(
        comment=comment, rule="words", points=5, evidence=kept("A word."), quotes=["<b>pills"]
    )
    page = moderator_client.get(DESK).content.decode()
    assert "2 approved, 1 rejected, 1 spam" in page
    assert "5 May 2024</time>" in page
    assert re.search("Cheap <mark[^>]*>.*&lt;b&gt;Pills</mark>&lt;/b&gt; here", page)
    for module in (records, words):
        monkeypatch.setattr(module, "MOST_ON_RECORD", 2)
    make_comment(article, status="approved", author_email="mina@example.org")
    assert "2+ approved, 1 rejected, 1 spam" in moderator_client.get(DESK).content.decode()


def test_an_answer_and_an_edit_are_written_on_the_comments_own_page(
    moderator_client: Client,
) -> None:
    comment = make_comment()
    own = f"{DESK}{comment.pk}/change/"
    facts = {"comment": seen(comment), "stay": comment.pk, "verb": "edit", "text": "Shorter."}
    assert moderator_client.post(f"{DESK}write/", facts)["Location"] == own
    assert CommentEdit.objects.get().before in moderator_client.get(own).content.decode()
    typed = "Typed. " * TEXT_LIMIT
    late = moderator_client.post(f"{DESK}write/", facts | {"verb": "answer", "text": typed})
    assert late.status_code == 422
    assert f"{TEXT_LIMIT:,} characters are the most" in late.content.decode()
    assert typed in late.content.decode()
    late = moderator_client.post(f"{DESK}write/", facts | {"verb": "answer", "text": "Typed."})
    assert late.status_code == 422
    assert "was edited by moderator" in late.content.decode()
    assert "Typed." in late.content.decode()
    comment.refresh_from_db()
    facts |= {"comment": seen(comment), "verb": "answer", "text": "Thanks."}
    moderator_client.post(f"{DESK}write/", facts)
    assert Comment.objects.approved().count() == 2


def test_from_a_comments_own_page_the_desk_is_as_it_was_left(moderator_client: Client) -> None:
    comment = make_comment(text="Far too long.")
    page = moderator_client.get(f"{DESK}?q=long&state=pending").content.decode()
    found = re.search(r'desk-row__edit" href="([^"#]+)#desk-answer"', page)
    assert found
    own = found[1]
    back = f'href="{DESK}?q=long&amp;state=pending">Back to the desk'
    first = moderator_client.get(own).content.decode()
    assert back in first
    press = dict(re.findall(r'name="(stay|query|comment)" value="([^"]*)"', first))
    press["query"] = press["query"].replace("&amp;", "&")
    for verb, text in (("edit", " "), ("edit", "Too long.")):  # once not taken, once taken
        answer = moderator_client.post(
            f"{DESK}write/", press | {"verb": verb, "text": text}, follow=True
        )
        assert back in answer.content.decode()
    comment.refresh_from_db()
    assert comment.text == "Too long."
