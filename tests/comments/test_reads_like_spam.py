"""A comment that reads like spam waits, and the moderator sees which words say so."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from comments import plain_text
from comments.models import EVIDENCE_LIMIT, Comment
from comments.spam import FindingFacts, FormFacts, Submission, screen
from comments.spam.reads_like_spam import MOST_EVIDENCE, reads_like_spam
from comments.spam.screening import SPAM_SCORE
from tests.comments.posting import post
from tests.factories import make_article

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db

ADVERT = "Hello there, please subscribe to my channel and I will subscribe back"


def look(text: str) -> FindingFacts | None:
    return reads_like_spam(_post(text))


def _post(text: str, **facts: Any) -> Submission:
    return Submission("Mina", "m@example.org", "", text, plain_text.digest(text), at=NOW, **facts)


def test_the_strongest_words_are_named_and_marked() -> None:
    found = look(ADVERT)
    assert found is not None
    assert "“subscribe”" in found.evidence
    assert "subscribe" in found.quotes
    assert all(quote in ADVERT for quote in found.quotes)


@pytest.mark.parametrize(
    "honest",
    [
        "Her stillness in the last scene is what I took home.",
        "There is an interview with her: https://www.theguardian.com/film/hong-sung-eun. Read it.",
        "영화가 조용한데 마음에 오래 남네요.",
        "看完以后很久不能平静，结尾让人想哭。",
        "",
    ],
)
def test_an_honest_comment_leaves_no_finding(honest: str) -> None:
    assert look(honest) is None


def test_it_holds_a_comment_and_never_sets_it_aside_even_with_haste() -> None:
    hasty = FormFacts(rendered_at=NOW - timedelta(seconds=1))
    found = screen(_post(ADVERT, form=hasty))
    assert {"reads_like_spam", "written_too_fast"} <= {each.rule for each in found.findings}
    assert found.score < SPAM_SCORE


def test_it_adds_nothing_to_a_score_so_links_alone_still_never_make_spam() -> None:
    links = " ".join(f"https://example.org/{number}" for number in range(30))
    assert screen(_post(links)).score < SPAM_SCORE


def test_a_reader_who_posts_it_waits_and_the_finding_says_why(client: Client) -> None:
    article = make_article()
    post(client, article, text=ADVERT)
    comment = Comment.objects.get()
    assert comment.is_pending()
    finding = comment.findings.get(rule="reads_like_spam")
    assert finding.evidence.startswith("In hold zone: ")
    assert "subscribe" in finding.quotes


def test_the_evidence_fits_whatever_the_text() -> None:
    assert MOST_EVIDENCE == EVIDENCE_LIMIT
    found = look(f"subscribe to my channel https://{'a' * 60}.{'b' * 60}.com/ {'x' * 9000}")
    assert found is None or len(found.evidence) <= EVIDENCE_LIMIT
