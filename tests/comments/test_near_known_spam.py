"""Near copies of recent spam wait, and say of which; quoting is not copying."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from comments import intake, moderation, privacy, writers
from comments.models import Comment, SpamRun
from comments.spam import Submission, near_known_spam, sentences, shingles
from comments.spam.screening import SPAM_SCORE
from reviews.models import Article
from tests.comments.teaching import judged
from tests.factories import make_article, make_comment

SPAM = (
    "Hi there, I was surfing on your blog and found a great many useful tips about home loans, "
    "so please visit http://loans.example and see what our experts can do for you today"
)
SPUN = SPAM.replace("great many", "lot of").replace("http://loans", "http://cheap")
KOREAN = (
    "무료 상담 받으시고 최저 금리 대출 바로 신청하세요 지금 연락 주시면 오늘 안에 입금해 드립니다"
)
HONEST = "What I took home is how little she says in the last scene, and how long it lasts."

pytestmark = pytest.mark.django_db


def send(text: str, article: Article | None = None, parent: Comment | None = None) -> Comment:
    said = {"author_name": "Mina", "author_email": "mina@example.org"}
    return intake.submit(article or make_article(), parent=parent, text=text, **said)


def rules(comment: Comment) -> list[str]:
    return [finding.rule for finding in comment.findings.all()]


def test_a_spun_copy_waits_and_the_desk_leads_to_what_it_resembles(
    moderator: User, moderator_client: Client
) -> None:
    known = judged(SPAM, by=moderator, spam=True)
    comment = send(SPUN)
    finding = comment.findings.get(rule="near_known_spam")
    assert finding.resembles == known
    assert 0 < finding.points < SPAM_SCORE
    assert "four-word runs stand in that one too" in sentences.of(finding)
    assert any("surfing on your blog" in quote for quote in finding.quotes)
    assert "useful tips about home loans, so please visit" in finding.quotes  # up to the link
    assert all(quote in SPUN for quote in finding.quotes)
    page = moderator_client.get("/admin/comments/comment/?state=all").content.decode()
    assert f'<a href="/admin/comments/comment/{known.pk}/change/">See that comment</a>' in page
    assert "surfing on your blog" in page.partition('class="mark--spam"')[2]


def test_korean_is_known_by_its_characters(moderator: User) -> None:
    judged(KOREAN, by=moderator, spam=True)
    assert "near_known_spam" in rules(send(KOREAN.replace("오늘 안에", "한 시간 만에")))


def test_the_very_text_stays_with_its_own_rule(moderator: User) -> None:
    moderation.mark_spam([send(SPAM)], by=moderator)
    found = rules(send(SPAM))
    assert "seen_in_spam" in found
    assert "near_known_spam" not in found


def test_an_honest_comment_is_like_none(moderator: User) -> None:
    judged(SPAM, by=moderator, spam=True)
    assert "near_known_spam" not in rules(send(HONEST))


@pytest.mark.parametrize(
    "quoting",
    [
        f"“{SPAM}” — this keeps being posted under every review here. Can somebody remove it?",
        f"> {SPAM}\nThis keeps being posted under every review here. Can somebody remove it?",
        f'Who falls for "{SPAM}" in this day and age? I never met anybody who did.',
        f"{HONEST} And what is this “great many useful tips about home loans” doing here?",
        f"「{KOREAN}」 이런 댓글이 계속 올라오네요. 관리자님 확인 부탁드립니다.",
    ],
)
def test_a_reader_who_quotes_spam_is_not_a_copy(moderator: User, quoting: str) -> None:
    judged(SPAM, by=moderator, spam=True)
    judged(KOREAN, by=moderator, spam=True)
    assert "near_known_spam" not in rules(send(quoting))


def test_words_of_the_article_and_of_the_parent_are_nobodys_copy(moderator: User) -> None:
    """Robots lift sentences from the page, and readers quote them without marks."""
    sentence = "The last shot holds her face for a minute while the bus waits and nobody gets on"
    judged(f"{sentence} http://spam.example", by=moderator, spam=True)
    for body in (f"<p>{sentence}.</p>", f"<details><p>{sentence}.</p></details>"):
        article = make_article(body=body)
        assert "near_known_spam" not in rules(send(f"{sentence}: I cried.", article))
    said = "I stayed until the lights went up because I could not bear to leave that street behind"
    parent = make_comment(article, text=said, status="approved")
    judged(f"{said} http://spam.example", by=moderator, spam=True)
    assert "near_known_spam" not in rules(send(f"{said}, yes, me too.", article, parent))
    assert "near_known_spam" in rules(send(f"{said}, yes, me too."))


def test_spam_that_turns_out_honest_or_is_erased_is_forgotten(moderator: User) -> None:
    wrong = judged(SPAM, by=moderator, spam=True)
    moderation.approve([wrong], by=moderator)
    assert not SpamRun.objects.exists()
    moderation.mark_spam([wrong], by=moderator)
    assert SpamRun.objects.exists()
    privacy.erase(wrong.author_email)
    assert not SpamRun.objects.exists()


def test_only_recent_spam_counts_and_the_rest_is_purged(moderator: User) -> None:
    old = judged(SPAM, by=moderator, spam=True)
    gone = timezone.now() - near_known_spam.REMEMBERED - timedelta(minutes=1)
    Comment.objects.filter(pk=old.pk).update(submitted_at=gone)
    assert "near_known_spam" not in rules(send(SPUN))
    recent = judged(KOREAN, by=moderator, spam=True)
    privacy.purge()
    assert {run.comment for run in SpamRun.objects.all()} == {recent}


def test_what_a_rule_set_aside_is_known_too_and_its_edit_is_not_its_own_copy() -> None:
    said = {"author_name": "Bot", "author_email": "bot@example.org"}
    trapped = intake.FormFacts(honeypot="x")
    comment = intake.submit(make_article(), text=SPAM, form_facts=trapped, **said)
    assert comment.is_spam()
    assert "near_known_spam" in rules(send(SPUN))
    writers.edit(comment, text=f"{SPAM} now")
    assert "near_known_spam" not in rules(comment)
    assert comment.spam_runs.exists()


def test_the_rows_of_a_campaign_are_bounded(moderator: User) -> None:
    for number in range(near_known_spam.MOST_OF_A_RUN + 5):
        judged(f"{SPAM} {number}", by=moderator, spam=True)
    assert max(comment.spam_runs.count() for comment in Comment.objects.all()) <= 16
    numbers = list(SpamRun.objects.values_list("number", flat=True))
    assert max(map(numbers.count, numbers)) <= near_known_spam.MOST_OF_A_RUN
    assert "near_known_spam" in rules(send(SPUN))


@given(st.text(max_size=400))
def test_runs_stand_where_they_say(text: str) -> None:
    for run in shingles.runs(text):
        again = shingles.runs(text[run.start : run.end])
        assert run.number in {each.number for each in again}


@pytest.mark.parametrize("piece", ["“", '"', "「", "> ", "a ", "\x00", "가"])
def test_a_text_is_read_to_a_limit(piece: str) -> None:
    assert len(shingles.runs(piece * 100_000)) < shingles.MOST_READ


def test_a_look_up_is_one_statement_however_many_resemble_it(
    moderator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        judged(f"{SPAM} number {number}", by=moderator, spam=True)
    post = Submission("Mina", "mina@example.org", "", SPUN, "digest", timezone.now())
    with django_assert_num_queries(1):
        found = near_known_spam.near_known_spam(post)
    assert found is not None
    few = Submission("Mina", "mina@example.org", "", SPUN[:60], "other", timezone.now())
    with django_assert_num_queries(1):  # fewer runs than places in the statement
        assert near_known_spam.near_known_spam(few) is not None
