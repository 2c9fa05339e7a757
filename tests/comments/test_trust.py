"""Publication without waiting is earned by people's approvals of a proven address, and typed in
by nobody."""

from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import moderation, privacy, trust, writers
from comments.models import Comment, Identity
from comments.spam import FindingFacts
from comments.trust import Record, has_earned
from reviews.models import Article
from tests.factories import make_comment

from .mailed import proven
from .posting import WORDS, post

NOW = timezone.now()
NAMES = frozenset({"mina"})


@pytest.mark.parametrize(
    ("record", "name", "earned"),
    [
        (Record(0), "Mina", False),
        (Record(1, None, NAMES), "Mina", False),
        (Record(2, None, NAMES), "Mina", True),
        (Record(2, None, NAMES), "  MINA ", True),
        (Record(2, None, NAMES), "The Editor", False),
        (Record(9, NOW - timedelta(days=29), NAMES), "Mina", False),
        (Record(9, NOW - timedelta(days=30), NAMES), "Mina", True),
    ],
)
def test_what_earns_it(record: Record, name: str, earned: bool) -> None:
    assert has_earned(record, name=name, at=NOW, needed=2) is earned


def test_a_rule_that_failed_is_not_clean() -> None:
    assert trust.is_clean([])
    assert trust.is_clean([FindingFacts("ham", -1, "Reads like an honest comment.")])
    assert trust.is_clean([FindingFacts("dry", 9, "On dry run.", counted=False)])
    assert not trust.is_clean([FindingFacts("slow", 0, "Rule slow failed: not checked.")])
    assert not trust.is_clean([FindingFacts("links", 2, "Carries 3 links.")])


def trusted(client: Client, article: Article, moderator: User) -> None:
    proven(client, article)
    post(client, article, text="The second words.")
    outcome = moderation.approve(Comment.objects.all(), by=moderator)
    assert len(outcome.done) == 2


def last() -> Comment:
    return Comment.objects.latest("pk")


def test_after_two_approvals_the_third_appears_at_once_and_says_by_which_rule(
    client: Client, article: Article, moderator: User
) -> None:
    trusted(client, article, moderator)
    post(client, article, text=WORDS)
    assert last().is_approved()
    decision = last().decisions.last()
    assert decision is not None
    assert (decision.rule, decision.by, decision.from_status) == ("trust", None, "pending")
    assert moderation.undo(decision, by=moderator).done
    assert last().is_pending()


