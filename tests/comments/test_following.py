"""A reader follows by mail once they have confirmed it, hears so if they do already, and stops with
one press."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from comments import notices, privacy
from comments.following import follows, links
from comments.models import Attempt, Follower, Notice
from tests.factories import make_comment

from .followed import BY_MAIL, asked_to_follow, earlier, follow, link, make_follower, next_morning
from .mailed import ask, mailed_link
from .posting import OURS

pytestmark = pytest.mark.django_db


def test_a_mailed_link_and_a_press_are_what_it_takes(client: Client) -> None:
    page = client.get(BY_MAIL)
    assert "We mail you what is new" in page.content.decode()
    assert not page.cookies
    assert "A mail is on its way" in follow(client, rhythm="weekly").content.decode()
    assert len(mail.outbox) == 1
    assert "Once a week, on Saturday" in mail.outbox[0].body
    make_follower("jun@example.org")
    asked_to_follow("ana@example.org")
    opened = client.get(link())  # as programs do that look at every link
    assert "no-store" in opened["Cache-Control"]
    follower = Follower.objects.get(email="mina@example.org")
    assert not follower.is_confirmed()
    assert next_morning() == 1  # Jun’s
    done = client.post(link(), {"rhythm": "weekly"}, headers=OURS).content.decode()
    assert "New pieces go to mina@example.org: Once a week, on Saturday." in done
    follower.refresh_from_db()
    assert follower.is_confirmed()
    others = dict(Follower.objects.exclude(pk=follower.pk).values_list("email", "rhythm"))
    assert others == {"jun@example.org": "daily", "ana@example.org": "daily"}
    assert Follower.objects.get(email="ana@example.org").confirmed_at is None
    assert follows.number() == 2
    assert timezone.localtime(follower.due_at).strftime("%a %H:%M") == "Sat 07:00"


def test_the_answer_is_the_same_whether_or_not_an_address_follows(client: Client) -> None:
    make_follower()
    before = Follower.objects.values().get()
    known, unknown = follow(client, "Mina@example.org", rhythm="weekly"), follow(client, "a@b.org")
    assert known.content == unknown.content
    assert Follower.objects.filter(email="mina@example.org").values().get() == before
    said, asked = mail.outbox
    assert "already (Each morning there is something new)" in said.body
    assert said.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "press the button" in asked.body


@pytest.mark.parametrize("address", ["\N{KELVIN SIGN}@example.org", f"{'k' * 229}@{'İ' * 20}.org"])
def test_no_address_is_taken_that_is_another_in_small_letters(client: Client, address: str) -> None:
    """A Kelvin sign becomes a k, and a dotted capital I two letters, for which there is no room."""
    assert follow(client, address).status_code == 422
    assert not Follower.objects.exists()


def test_nobody_is_pestered(client: Client) -> None:
    asked_to_follow("jun@example.org")
    rows = Follower.objects.order_by("pk").values("rhythm", "asked_at")
    jun = rows.get()
    for times in range(1, 8):
        assert follow(client, rhythm="weekly" if times > 3 else "daily").status_code == 200
        if times == notices.MOST_CONFIRMATIONS:
            mailed = list(rows.all())
    assert rows[0] == jun
    assert list(rows.all()) == mailed  # what is mailed to nobody makes no link good for longer
    assert len(mail.outbox) == notices.MOST_CONFIRMATIONS
    assert Attempt.objects.filter(kind=follows.ASKED).count() == 7  # each costs a commit


def test_what_waits_to_be_sent_is_owed_once(client: Client) -> None:
    for _ in range(2):
        client.post(BY_MAIL, {"email": "a@b.org", "rhythm": "daily"}, headers=OURS)
    assert Notice.objects.count() == 1


def test_what_could_not_be_sent_may_be_asked_for_again(client: Client) -> None:
    said = {"email": "a@b.org", "rhythm": "daily"}
    client.post(BY_MAIL, said, headers=OURS)
    Notice.objects.update(dropped_at=timezone.now(), error="SMTPServerDisconnected")
    client.post(BY_MAIL, said, headers=OURS)
    assert Notice.objects.filter(dropped_at=None).count() == 1


@pytest.mark.parametrize(
    ("said", "headers", "status"),
    [
        ({"email": "x"}, OURS, 422),
        ({"email": ""}, OURS, 422),
        ({"email": "a\r\nBcc: c@d.example"}, OURS, 422),
        ({"rhythm": "hourly"}, OURS, 422),
        ({}, {"sec-fetch-site": "cross-site"}, 403),
        ({"subject": "a robot’s word"}, OURS, 200),
    ],
)
def test_what_is_wrong_or_comes_from_elsewhere_mails_nobody(
    client: Client, said: dict[str, str], headers: dict[str, str], status: int
) -> None:
    typed = {"email": "mina@example.org", "rhythm": "weekly"} | said
    answer = client.post(BY_MAIL, typed, headers=headers)
    assert answer.status_code == status
    if status != 200:
        page = answer.content.decode()
        assert 'role="alert"' in page
        assert '<option value="weekly" selected>' in page or "rhythm" in said
    assert not Follower.objects.exists()


def test_a_link_that_confirms_is_good_for_three_days_and_then_nothing_is_kept(
    client: Client,
) -> None:
    follow(client)
    earlier(days=3, minutes=1)
    for answer in (client.get(link()), client.post(link(), {"rhythm": "daily"}, headers=OURS)):
        assert answer.status_code == 404
        assert "mina" not in answer.content.decode()
    make_follower("jun@example.org", asked_at=timezone.now() - timedelta(days=400))
    asked_to_follow("ana@example.org")
    privacy.purge()
    left = Follower.objects.order_by("email").values_list("email", flat=True)
    assert list(left) == ["ana@example.org", "jun@example.org"]


def test_asked_again_it_is_good_for_three_days_more(client: Client) -> None:
    follow(client)
    earlier(days=2)
    first = link()
    follow(client, rhythm="weekly")
    earlier(days=2)
    assert first == link()
    assert '<option value="weekly" selected>' in client.get(first).content.decode()


def test_how_often_is_changed_and_the_mails_are_stopped_on_one_page(client: Client) -> None:
    jun = make_follower("jun@example.org")
    page = links.page(follower := make_follower())
    client.post(page, {"rhythm": "weekly"}, headers=OURS)
    follower.refresh_from_db()
    jun.refresh_from_db()
    assert (follower.rhythm, jun.rhythm) == ("weekly", "daily")
    assert follower.news_from < timezone.now() - timedelta(days=9)
    assert client.post(page, {"rhythm": "x"}, headers=OURS).status_code == 422
    assert client.post(page, {"stop": "yes"}).status_code == 403
    assert "no more mails" in client.post(page, {"stop": "yes"}, headers=OURS).content.decode()
    assert list(Follower.objects.all()) == [jun]
    assert client.get(page).status_code == 404


def test_one_press_in_the_mail_program_stops_them(client: Client) -> None:
    make_follower()
    follow(client)
    found = re.fullmatch(
        r"<http://testserver(/.+)>", str(mail.outbox[0].message()["List-Unsubscribe"])
    )
    assert found
    assert "Stop them" in client.get(found[1]).content.decode()
    assert Follower.objects.exists()
    provider = Client(enforce_csrf_checks=True)
    for _ in range(2):  # they try again when the answer is lost
        body = {"List-Unsubscribe": "One-Click"}
        answer = provider.post(found[1], body, headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 200
        assert "no more mails" in answer.content.decode()
    assert not provider.cookies
    assert not Follower.objects.exists()
    assert client.get("/by-mail/stop/1:forged/").status_code == 404
    assert client.get("/by-mail/yours/1:forged/").status_code == 404


def test_a_link_is_of_its_follower_should_another_have_their_number_by_now(client: Client) -> None:
    """As after a copy of an earlier day was put back."""
    gone = make_follower()
    addresses, key = [links.page(gone), links.stop(gone)], gone.pk
    gone.delete()
    make_follower("jun@example.org", pk=key, made_at=timezone.now())
    for address in addresses:
        assert "jun@" not in client.get(address).content.decode()
        client.post(address, {"stop": "yes"}, headers=OURS)
    assert Follower.objects.exists()


def test_who_follows_sees_what_is_kept_and_has_it_erased(client: Client) -> None:
    make_follower()
    make_follower("jun@example.org")
    ask(client, "mina@example.org")
    page = client.get(mailed_link()).content.decode()
    assert "You follow since" in page
    assert "Erase all of it" in page
    done = client.post(mailed_link(), headers=OURS).content.decode()
    assert "New pieces are not mailed to you any more." in done
    assert [follower.email for follower in Follower.objects.all()] == ["jun@example.org"]
    assert client.get(mailed_link()).status_code == 404


def test_who_wrote_too_has_all_of_it_erased_at_once(client: Client) -> None:
    make_comment(text="Words.")
    make_follower()
    ask(client, "mina@example.org")
    assert len(mail.outbox) == 1
    page = client.get(mailed_link()).content.decode()
    assert "Words." in page
    assert "You follow since" in page
    client.post(mailed_link(), headers=OURS)
    assert not Follower.objects.exists()


@pytest.mark.parametrize("how", ["erased", "stopped"])
def test_no_copy_of_an_earlier_day_mails_who_wants_it_no_more(how: str) -> None:
    follower = make_follower(f"{how}@example.org")
    make_comment(text="Words.", submitted_at=timezone.now() - timedelta(days=5))
    rows = Follower.objects.values().get()
    if how == "erased":
        privacy.erase(follower.email)
    else:
        follows.stop(follower)
    Follower.objects.create(**rows)
    make_follower("jun@example.org")
    privacy.erase_again()
    assert [each.email for each in Follower.objects.all()] == ["jun@example.org"]
    follows.ask(follower.email, "daily")  # by now they think otherwise
    privacy.erase_again()
    assert Follower.objects.count() == 2


def test_stopping_erases_nothing_else() -> None:
    follower = make_follower("wren@example.org")
    then = timezone.now() - timedelta(days=5)
    comment = make_comment(text="Words.", author_email=follower.email, submitted_at=then)
    follows.stop(follower)
    privacy.erase_again()
    comment.refresh_from_db()
    assert comment.text == "Words."


def test_only_administrators_see_who_follows(client: Client, admin_client: Client) -> None:
    make_follower()
    listed = "/admin/comments/follower/"
    assert "mina@example.org" in admin_client.get(listed).content.decode()
    row = Follower.objects.get()
    assert admin_client.post(f"{listed}add/").status_code == 403
    admin_client.post(f"{listed}{row.pk}/delete/", {"post": "yes"})
    assert not Follower.objects.exists()
    history = admin_client.get("/admin/").content.decode()
    assert "mina@example.org" not in history
    follows.stop(row)
