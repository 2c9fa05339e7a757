"""What was found is kept as codes and values, and said in the language of whoever reads it."""

import string

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from comments import reports
from comments.evidence import kept, said
from comments.models import Comment, Finding, Phrase, Report
from comments.spam import sentences
from tests.factories import make_article, make_comment

from .mailed import ask, mailed_link
from .posting import post

pytestmark = pytest.mark.django_db

LINKS = "See " + " ".join(f"https://{name}.example/" for name in "abcd")


def found(rule: str) -> Finding:
    return Finding.objects.get(rule=rule)


def test_a_finding_keeps_a_code_and_its_values(client: Client) -> None:
    post(client, make_article(), text=LINKS)
    assert found("too_many_links").evidence == [["links", {"links": 4}]]


def test_it_is_said_in_the_language_of_the_page(client: Client) -> None:
    post(client, make_article(), text=LINKS)
    assert sentences.of(found("too_many_links")) == "Carries 4 links."
    with translation.override("ko"):
        assert sentences.of(found("too_many_links")) == "링크가 4개 있습니다."


def test_one_is_not_said_in_the_plural() -> None:
    assert sentences.in_words(said("links", links=1)) == "Carries 1 link."
    assert sentences.in_words(said("among_spam", times=1)).endswith("the spam, once.")
    assert sentences.in_words(said("among_spam", times=2)).endswith("the spam, 2 times.")


def test_the_reasons_of_the_classifier_change_their_language_too(client: Client) -> None:
    post(client, make_article(), text="Subscribe to my channel https://x.example/?ref=1 please!!")
    with translation.override("ko"):
        words = sentences.of(found("reads_like_spam"))
    assert words.startswith("스팸처럼 읽힙니다. ")
    assert "스팸 근거: " in words
    assert "“subscribe”" in words  # what the writer wrote stays
    assert not set("link") & set(words.partition("“")[0])


def test_moderators_read_it_in_english_as_all_of_the_newsroom(moderator_client: Client) -> None:
    comment = make_comment(make_article(), status="pending")
    Finding.objects.create(
        comment=comment, rule="too_many_links", points=4, evidence=kept(said("links", links=7))
    )
    with translation.override("ko"):
        page = moderator_client.get("/admin/comments/comment/").content.decode()
    assert "Carries 7 links." in page


def test_what_is_kept_of_a_reader_is_said_in_their_language(
    client: Client, settings: Settings
) -> None:
    post(client, make_article(), text=LINKS)
    ask(client, Comment.objects.get().author_email)
    settings.LANGUAGE_CODE = "ko"
    page = client.get(mailed_link()).content.decode()
    assert "링크가 4개 있습니다." in page


def test_a_reader_who_reports_is_told_of_in_the_moderators_language() -> None:
    comment = make_comment(make_article(), status="approved")
    reports.take(comment, reason=Report.Reason.HATE, note="Read line 2")
    with translation.override("ko"):
        words = sentences.of(found("reported"))
    assert words.startswith("독자 신고: ")
    assert "“Read line 2”" in words


def test_a_listed_phrase_with_marks_of_its_own_is_only_shown(client: Client, editor: User) -> None:
    Phrase.objects.create(words="100%(off)s <b>", action="hold", listed_by=editor)
    post(client, make_article(), text="Now 100%(off)s <b> for all of you who read this, friends.")
    words = "The listed phrase “100%(off)s <b>” is in the text."
    assert sentences.of(found("listed_phrase")) == words


def test_sentences_of_earlier_days_stay_as_they_were(moderator_client: Client) -> None:
    comment = make_comment(make_article(), status="pending")
    Finding.objects.create(
        comment=comment, rule="gone", points=3, evidence=kept("It was 100 % <i>certain</i>.")
    )
    with translation.override("ko"):
        page = moderator_client.get("/admin/comments/comment/").content.decode()
    assert "It was 100 % &lt;i&gt;certain&lt;/i&gt;." in page


def test_a_rule_of_ones_own_may_say_a_sentence() -> None:
    assert sentences.in_words("It rhymes.") == "It rhymes."
    assert len(sentences.in_words("a" * 1000)) == 300


@pytest.mark.parametrize(
    "row",
    [
        ["from_the_future", {"number": 3}],
        ["links", {}],
        ["links", {"links": "many"}],
        ["reported", {"reason": "none", "note": "", "counts": True}],
        ["akismet_again", {"problem": [], "again_at": "soon"}],
        ["listed_phrase", {"entry": "x", "where": ["nowhere"]}],
        ["for_spam", {"reasons": [["word"]]}],
        ["near_spam", {"shared": "x"}],
    ],
)
def test_a_row_that_nobody_can_read_is_said_by_its_code(row: list[object]) -> None:
    comment = make_comment(make_article(), status="pending")
    finding = Finding.objects.create(comment=comment, rule="x", points=1, evidence=[row])
    assert sentences.of(finding) == f"{str(row[0]).replace('_', ' ').capitalize()}."


def test_every_sentence_names_only_what_it_is_given() -> None:
    """A made-up value for each name: nothing is left open, and a real sentence comes out."""
    values = {
        "problem": ["http_status", {"status": 500}],
        "again_at": "2026-11-26T12:00:00+00:00",
        "reasons": [["sign", "links"], ["word", "free"]],
        "where": ["text", "name", "website", "email"],
    }
    for code, sentence in sentences.SAID.items():
        names = {n for n in _names(str(sentence)) if n}
        words = sentences.in_words(said(code, **{name: values.get(name, 7) for name in names}))
        assert "%" not in words.replace("7 %", ""), code
        assert words != code.replace("_", " ").capitalize() + ".", code


def _names(sentence: str) -> list[str]:
    return [
        piece.partition(")")[0]
        for piece in sentence.split("%(")[1:]
        if piece[0] in string.ascii_lowercase
    ]
