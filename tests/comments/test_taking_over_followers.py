"""Followers of the former site come along, once, without being asked again."""

from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from comments import privacy
from comments.following import follows
from comments.models import Follower
from tests.factories import make_article, make_comment

from .followed import asked_to_follow, make_follower, next_morning

pytestmark = pytest.mark.django_db

# More than the database holds, though mail allows it.
LONG = f"long@{'.'.join(['a' * 63] * 4)}.org"
LIST = f"""\ufeffEmail,Subscription status,Subscription date
Ida@Example.org,Subscribed,2019-05-03
ida@example.org,Subscribed,2019-05-04
jun@example.org,Subscribed,2020-01-01
asked@example.org,Subscribed,2020-01-01
gone@example.org,Subscribed,2020-01-01
never@example.org,Pending,2020-01-01
erased@example.org,Subscribed,2020-01-01
no address,Subscribed,2020-01-01
{LONG},Subscribed,2020-01-01
,Subscribed,2020-01-01

"""


def take(path: Path, content: str = LIST, **options: object) -> str:
    (path / "followers.csv").write_text(content, encoding="utf-8")
    out = StringIO()
    call_command("import_followers", str(path / "followers.csv"), stdout=out, **options)
    return out.getvalue()


def test_they_come_once_and_hear_of_what_is_published_from_then_on(tmp_path: Path) -> None:
    make_article(headline="Before they came")
    make_follower("jun@example.org", rhythm="weekly")
    asked_to_follow("asked@example.org")
    follows.stop(make_follower("gone@example.org"))
    make_comment(author_email="erased@example.org")
    privacy.erase("erased@example.org")
    before = list(Follower.objects.order_by("pk").values())
    said = take(tmp_path, dry_run=True)
    assert "nothing was changed" in said
    assert list(Follower.objects.order_by("pk").values()) == before
    assert said.partition("\n")[2] == take(tmp_path)
    for line in (
        "2 come",
        "1 follow here already",
        "1 twice in the file",
        "2 stopped or had it erased here",
        "1 did not follow there",
        "line 9: “no address” is no e-mail address",
        f"line 10: “{LONG}” is no e-mail address",
        "line 11: “” is no e-mail address",
    ):
        assert line in said
    emails = Follower.objects.exclude(confirmed_at=None).order_by("email")
    assert list(emails.values_list("email", "rhythm")) == [
        ("asked@example.org", "daily"),
        ("ida@example.org", "daily"),
        ("jun@example.org", "weekly"),
    ]
    assert "0 come" in take(tmp_path) or "come" not in take(tmp_path)
    Follower.objects.filter(email="jun@example.org").delete()
    next_morning()
    assert not mail.outbox
    make_article(headline="After", days_ago=0)
    next_morning()
    assert sorted(sent.to[0] for sent in mail.outbox) == ["asked@example.org", "ida@example.org"]
    assert Follower.objects.filter(due_at__gt=timezone.now()).count() == 2


def test_lines_that_are_too_short_are_named_or_taken_as_far_as_they_go(tmp_path: Path) -> None:
    said = take(tmp_path, "Name,E-mail,Status\nMina\nJun,jun@example.org\n")
    assert "line 2: “” is no e-mail address" in said
    assert "1 come" in said
    assert Follower.objects.get().email == "jun@example.org"


def test_what_is_no_such_list_is_refused_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="names no column with “mail”"):
        take(tmp_path, "Name,Date\nMina,2019\n")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_followers", str(tmp_path / "none.csv"))
    (tmp_path / "latin.csv").write_bytes("Email,Name\na@b.org,Zoë\n".encode("latin-1"))
    with pytest.raises(CommandError, match="is not UTF-8"):
        call_command("import_followers", str(tmp_path / "latin.csv"))
    assert not Follower.objects.exists()
