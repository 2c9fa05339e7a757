"""A comment that reads like spam waits, and the moderator sees which words say so."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from comments import plain_text
from comments.learning import learnt
from comments.models import Comment
from comments.reading import rendering
from comments.reading.rendering import Mark
from comments.spam import (
    FindingFacts,
    FormFacts,
    Submission,
    features,
    lists,
    screen,
    scripts,
    sentences,
    structure,
    wording,
)
from comments.spam.classifier import Classifier
from comments.spam.explanation import Reason, Span
from comments.spam.reads_like_spam import pieces_of, reads_like_spam
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
    assert "“subscribe”" in sentences.in_words(found.evidence)
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
    assert sentences.of(finding).startswith("It reads like spam to ")
    assert "subscribe" in finding.quotes


def test_the_evidence_fits_whatever_the_text() -> None:
    found = look(f"subscribe to my channel https://{'a' * 60}.{'b' * 60}.com/ {'x' * 9000}")
    assert found is not None
    assert len(sentences.in_words(found.evidence)) < 600
    assert "x" * 41 not in sentences.in_words(found.evidence)


def test_every_signal_of_the_text_is_said_in_plain_words() -> None:
    texts = (
        ADVERT,
        'MY new shop: <a href="http://a.example/?ref=me&t=3">x</a> $500, +44 20 7946 0958, :) …',
        "> quoted\nsooooo go0d!!! me@films.example @me #me 1:02 in 1999, 5 % of 100000 s u b s",
        "http://youtu.be/watch?v=a 👍 𝐂𝐡𝐞𝐜𝐤 my ch\u0430nnel chan\u200bnel",
        "\uff23heck kidsmedia . com ok?",
        "hm",
        "",
    )
    kinds = {
        signal.partition("=")[0]
        for text in texts
        for signal in structure.signals(text, features.words_of(scripts.fold(text)))
    } | set(lists.read("kinds.txt").values())
    places = {*lists.read("hosts.txt").values(), "an unknown place"}
    kinds |= {f"leads to {place}" for place in places}
    for kind in kinds - {"always"}:  # what is not of this text
        pieces = kind.removeprefix(wording.BEGINNING).split(wording.BETWEEN)
        assert all(piece in wording.SAID for piece in pieces), kind


@pytest.mark.parametrize(
    ("taught", "text", "said"),
    [
        ("subskrybuj followme abonnez", "SUB indo, sub indo", "asking to subscribe (“SUB”)"),
        ("t.me/abc lin.ee/def", "open.kakao.com/o/s8Kd02lf", "an invitation to a chat"),
        ("2 22", "2 22", "“22”"),
    ],
)
def test_it_names_what_stands_there(taught: str, text: str, said: str) -> None:
    labels = [(word, True) for word in taught.split()] + [("Her diary: diary.org/x", False)]
    now = replace(learnt.in_force(), classifier=Classifier.of(labels * 20, None))
    found = reads_like_spam(_post(text, read_by=now))
    assert found is not None
    words = sentences.in_words(found.evidence)
    assert said in words
    assert "“2”" not in words  # a single one is not worth the look


def test_reasons_are_said_in_the_readers_language() -> None:
    with override("ko"):
        assert wording.in_words("leads to") == "링크된 사이트의 종류"
        said = wording.in_words("a sentence from asking to look")
        assert said == "다음으로 시작하는 문장: 봐 달라는 말"
    with override("en"):
        assert wording.in_words("leads to invitations to a chat") == "an invitation to a chat"
        said = wording.in_words("please → asking to look")
        assert said == "asking politely beside: asking to look"
        assert wording.in_words("please → please") == "asking politely, more than once"


def test_a_short_word_is_marked_but_not_within_others() -> None:
    text = "My mythical sub is a submarine; sub to it."
    page = rendering.comment_html(text, marked={"sub": Mark.SPAM})
    assert len(re.findall(r"<mark[^>]*>(?:<span[^>]*>[^<]*</span>)?sub</mark>", page)) == 2
    assert "submarine" in page


@pytest.mark.parametrize(
    ("text", "piece"),
    [("It was sooooo good, subscribe to my channel", "sooooo"), ("Earn $500 a day now", "500")],
)
def test_a_sign_within_a_word_is_marked_with_its_word(text: str, piece: str) -> None:
    place = text.index(piece)
    within = Span(place + 1, place + 2)
    reason = Reason("structure", "a sign", 1.0, (within,))
    assert pieces_of(text, [reason]) == (piece,)
