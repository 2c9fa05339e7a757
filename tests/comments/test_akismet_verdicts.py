"""What Akismet answers is a finding: it moves what no person has decided about, and no more."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments import moderation
from comments.akismet import verdicts
from comments.models import Comment, Phrase, RuleSetting
from comments.spam import sentences

from .akismet_double import Double
from .asked import SPAM, answered, finding, send, trusted

pytestmark = pytest.mark.django_db


def test_spam_is_set_aside_and_stays_to_be_looked_at(client: Client, service: Double) -> None:
    comment = answered(send(client, **SPAM))
    assert (comment.status, comment.score) == ("spam", 10)
    assert sentences.of(finding(comment)) == "Akismet says that it is spam."
    decision = comment.decisions.last()
    assert decision is not None
    assert (decision.rule, decision.by) == ("akismet", None)


def test_spam_beyond_doubt_counts_more_and_is_kept_too(client: Client, service: Double) -> None:
    verdicts.verify(verdicts.akismet.client())  # type: ignore[arg-type]
    service.does = "discard"
    comment = answered(send(client))
    assert (comment.status, comment.score) == ("spam", 20)
    assert comment.text


def test_a_clean_bill_is_a_finding_of_no_points(client: Client, service: Double) -> None:
    comment = answered(send(client))
    assert (comment.status, comment.score) == ("pending", 0)
    assert sentences.of(finding(comment)) == "Akismet says that it is not spam."
    assert verdicts.work_all() == 0


def test_points_add_up_to_the_score(client: Client, service: Double) -> None:
    links = "https://a.example https://b.example https://c.example"
    comment = answered(send(client, text=links, **SPAM))
    assert comment.score == sum(found.points for found in comment.findings.all()) == 12


def test_a_trusted_writer_waits_for_the_answer_and_no_longer(
    client: Client, service: Double, moderator: User
) -> None:
    trusted(client, moderator)
    comment = send(client)
    assert comment.is_pending()
    assert answered(comment).is_approved()
    decision = comment.decisions.last()
    assert decision is not None
    assert decision.rule == "trust"


@pytest.mark.parametrize("status", ["spam", "rejected", "pending", "approved"])
def test_a_machine_never_overrides_a_person(
    client: Client, service: Double, moderator: User, status: str
) -> None:
    verbs = {
        "spam": moderation.mark_spam,
        "rejected": moderation.reject,
        "approved": moderation.approve,
    }
    comment = send(client, **SPAM)
    if status == "pending":
        moderation.reject([comment], by=moderator)
        moderation.hold([comment], by=moderator)
    else:
        verbs[status]([comment], by=moderator)
    assert answered(comment).status == status
    assert "somebody decided" in sentences.of(finding(comment))
    assert not service.asked("comment-check")


def test_a_person_who_decides_while_it_is_asked_is_not_overridden(
    client: Client, service: Double, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = send(client, **SPAM)
    check = verdicts.Client.check

    def meanwhile(self: verdicts.Client, fields: verdicts.Fields) -> verdicts.Answer:
        moderation.approve([Comment.objects.get(pk=comment.pk)], by=moderator)
        return check(self, fields)

    monkeypatch.setattr(verdicts.Client, "check", meanwhile)
    assert answered(comment).is_approved()
    assert sentences.of(finding(comment)) == "Akismet says that it is spam."


@pytest.mark.parametrize("does", ["", "500"])
def test_what_is_deleted_with_its_piece_while_it_is_asked_needs_no_answer(
    client: Client, service: Double, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    verdicts.verify(verdicts.akismet.client())  # type: ignore[arg-type]
    comment = send(client, **SPAM)
    service.does = does
    check = verdicts.Client.check

    def meanwhile(self: verdicts.Client, fields: verdicts.Fields) -> verdicts.Answer:
        Comment.objects.filter(pk=comment.pk).delete()
        return check(self, fields)

    monkeypatch.setattr(verdicts.Client, "check", meanwhile)
    assert verdicts.work_all() == 1


@pytest.mark.parametrize(("mode", "status"), [("dry_run", "approved"), ("on", "pending")])
def test_what_a_rule_on_dry_run_found_keeps_no_trusted_writer_waiting(
    client: Client, service: Double, moderator: User, editor: User, mode: str, status: str
) -> None:
    trusted(client, moderator)
    RuleSetting.objects.create(rule="listed_phrase", mode=mode, changed_by=editor)
    Phrase.objects.create(words="wombat", action="hold", listed_by=editor)
    comment = send(client, name="Mina", text="The wombat in the last scene stayed with me.")
    assert answered(comment).status == status
    assert comment.findings.filter(rule="listed_phrase").exists()


def test_on_dry_run_it_only_says(client: Client, service: Double, editor: User) -> None:
    RuleSetting.objects.create(rule="akismet", mode="dry_run", changed_by=editor)
    comment = answered(send(client, **SPAM))
    assert (comment.status, comment.score) == ("pending", 0)
    assert (finding(comment).points, finding(comment).counted) == (10, False)