def test_the_cookie_goes_with_comments_alone(
    client: Client, article: Article, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    proven(client, article)
    cookie = client.cookies[trust.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/comments/", True, "Lax")
    assert cookie["secure"]
    assert cookie["max-age"] == 400 * 24 * 60 * 60
    assert not client.get(article.get_absolute_url()).cookies


def test_a_forged_link_or_cookie_is_worth_nothing(client: Client, article: Article) -> None:
    assert client.get("/comments/confirm/x:y:z/").status_code == 404
    identity = proven(client, article)
    for forged in (identity.key, f"{identity.key}:x", ""):
        client.cookies[trust.COOKIE] = forged
        post(client, article, text=f"With {forged!r}.")
        assert last().identity is None


def test_the_same_name_and_address_from_another_browser_waits(
    client: Client, article: Article, moderator: User
) -> None:
    trusted(client, article, moderator)
    post(Client(), article, text=WORDS)
    assert last().is_pending()


def test_the_editors_own_name_waits_too(
    client: Client, article: Article, editor: User, editor_client: Client
) -> None:
    post(editor_client, article, name=editor.username, email="editor@example.org")
    assert last().is_pending()


def test_another_name_or_address_in_the_same_browser_waits(
    client: Client, article: Article, moderator: User
) -> None:
    trusted(client, article, moderator)
    post(client, article, text="As somebody else.", name="The Editor")
    assert last().is_pending()
    post(client, article, text="With another address.", email="other@example.org")
    assert last().is_pending()
    assert last().identity is None


def test_what_a_rule_finds_something_in_waits(
    client: Client, article: Article, moderator: User
) -> None:
    trusted(client, article, moderator)
    post(client, article, text=" ".join(f"https://example.org/{n}" for n in range(4)))
    assert last().is_pending()


@pytest.mark.parametrize("verb", [moderation.reject, moderation.mark_spam])
def test_a_refusal_by_a_person_ends_it_for_thirty_days(
    client: Client, article: Article, moderator: User, verb: object
) -> None:
    trusted(client, article, moderator)
    post(client, article, text="Words that a moderator refuses.")
    verb([last()], by=moderator)  # type: ignore[operator]
    post(client, article, text=WORDS)
    assert last().is_pending()


def test_what_rules_approved_earns_nothing(
    client: Client, article: Article, moderator: User
) -> None:
    identity = proven(client, article)
    moderation.approve([last()], by=moderator)
    for number in range(3):
        made = make_comment(article, identity=identity, text=f"Number {number}")
        moderation.move_by_rule(made, Comment.Status.APPROVED, rule="trust")
    assert trust.record_of(identity).approvals == 1


def test_an_undone_approval_earns_nothing(
    client: Client, article: Article, moderator: User
) -> None:
    identity = proven(client, article)
    done = moderation.approve([last()], by=moderator).decisions[0]
    assert trust.record_of(identity).approvals == 1
    moderation.undo(done, by=moderator)
    assert trust.record_of(identity).approvals == 0


def test_an_approval_counts_for_as_long_as_the_comment_is_shown(
    client: Client, article: Article, moderator: User
) -> None:
    identity = proven(client, article)
    moderation.approve([last()], by=moderator)
    moderation.hold([last()], by=moderator)
    assert trust.record_of(identity).approvals == 0


def test_a_refusal_that_is_undone_is_none_and_its_undoing_no_approval(
    client: Client, article: Article, moderator: User
) -> None:
    trusted(client, article, moderator)
    post(client, article, text="Words that a moderator refuses by mistake.")
    refused = moderation.mark_spam([last()], by=moderator).decisions[0]
    moderation.undo(refused, by=moderator)
    identity = Identity.objects.get()
    assert trust.record_of(identity).approvals == 2  # the third appeared by itself
    assert trust.record_of(identity).last_refused_at is None


def test_a_year_without_a_comment_begins_the_count_anew(
    client: Client, article: Article, moderator: User
) -> None:
    trusted(client, article, moderator)
    Identity.objects.update(used_at=timezone.now() - timedelta(days=366))
    post(client, article, text=WORDS)
    assert last().is_pending()


def test_switched_off_everything_waits(
    client: Client, article: Article, moderator: User, settings: Settings
) -> None:
    trusted(client, article, moderator)
    settings.COMMENTS_TRUST = False
    post(client, article, text=WORDS)
    assert last().is_pending()


def test_switched_off_since_an_edit_of_what_appeared_at_once_waits(
    client: Client, article: Article, moderator: User, settings: Settings
) -> None:
    trusted(client, article, moderator)
    post(client, article, text=WORDS)
    settings.COMMENTS_TRUST = False
    writers.edit(last(), text="Said better.")
    assert last().is_pending()


def test_an_edit_of_a_trusted_clean_comment_stays_and_one_with_findings_waits(
    client: Client, article: Article, moderator: User
) -> None:
    trusted(client, article, moderator)
    post(client, article, text=WORDS)
    comment = writers.by_token(writers.token(last()))
    assert comment is not None
    writers.edit(comment, text="Said better.")
    assert last().is_approved()
    writers.edit(comment, text=" ".join(f"https://example.org/{n}" for n in range(4)))
    assert last().is_pending()
    comment = last()
    writers.edit(comment, text="Said better, without.")
    assert last().is_pending()  # somebody has to look, whatever it says now


def test_a_post_whose_writer_was_erased_meanwhile_is_kept_and_waits(
    client: Client, article: Article, moderator: User
) -> None:
    trusted(client, article, moderator)
    found = trust.identify

    def erased_at_once(cookie: str, email: str) -> Identity | None:
        identity = found(cookie, email)
        privacy.erase(email)
        return identity

    with mock.patch.object(trust, "identify", erased_at_once):
        answer = post(client, article, text="The third words.")
    assert answer.status_code == 303
    comment = Comment.objects.get(text="The third words.")
    assert comment.is_pending()
    assert comment.identity is None
