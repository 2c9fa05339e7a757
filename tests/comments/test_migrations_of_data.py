"""Migrations that move what is kept, forwards and back, on rows of before."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from comments.models import Act, Finding, Sender
from comments.spam import sentences
from tests.factories import make_comment, make_user
from tests.migration_steps import StepByStep

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _newest_again() -> Iterator[None]:
    yield
    steps = StepByStep(connection)
    steps.migrate(steps.last)


def _migrated(name: str) -> Any:
    """The models of then."""
    steps = StepByStep(connection)
    steps.migrate([("comments", name)])
    return steps.loader.project_state([("comments", name)]).apps


def _finding(apps: Any, comment: int, **said: Any) -> Any:
    return apps.get_model("comments", "Finding").objects.create(
        comment_id=comment, rule="links", points=2, found_at=timezone.now(), **said
    )


def test_sentences_of_before_stay_as_they_were_and_come_back() -> None:
    comment = make_comment()
    sentence = '3 links, of which “2” are the same – 한국어 \\ "quoted".'
    before = _migrated("0022_threads_and_desk_find_their_rows")
    kept = _finding(before, comment.pk, evidence=sentence)
    _migrated("0023_evidence_is_kept_as_codes")
    finding = Finding.objects.get(pk=kept.pk)
    assert finding.evidence == [["as_written", {"words": sentence}]]
    assert sentences.of(finding) == sentence
    since = Finding.objects.create(
        comment=comment, rule="x", points=0, evidence=[["written_here", {}]]
    )
    before = _migrated("0022_threads_and_desk_find_their_rows")
    said = dict(before.get_model("comments", "Finding").objects.values_list("pk", "evidence"))
    assert said[kept.pk] == sentence
    assert said[since.pk] == "Written here: {}."


def test_a_long_sentence_is_cut_on_the_way_back() -> None:
    comment = make_comment()
    _migrated("0023_evidence_is_kept_as_codes")
    Finding.objects.create(
        comment=comment, rule="x", points=0, evidence=[["as_written", {"words": "a" * 400}]]
    )
    before = _migrated("0022_threads_and_desk_find_their_rows")
    found = before.get_model("comments", "Finding").objects.get(rule="x")
    assert found.evidence == "a" * 300


def test_answers_that_were_signed_with_a_login_are_the_editors() -> None:
    ann = make_user("Moderator", username="ann")
    mina = make_user("Moderator", username="mina", first_name="Mina")
    _migrated("0023_evidence_is_kept_as_codes")
    names = {"ann": ann, "Mina": mina, "mina": None}
    rows = {
        name: make_comment(author_name=name, written_by=by, status="approved").pk
        for name, by in names.items()
    }
    now = _migrated("0024_answers_are_not_signed_with_logins").get_model("comments", "Comment")
    signed = {name: now.objects.get(pk=pk).author_name for name, pk in rows.items()}
    assert signed == {"ann": "The editors", "Mina": "Mina", "mina": "mina"}


def test_what_was_erased_before_erasing_reached_it_is_named_nowhere() -> None:
    ann = make_user("Moderator", username="ann")
    make_comment(author_email="Here@example.org", author_url="https://here.example/")
    make_comment(author_email="", text="", author_name="Name removed")
    _migrated("0024_answers_are_not_signed_with_logins")
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
    _migrated("0025_what_was_erased_early_names_nobody")
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
