"""Clean, hold and spam: limits from scores kept before each decision, and said in plain words."""

from decimal import Decimal
from random import Random

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from comments import intake, moderation, writers
from comments.learning import learnt, zones
from comments.learning.zones import CAREFUL, ENOUGH, Zone, Zones, set_from
from comments.models import Comment, Learnt, Limits, RuleSetting
from comments.spam import sentences
from comments.spam.classifier import Classifier
from comments.spam.screening import SPAM_SCORE
from tests.comments.teaching import ADVERT, HONEST, follow_all, judged, saved
from tests.factories import make_article, make_comment, make_user

WHO = {"author_name": "Mina", "author_email": "mina@example.org"}
PAGE = "/admin/comments/learnt/"


def scored(*scores: float, spam: bool, by: User) -> None:
    """Comments with these stored scores, that a person decided about."""
    article = make_article()
    for score in scores:
        comment = make_comment(article, spam_probability=score, text="Words")
        (moderation.mark_spam if spam else moderation.approve)([comment], by=by)


@pytest.fixture(autouse=True)
def read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without real commits nothing says that the log is another than in the test before."""
    monkeypatch.setattr(learnt, "_read", None)


@pytest.fixture
def enough(moderator: User) -> None:
    """A site where 50 of each kind were decided about; honest ones score up to 93 of 100."""
    scored(*[0.01 * number for number in range(44, 44 + ENOUGH)], spam=False, by=moderator)
    scored(*[0.99] * ENOUGH, spam=True, by=moderator)


def drawn(random: Random, number: int) -> list[float]:
    """Scores of all kinds, many of them equal."""
    return [random.choice([random.random(), random.random() ** 4, 0.5, 1.0]) for _ in range(number)]


@given(st.integers(), st.integers(ENOUGH, 400), st.floats(0.001, 0.05))
def test_a_limit_never_loses_more_honest_comments_than_are_allowed(
    seed: int, number: int, allowed: float
) -> None:
    random = Random(seed)
    honest, spam = drawn(random, number), drawn(random, ENOUGH)
    found = set_from(honest, spam, allowed)
    assert found.lost <= allowed * len(honest)
    if found.limit is not None:
        assert found.lost == sum(found.of(score) == Zone.SPAM for score in honest)
        assert found.caught == sum(found.of(score) == Zone.SPAM for score in spam)
        assert 0.5 <= found.limit <= 1


def test_until_enough_is_known_it_only_holds() -> None:
    few = set_from([0.1] * (ENOUGH - 1), [0.9] * ENOUGH, 0.005)
    assert few.limit is None
    assert few.of(0.9999) == Zone.HOLD
    assert f"{ENOUGH - 1} honest and {ENOUGH} spam so far" in sentences.in_words(few.said(0.97))


def test_with_few_honest_scores_the_limit_is_careful() -> None:
    assert set_from([0.1] * 199, [0.9] * ENOUGH, 0.005).limit == CAREFUL
    limit = set_from([0.1] * 199 + [0.98], [0.9] * ENOUGH, 0.005).limit
    assert limit == pytest.approx(0.5)  # of 200, one may be lost


@pytest.mark.parametrize(
    ("score", "limit", "said"),
    [
        (
            0.97,
            0.94,
            "It reads like spam to 97 of 100. From 94 on comments are set aside, which loses at "
            "most 0.5 % of the honest ones here.",
        ),
        (0.9432, 0.9436, "It reads like spam to 94.32 of 100, so it waits. From 94.36 on"),
        (0.12, 0.94, "It reads like spam to 12 of 100, which is clean"),
        (0.9999, None, "It reads like spam to 99 of 100. Honest comments here score"),
    ],
)
def test_a_zone_is_said_in_plain_words(score: float, limit: float | None, said: str) -> None:
    zones = Zones(60, 60, 0.005, limit)
    assert sentences.in_words(zones.said(score)).startswith(said)


@pytest.mark.django_db
def test_every_comment_keeps_its_score_even_when_the_rule_is_off(editor: User) -> None:
    RuleSetting.objects.create(rule="reads_like_spam", mode="off", changed_by=editor)
    comment = intake.submit(make_article(), text=ADVERT, **WHO)
    comment.refresh_from_db()
    assert comment.spam_probability == learnt.shipped().score(ADVERT)


@pytest.mark.django_db
def test_a_score_is_from_before_the_decision(moderator: User) -> None:
    comment = intake.submit(make_article(), text=ADVERT, **WHO)
    before = comment.spam_probability
    moderation.mark_spam([comment], by=moderator)
    follow_all()
    comment.refresh_from_db()
    assert comment.spam_probability == before
    again = intake.submit(make_article(), text=f"{ADVERT}!", **WHO)
    assert again.spam_probability > before


@pytest.mark.django_db
def test_words_changed_after_a_decision_have_no_score_that_could_be_counted(
    moderator: User,
) -> None:
    comment = intake.submit(make_article(), text=HONEST, **WHO)
    moderation.approve([comment], by=moderator)
    follow_all()
    writers.edit(comment, text=f"{HONEST} Again.")
    comment.refresh_from_db()
    assert comment.spam_probability is None


@pytest.mark.django_db
def test_in_spam_zone_it_is_set_aside_and_points_add_up(
    enough: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Classifier, "score", lambda self, text: 0.97)
    comment = intake.submit(make_article(), text=ADVERT, **WHO)
    assert comment.is_spam()
    finding = comment.findings.get(rule="reads_like_spam")
    assert finding.points == SPAM_SCORE == comment.score
    assert sentences.of(finding).startswith("It reads like spam to 97 of 100. From ")
    assert any("cash.example" in quote for quote in finding.quotes)


@pytest.mark.django_db
def test_in_hold_zone_even_a_trusted_writer_waits_and_no_points_are_given(
    enough: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Classifier, "score", lambda self, text: 0.8)
    comment = intake.submit(make_article(), text=ADVERT, **WHO)
    assert (comment.status, comment.score) == ("pending", 0)
    evidence = sentences.of(comment.findings.get())
    assert "It reads like spam to 80 of 100, so it waits. From " in evidence


@pytest.mark.django_db
def test_on_dry_run_spam_zone_does_not_count(
    enough: None, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    RuleSetting.objects.create(rule="reads_like_spam", mode="dry_run", changed_by=editor)
    monkeypatch.setattr(Classifier, "score", lambda self, text: 0.97)
    comment = intake.submit(make_article(), text=ADVERT, **WHO)
    assert (comment.status, comment.score) == ("pending", 0)
    assert not comment.findings.get(rule="reads_like_spam").counted


@pytest.mark.django_db
def test_editors_set_the_share_and_nought_sets_nothing_aside(enough: None) -> None:
    assert learnt.in_force().zones.limit is not None
    Limits.objects.update_or_create(pk=1, defaults={"honest_lost_at_most": Decimal(0)})
    found = learnt.in_force().zones
    assert found.limit is None
    assert "none set aside" in sentences.in_words(found.said(0.97))
    with pytest.raises(ValidationError, match=r"Write 5.* or less"):
        Limits(pk=1, honest_lost_at_most=6).full_clean()


@pytest.mark.django_db
def test_the_page_says_what_was_learnt_and_what_it_would_cost(
    enough: None, moderator_client: Client
) -> None:
    follow_all()
    page = moderator_client.get(PAGE).content.decode()
    assert "<strong>100</strong> decisions." in page
    assert "From 93.0 on: spam" in page
    assert "<td>50</td><td>0 (wrong)</td>" in page
    assert "<td>50</td><td>50 (right)</td>" in page
    assert 'name="do"' not in page


@pytest.mark.django_db
def test_an_administrator_has_it_built_again_or_begun_anew(client: Client) -> None:
    admin = make_user("Administrator")
    judged(ADVERT, by=admin, spam=True)
    follow_all()
    client.force_login(admin)
    assert client.post(PAGE, {"do": "rebuild"}).status_code == 302
    assert saved().wanted_at is not None
    told = client.post(PAGE, {"do": "forget"}, follow=True).content.decode()
    assert "tick the box" in told
    assert saved().labels == 1
    told = client.post(PAGE, {"do": "forget", "sure": "1"}, follow=True).content.decode()
    assert "was forgotten by" in told
    assert (saved().labels, saved().wanted_at) == (0, None)
    told = client.post(PAGE, {"do": "recall"}, follow=True).content.decode()
    assert "It is to be built again" in told


@pytest.mark.django_db
def test_a_moderator_may_look_and_not_start_it_over(
    moderator_client: Client, client: Client
) -> None:
    assert "Nothing yet" in moderator_client.get(PAGE).content.decode()
    assert moderator_client.post(PAGE, {"do": "forget", "sure": "1"}).status_code == 403
    assert not Learnt.objects.exists()
    client.force_login(make_user("Contributor"))
    assert client.get(PAGE).status_code == 403


@pytest.mark.django_db
def test_the_desk_marks_both_ways_and_says_which_is_which(
    moderator_client: Client, moderator: User
) -> None:
    for number in range(6):
        judged(f"The chiaroscuro stayed with me {number}", by=moderator, spam=False)
    follow_all()
    text = "Hello, please subscribe to my channel about chiaroscuro, subscribe back"
    comment = intake.submit(make_article(), text=text, **WHO)
    assert "chiaroscuro" in comment.findings.get().against
    listed = moderator_client.get("/admin/comments/comment/").content.decode()
    assert '<mark class="mark--spam"><span class="visually-hidden">sign of spam: </span>' in listed
    honest = '<span class="visually-hidden">sign of an honest comment: </span>chiaroscuro</mark>'
    assert f'<mark class="mark--honest">{honest}' in listed
    assert f"{zones.of_100(comment.spam_probability)} of 100 like spam" in listed
    page = moderator_client.get(f"/admin/comments/comment/{comment.pk}/change/").content.decode()
    assert "Speaks for an honest comment" in page
    assert "“chiaroscuro”" in page.partition("Speaks for an honest comment")[2]
    assert Comment.objects.get(pk=comment.pk).is_pending()
