"""A comment is saved first and checked by Akismet later; no reader waits, nothing is lost."""

import socket

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import intake, moderation, writers
from comments.akismet import sent_fields, verdicts
from comments.desk import writing
from comments.forms import CommentForm
from comments.models import AkismetCheck, Comment, Decision, RuleSetting
from comments.spam import sentences
from reviews.models import Tag
from tests.factories import make_article, make_comment, make_user

from .akismet_double import KEY, SITE, Double
from .asked import BROWSER, SPAM, answered, finding, send
from .posting import OURS, WORDS

pytestmark = pytest.mark.django_db


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
    assert "Not checked yet" in sentences.of(finding(comment))


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
    assert "taken over from elsewhere" in sentences.of(finding(comment))
    assert not AkismetCheck.objects.exists()


def test_without_an_address_it_waits_for_a_person(client: Client, service: Double) -> None:
    client.defaults["REMOTE_ADDR"] = ""
    assert "network address" in sentences.of(finding(send(client)))
    assert not AkismetCheck.objects.exists()


def test_withdrawn_words_are_not_sent(client: Client, service: Double) -> None:
    comment = send(client)
    writers.withdraw(comment)
    answered(comment)
    assert not service.asked("comment-check")
    assert not AkismetCheck.objects.get().sealed


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


def test_what_a_browser_says_of_itself_is_sent_as_far_as_any_browser_would_say_it(
    client: Client, service: Double
) -> None:
    """And an article with many tags is described by the first of them."""
    article = make_article()
    article.tags.set(Tag.objects.create(name=f"tag {n:02}", slug=f"tag-{n:02}") for n in range(30))
    said = {"user-agent": "a" * 900, "referer": "http://testserver/" + "b" * 900}
    answered(send(client, article, headers=BROWSER | said))
    (check,) = service.asked("comment-check")
    assert check.fields["user_agent"] == ["a" * 500]
    assert [len(value) for value in check.fields["referrer"]] == [500]
    assert len(check.fields["comment_context[]"]) == 22


def test_of_words_that_were_taken_away_nothing_stays_that_nobody_can_read_any_more(
    client: Client, service: Double, settings: Settings, moderator: User
) -> None:
    comment = send(client)
    writing.edit(comment, text="Other words.", by=moderator)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "z" * 50, []
    assert writing.forget(Comment.objects.get(), by=moderator)
    assert not AkismetCheck.objects.get().sealed


def test_with_another_secret_what_was_kept_is_given_up(
    client: Client, service: Double, settings: Settings
) -> None:
    first, second = send(client), send(client)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "y" * 50, [settings.SECRET_KEY]
    verdicts.work_next()
    assert "is not spam" in sentences.of(finding(first))
    settings.SECRET_KEY_FALLBACKS = []
    settings.SECRET_KEY = "z" * 50
    answered(second)
    assert "no longer kept" in sentences.of(finding(second))
