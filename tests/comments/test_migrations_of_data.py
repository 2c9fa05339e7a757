"""Migrations that move what is kept, on rows of before."""

from collections.abc import Iterator

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from comments.models import Act, Sender
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _newest_again() -> Iterator[None]:
    """With what `migrate` does at its end: SQLite drops what hangs on a table that is made anew."""
    yield
    call_command("migrate", verbosity=0)


def _migrate(name: str) -> None:
    MigrationExecutor(connection).migrate([("comments", name)])


def test_what_was_erased_before_erasing_reached_it_is_named_nowhere() -> None:
    ann = make_user("Moderator", username="ann")
    make_comment(author_email="Here@example.org", author_url="https://here.example/")
    make_comment(author_email="", text="", author_name="Name removed")
    _migrate("0001_squashed_0024")
    for what in ("from the e-mail address", "with a link to"):
        for name in ("here@example.org", "gone@example.org"):
            said = (
                name
                if "mail" in what
                else f"https://{name.replace('@', '.').split('.')[0]}.example/"
            )
            Act.objects.create(by=ann, about=f"all {what} {said}")
    Sender.objects.create(who="listed@example.org", listed_by=ann)
    kind = ContentType.objects.get_for_model(Sender)
    for name in ("listed@example.org", "here@example.org", "gone@example.org", "shop.example"):
        LogEntry.objects.create(
            user=ann, content_type=kind, object_id=1, object_repr=name, action_flag=ADDITION
        )
    _migrate("0025_what_was_erased_early_names_nobody")
    assert sorted(Act.objects.values_list("about", flat=True)) == [
        "all alike in what its writer had erased",
        "all alike in what its writer had erased",
        "all from the e-mail address here@example.org",
        "all with a link to https://here.example/",
    ]
    assert set(LogEntry.objects.values_list("object_repr", flat=True)) == {
        *("listed@example.org", "here@example.org", "shop.example"),
        "an address that its owner had erased",
    }
