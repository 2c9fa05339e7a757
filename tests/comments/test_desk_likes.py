"""What is alike is counted, shown and decided in one act."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comments import reports
from comments.admin import likes
from comments.admin.desk import CommentAdmin
from comments.desk import seen
from comments.desk.seen import which
from comments.models import Act, Comment, Decision, Report
from tests.factories import make_article, make_comment, make_draft

from .pressing import DESK

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("by", "value", "number"),
    [("email", "BAD@example.org", 2), ("link", "pills.example", 3), ("network", "own", 2)],
)
def test_what_is_alike_is_counted_shown_and_decided_at_once(
    moderator_client: Client, by: str, value: str, number: int
) -> None:
    article = make_article()
    first = make_comment(article, author_email="bad@example.org", address_hash="a")
    first.text = "see http://pills.example/x"
    first.save()
    make_comment(article, author_email="Bad@example.org", author_url="https://pills.example")
    make_comment(article, text="www.PILLS.example", address_hash="a")
    make_comment(article, text="http://pills.example", status="spam")
    gone = make_draft(status="deleted", deleted_at=timezone.now())
    make_comment(gone, text="http://pills.example", author_email="bad@example.org")
    value = str(first.pk) if value == "own" else value
    address = f"{DESK}alike/?by={by}&value={value}"
    page = moderator_client.get(address)
    assert page.context["number"] == number
    assert first.author_name in page.content.decode()
    late = page.context["samples"][0]
    Comment.objects.filter(pk=late.pk).update(version=7)
    moderator_client.post(address, {"verb": "spam", "seen": page.context["seen"]})
    assert Comment.objects.spam().count() == number  # one was there before, one was changed
    moderator_client.post(f"{DESK}undo/", {"act": which(Act.objects.get())})
    assert Comment.objects.spam().count() == 1


def test_of_more_than_one_press_takes_the_oldest_go_first(
    moderator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likes, "MOST_AT_ONCE", 2)
    now = timezone.now()
    for name, age in (("Newest", 1), ("Oldest", 3), ("Older", 2)):
        sent = {"submitted_at": now - timedelta(hours=age), "author_name": name}
        make_comment(author_email="bad@example.org", **sent)
    address = f"{DESK}alike/?by=email&value=bad@example.org"
    page = moderator_client.get(address)
    assert "2 comments wait. There are more" in " ".join(page.content.decode().split())
    told = moderator_client.post(address, {"seen": page.context["seen"]}, follow=True)
    assert "Choose what to do with them." in told.content.decode()
    all_three = page.context["seen"] + "," + seen.said(Comment.objects.get(author_name="Newest"))
    moderator_client.post(address, {"verb": "spam", "seen": all_three, "reason": "A wave"})
    assert Comment.objects.pending().get().author_name == "Newest"
    assert {decision.reason for decision in Decision.objects.all()} == {"A wave"}
    rest = moderator_client.get(address).content.decode()
    assert "1 comment waits." in rest
    assert "There are more" not in rest


def test_what_was_reported_is_settled_by_the_press_that_takes_it(moderator_client: Client) -> None:
    comment = make_comment(status="approved", author_email="bad@example.org")
    reports.take(comment, reason="spam")
    address = f"{DESK}alike/?by=email&value=bad@example.org"
    assert moderator_client.get(address).context["number"] == 0
    page = moderator_client.get(f"{address}&also=1")
    moderator_client.post(address, {"verb": "spam", "seen": page.context["seen"]})
    assert Comment.objects.get().is_spam()
    assert not Report.objects.open().exists()


def test_what_is_longer_than_any_address_is_cut(moderator_client: Client) -> None:
    link = "pills.example/" + "x" * 286
    make_comment(text=f"see {link}")
    address = f"{DESK}alike/?by=link&value={link}yyy"
    page = moderator_client.get(address)
    moderator_client.post(address, {"verb": "spam", "seen": page.context["seen"]})
    assert Comment.objects.get().is_spam()
    assert len(Act.objects.get().about) == 200


def test_a_wave_that_reads_like_spam_is_decided_with_one_press(moderator_client: Client) -> None:
    article = make_article()
    for n in range(12):
        make_comment(article, spam_probability=0.97, author_name=f"Wave {n}")
    unsure = make_comment(article, spam_probability=0.905, author_name="Nearly honest")
    held = make_comment(article, spam_probability=0.6, author_name="Held")
    honest = [make_comment(article, spam_probability=score) for score in (0.03, None)]
    desk = moderator_client.get(f"{DESK}?reading=honest")
    assert [c.pk for c in desk.context["cl"].result_list] == [c.pk for c in honest]
    desk = moderator_client.get(f"{DESK}?reading=spam")
    assert desk.context["cl"].result_count == 14
    address = f"{DESK}alike/?by=reading&value=90"
    assert f'href="{address.replace("&", "&amp;")}&amp;from=' in desk.content.decode()
    page = moderator_client.get(address)
    assert "Those that read least like it" in page.content.decode()
    assert page.context["samples"][0] == unsure
    verbs = re.findall('name="verb" value="(.*?)">(.*?)<', page.content.decode())
    assert verbs[0] == ("spam", "Mark all 13 as spam")
    assert verbs[-1] == ("approve", "Approve all 13")
    moderator_client.post(address, {"verb": "spam", "seen": page.context["seen"]})
    assert {c.pk for c in Comment.objects.pending()} == {held.pk, *(c.pk for c in honest)}
    mine = " ".join(moderator_client.get(DESK).content.decode().split())
    assert "13 comments at once, all that read like spam, 90 of 100 or more: spam" in mine
    moderator_client.post(f"{DESK}undo/", {"act": which(Act.objects.get())})
    assert not Comment.objects.spam().exists()


@pytest.mark.parametrize("value", ["0", "-3", "x", "49"])
def test_what_reads_clean_is_never_alike_in_reading_like_spam(
    moderator_client: Client, value: str
) -> None:
    make_comment(spam_probability=0.49)
    assert moderator_client.get(f"{DESK}alike/?by=reading&value={value}").context["number"] == 0


@pytest.mark.parametrize(
    "query", ["", "?by=email", "?by=x&value=a", "?by=link&value=a", "?by=words&value=%20"]
)
def test_a_likeness_that_is_none_leads_back(moderator_client: Client, query: str) -> None:
    assert moderator_client.get(f"{DESK}alike/{query}")["Location"] == DESK


def test_a_press_over_many_leads_back_to_the_list_it_came_from(
    moderator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CommentAdmin, "list_per_page", 1)
    for name in ("Ann", "Ben"):
        make_comment(author_name=name, author_email=f"{name}@example.org", text="see pills.example")
    here = f"{DESK}?q=pills&p=2"
    page = moderator_client.get(here).text
    links = map(html.unescape, re.findall(r'href="([^"]+/alike/[^"]+)"', page))
    of_the_search, of_the_comment = [way for way in links if "by=email" in way or "by=words" in way]
    for way in (of_the_comment, of_the_search):
        alike = moderator_client.get(way)
        assert f'href="{html.escape(here)}">Back to the desk' in alike.text
        told = moderator_client.post(way, _fields(alike.text) | {"verb": "spam"}, follow=True)
        assert told.redirect_chain[0][0] == here
        assert told.redirect_chain[-1][0] == f"{DESK}?q=pills&p=1"  # the nearest that there is


def test_a_press_over_many_from_a_comment_leads_back_to_it(moderator_client: Client) -> None:
    comment = make_comment(author_email="bad@example.org")
    page = moderator_client.get(f"{DESK}{comment.pk}/change/?from=state%3Dall").text
    way = re.search(r'href="([^"]+/alike/\?by=email[^"]+)"', page)
    assert way
    alike = moderator_client.get(html.unescape(way[1]))
    told = moderator_client.post(html.unescape(way[1]), _fields(alike.text) | {"verb": "spam"})
    assert told["Location"] == f"{DESK}{comment.pk}/change/?from=state%3Dall"


def _fields(page: str) -> dict[str, str]:
    said = re.findall(r'name="(query|seen|stay)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in said}
