"""A comment is saved first and checked by Akismet later; no reader waits, nothing is lost."""

import socket
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import intake, moderation, trust, writers
from comments.akismet import owed, sent_fields, verdicts
from comments.forms import CommentForm
from comments.models import AkismetCheck, Comment, Decision, RuleSetting
from tests.factories import make_article, make_comment, make_user

from .akismet_double import KEY, SITE, Double
from .asked import BROWSER, answered, finding, later, send
from .posting import OURS, WORDS

pytestmark = pytest.mark.django_db
SPAM = {"name": "viagra-test-123"}


def test_without_a_key_nobody_is_asked_and_nothing_is_said(client: Client) -> None:
    comment = send(client)
    assert not AkismetCheck.objects.exists()
    assert not comment.findings.filter(rule="akismet").exists()
    assert verdicts.work_all() == 0


def test_a_post_opens_no_connection(
    client: Client, service: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article()

    def connect(*_: object) -> None:
        raise AssertionError("A reader waited for the network.")

    with monkeypatch.context() as patched:
        patched.setattr(socket.socket, "connect", connect)
        patched.setattr(socket, "getaddrinfo", connect)
        comment = send(client, article)
    assert not service.requests
    assert comment.is_pending()
    assert "Not checked yet" in finding(comment).evidence


def test_the_fields_are_those_of_the_protocol(
    client: Client, service: Double, settings: Settings
) -> None:
    article = make_article(tags=[])
    send(client, article, name="Mina", email="mina@example.org", url="mina.example", subject="x")
    verdicts.work_all()
    assert service.requests[0].path == "/1.1/verify-key"
    (check,) = service.asked("comment-check")
    said = {name: values[0] for name, values in check.fields.items()}
    comment = Comment.objects.get()
    assert said == {
        "api_key": KEY,
        "blog": SITE,
        "user_ip": "127.0.0.1",
        "user_agent": "Mozilla/5.0 (test)",
        "referrer": "http://testserver/reviews/quiet/",
        "permalink": settings.SITE_URL + article.get_absolute_url(),
        "comment_type": "comment",
        "comment_author": "Mina",
        "comment_author_email": "mina@example.org",
        "comment_author_url": "https://mina.example",
        "comment_content": comment.text,
        "comment_date_gmt": comment.submitted_at.isoformat(timespec="seconds"),
        "comment_post_modified_gmt": article.publish_at.isoformat(timespec="seconds"),
        "blog_lang": "en_gb",
        "blog_charset": "UTF-8",
        "honeypot_field_name": "subject",
        "subject": "x",
        "comment_context[]": article.section.name,
    }
    assert check.fields["comment_context[]"] == ["Film", "Review"]
    assert sent_fields.HONEYPOT in CommentForm.base_fields


def test_a_reply_is_called_one(client: Client, service: Double) -> None:
    send(client, make_comment(status="approved"))
    verdicts.work_all()
    assert service.asked("comment-check")[0].fields["comment_type"] == ["reply"]


def test_a_private_address_is_no_referrer(client: Client, service: Double) -> None:
    secret = "http://testserver/comments/waiting/17:secret/"
    send(client, headers=BROWSER | {"referer": secret})
    verdicts.work_all()
    assert service.asked("comment-check")[0].fields["referrer"] == ["http://testserver/"]


def test_only_an_administrator_is_called_one(service: Double) -> None:
    for role in ("Administrator", "Editor", "Moderator"):
        client = Client()
        client.force_login(make_user(role))
        send(client, **SPAM)
    verdicts.work_all()
    roles = [check.fields.get("user_role") for check in service.asked("comment-check")]
    assert roles == [["administrator"], None, None]
    statuses = list(Comment.objects.order_by("pk").values_list("status", flat=True))
    assert statuses == ["pending", "spam", "spam"]


def test_spam_is_set_aside_and_stays_to_be_looked_at(client: Client, service: Double) -> None:
    comment = answered(send(client, **SPAM))
    assert (comment.status, comment.score) == ("spam", 10)
    assert finding(comment).evidence == "Akismet says that it is spam."
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
    assert finding(comment).evidence == "Akismet says that it is not spam."
    assert verdicts.work_all() == 0


def test_points_add_up_to_the_score(client: Client, service: Double) -> None:
    links = "https://a.example https://b.example https://c.example"
    comment = answered(send(client, text=links, **SPAM))
    assert comment.score == sum(found.points for found in comment.findings.all()) == 12


def trusted(client: Client, moderator: User) -> None:
    """The next comments of mina@example.org appear at once, if nothing is against them."""
    article = make_article()
    first = send(client, article, name="Mina")
    identity = trust.prove(first, timezone.now())
    second = send(client, article, name="Mina")
    Comment.objects.filter(pk=second.pk).update(identity=identity)
    moderation.approve([first, second], by=moderator)
    client.cookies[trust.COOKIE] = trust.cookie(identity)
    AkismetCheck.objects.all().delete()


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
    assert "somebody decided" in finding(comment).evidence
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
    assert finding(comment).evidence == "Akismet says that it is spam."


def test_on_dry_run_it_only_says(client: Client, service: Double, editor: User) -> None:
    RuleSetting.objects.create(rule="akismet", mode="dry_run", changed_by=editor)
    comment = answered(send(client, **SPAM))
    assert (comment.status, comment.score) == ("pending", 0)
    assert (finding(comment).points, finding(comment).counted) == (10, False)


def test_switched_off_nothing_is_sent(client: Client, service: Double, editor: User) -> None:
    waiting = send(client, **SPAM)
    RuleSetting.objects.create(rule="akismet", mode="off", changed_by=editor)
    send(client, **SPAM)
    assert answered(waiting).is_pending()
    assert not service.requests
    assert AkismetCheck.objects.count() == 1


def test_an_import_is_not_sent(service: Double) -> None:
    facts = {"author_name": "Mina", "author_email": "mina@example.org", "text": WORDS}
    comment = intake.submit(make_article(), **facts, at=timezone.now())  # type: ignore[arg-type]
    assert "taken over from elsewhere" in finding(comment).evidence
    assert not AkismetCheck.objects.exists()


def test_without_an_address_it_waits_for_a_person(client: Client, service: Double) -> None:
    client.defaults["REMOTE_ADDR"] = ""
    assert "network address" in finding(send(client)).evidence
    assert not AkismetCheck.objects.exists()


def test_withdrawn_words_are_not_sent(client: Client, service: Double) -> None:
    comment = send(client)
    writers.withdraw(comment)
    answered(comment)
    assert not service.asked("comment-check")
    assert not AkismetCheck.objects.get().sealed


def test_changed_words_are_checked_again_and_say_so(client: Client, service: Double) -> None:
    comment = answered(send(client))
    writers.edit(comment, text="Other words.")
    assert "Not checked yet" in finding(comment).evidence
    answered(comment)
    first, second = service.asked("comment-check")
    assert "recheck_reason" not in first.fields
    assert second.fields["recheck_reason"] == ["edit"]
    assert second.fields["comment_content"] == ["Other words."]
    assert second.fields["user_ip"] == first.fields["user_ip"]
    assert finding(comment).evidence == "Akismet says that it is not spam."


def test_an_answer_about_words_that_were_changed_meanwhile_counts_for_nothing(
    client: Client, service: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = send(client, **SPAM)
    check = verdicts.Client.check

    def meanwhile(self: verdicts.Client, fields: verdicts.Fields) -> verdicts.Answer:
        monkeypatch.undo()
        writers.edit(Comment.objects.get(pk=comment.pk), text="Other words.")
        return check(self, fields)

    monkeypatch.setattr(verdicts.Client, "check", meanwhile)
    assert verdicts.work_next()
    comment.refresh_from_db()
    assert comment.is_pending()
    assert "Not checked yet" in finding(comment).evidence
    assert answered(comment).status == "spam"
    assert len(service.asked("comment-check")) == 2


def test_it_is_asked_again_when_it_asks_for_that(
    client: Client, service: Double, moderator: User
) -> None:
    trusted(client, moderator)
    verdicts.verify(verdicts.akismet.client())  # type: ignore[arg-type]
    service.does = "recheck"
    comment = answered(send(client))
    assert comment.is_pending()  # not yet: it looks on
    assert "so far" in finding(comment).evidence
    assert verdicts.work_all() == 0
    later(minutes=3)
    service.does = ""
    assert answered(comment).is_approved()
    assert service.asked("comment-check")[-1].fields["recheck_reason"] == ["recheck"]


def test_looking_on_has_an_end(client: Client, service: Double) -> None:
    verdicts.verify(verdicts.akismet.client())  # type: ignore[arg-type]
    service.does = "recheck"
    comment = send(client)
    for _ in range(9):
        answered(comment)
        later(minutes=3)
    assert len(service.asked("comment-check")) == 1 + verdicts.MOST_RECHECKS
    assert finding(comment).evidence == "Akismet says that it is not spam."


def test_a_claim_of_a_process_that_died_is_taken_over(client: Client, service: Double) -> None:
    comment = send(client)
    AkismetCheck.objects.update(claimed_at=timezone.now() - timedelta(seconds=30))
    assert verdicts.work_all() == 0  # it may still be at it
    later(minutes=5)
    assert "is not spam" in finding(answered(comment)).evidence


def test_what_kills_every_worker_is_given_up(client: Client, service: Double) -> None:
    comment = send(client)
    AkismetCheck.objects.update(attempts=owed.MOST_ATTEMPTS)
    answered(comment)
    assert "never finished" in finding(comment).evidence
    assert not service.asked("comment-check")


def test_the_second_press_of_a_button_is_asked_about_once(client: Client, service: Double) -> None:
    article = make_article()
    for _ in range(2):
        send(client, article, text=WORDS, headers=OURS)
    verdicts.work_all()
    assert len(service.asked("comment-check")) == 1


def test_an_answer_at_the_desk_is_nobodys_business(service: Double, moderator: User) -> None:
    comment = make_comment(status="approved")
    moderation.publish_answer(comment, text="Thank you.", by=moderator)
    assert not AkismetCheck.objects.exists()
    assert Decision.objects.count() == 1


def test_with_another_secret_what_was_kept_is_given_up(
    client: Client, service: Double, settings: Settings
) -> None:
    first, second = send(client), send(client)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "y" * 50, [settings.SECRET_KEY]
    verdicts.work_next()
    assert "is not spam" in finding(first).evidence
    settings.SECRET_KEY_FALLBACKS = []
    settings.SECRET_KEY = "z" * 50
    answered(second)
    assert "no longer kept" in finding(second).evidence
