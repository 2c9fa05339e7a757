"""How a post becomes a comment: screened, recorded, and never twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from comments import intake, rate_limits, welcome, writers
from comments.models import Comment
from comments.spam import FormFacts
from reviews.models import Article
from tests.factories import make_article, make_comment, make_draft

pytestmark = pytest.mark.django_db

WORDS = "The last shot holds longer than it has to, and that is the film."


def submit(article: Article, **facts: Any) -> Comment:
    said = {"author_name": "Mina", "author_email": "mina@example.org", "text": WORDS}
    return intake.submit(article, **said | facts)


def test_every_comment_starts_pending_with_a_decision_by_screening() -> None:
    comment = submit(make_article())
    decision = comment.decisions.get()
    assert comment.is_pending()
    assert (decision.from_status, decision.to_status) == ("", "pending")
    assert (decision.rule, decision.by, decision.version) == ("screening", None, 1)


def test_spam_is_set_aside_with_its_findings_and_score() -> None:
    comment = submit(make_article(), form_facts=FormFacts(honeypot="cheap watches"))
    assert comment.status == Comment.Status.SPAM
    assert comment.score == sum(finding.points for finding in comment.findings.all()) == 10
    assert comment.decisions.get().to_status == "spam"


def test_the_same_press_twice_is_one_comment() -> None:
    article = make_article()
    first = submit(article)
    assert submit(article, text=f"{WORDS}\r\n") == first
    assert submit(article, author_name="Jun") != first
    assert submit(article, author_email="another.mina@example.org") != first
    assert submit(article, parent=_approved(article)) != first
    assert submit(make_article()) != first


def test_a_press_that_waited_for_its_turn_finds_its_twin() -> None:
    article, now = make_article(), timezone.now()
    first = submit(article, at=now + timedelta(seconds=2))
    assert submit(article, at=now) == first


def test_what_was_withdrawn_and_is_sent_again_is_a_new_comment() -> None:
    """By mistake, and only its writer can send it again: it must not vanish as a double press."""
    article = make_article()
    first = submit(article)
    writers.withdraw(first)
    again = submit(article)
    assert again != first
    assert again.is_pending()
    assert submit(article) == again


def test_the_same_words_an_hour_later_are_another_comment() -> None:
    article, now = make_article(), timezone.now()
    first = submit(article, at=now - timedelta(hours=1))
    assert submit(article) != first


@pytest.mark.parametrize(
    "facts", [{"comment_policy": "closed"}, {"days_ago": 9, "comment_policy": "closes_after"}]
)
def test_a_closed_thread_takes_nothing(facts: dict[str, Any]) -> None:
    article = make_article(**facts | {"comments_close_after_days": 7})
    with pytest.raises(welcome.Closed):
        submit(article)


def test_a_draft_takes_nothing() -> None:
    with pytest.raises(welcome.Closed):
        submit(make_draft())


def test_a_reply_to_a_comment_of_another_article_is_refused() -> None:
    elsewhere = _approved(make_article())
    with pytest.raises(welcome.NoSuchParent):
        submit(make_article(), parent=elsewhere)
    with pytest.raises(welcome.NoSuchParent):
        submit(make_article(), parent=elsewhere, at=timezone.now())


@pytest.mark.parametrize("status", ["pending", "rejected", "spam", "withdrawn"])
def test_only_an_approved_comment_can_be_answered(status: str) -> None:
    parent = make_comment(status=status)
    with pytest.raises(welcome.NoSuchParent):
        submit(parent.article, parent=parent)


def test_an_answer_to_an_answer_knows_where_the_conversation_began() -> None:
    first = _approved(make_article())
    answer = make_comment(first.article, parent=first, status="approved", author_name="Ann")
    assert submit(first.article, parent=answer).root == first


def test_an_address_that_sends_too_much_is_told_how_long_to_wait() -> None:
    article, now = make_article(), timezone.now()
    for number in range(welcome.MOST_FROM_ADDRESS):
        submit(article, text=f"Number {number}", address="203.0.113.9")
    with pytest.raises(rate_limits.TooMany) as refused:
        submit(article, address="203.0.113.9")
    assert timedelta(minutes=9) < refused.value.wait <= timedelta(minutes=10)
    assert "10 minutes" in str(refused.value)
    submit(article, address="203.0.113.10")
    assert now <= Comment.objects.latest("pk").submitted_at


def test_the_address_is_kept_only_as_a_keyed_hash_of_the_day() -> None:
    article, noon = make_article(), datetime.fromisoformat("2026-03-01T12:00+00:00")
    monday = submit(article, address="203.0.113.9", at=noon).address_hash
    tuesday = submit(article, address="203.0.113.9", at=noon + timedelta(days=1)).address_hash
    same_house = [
        submit(article, address=address, at=noon, text=f"From {address}").address_hash
        for address in ("2001:db8::1", "2001:db8::2", "::ffff:203.0.113.9")
    ]
    assert len(monday) == 64
    assert monday != tuesday
    assert same_house[0] == same_house[1] != monday == same_house[2]
    assert submit(article, at=noon, text="From nowhere").address_hash == ""


def test_an_import_keeps_its_time_and_may_come_to_a_closed_thread() -> None:
    article = make_article(comment_policy="closed")
    then = timezone.now() - timedelta(days=40)
    comment = submit(article, at=then)
    assert comment.submitted_at == comment.decisions.get().made_at == then


def test_control_characters_never_reach_the_database() -> None:
    comment = submit(make_article(), text="One\x00\r\n\r\n\r\n\r\ntwo\x1b", author_name="Mi\x00na")
    comment.refresh_from_db()
    assert (comment.text, comment.author_name) == ("One\n\ntwo", "Mina")


def test_nothing_turns_letters_round_and_no_name_the_words_beside_it() -> None:
    text = "\u202emoc.live, and \u2067مرحبا\u2069 stays."
    comment = submit(make_article(), author_name="\u202erotidE\u202c \u2066Min", text=text)
    comment.refresh_from_db()
    assert comment.author_name == "rotidE Min"
    assert comment.text == "moc.live, and \u2067مرحبا\u2069 stays."


def _approved(article: Article) -> Comment:
    return make_comment(article, status="approved", author_name="Jun", text="An older one.")
