"""What editors list is found in new comments, with words, points and quotes."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from comments import intake
from comments.models import Comment, Limits, Phrase, RuleSetting, Sender
from comments.spam import Submission, rulebook, sentences
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db
WHO = {"author_name": "Mina", "author_email": "mina@mail.example"}


def submit(text: str = "A thought.", **facts: str) -> Comment:
    return intake.submit(make_article(), text=text, **WHO | facts)


def findings(comment: Comment) -> dict[str, int]:
    return dict(comment.findings.values_list("rule", "points"))


def test_a_phrase_to_hold_is_quoted_and_makes_no_spam(editor: User) -> None:
    Phrase.objects.create(words="cheap flights", listed_by=editor)
    comment = submit("Get CHEAP flights here")
    finding = comment.findings.get()
    assert comment.is_pending()
    assert sentences.of(finding) == "The listed phrase “cheap flights” is in the text."
    assert finding.quotes == ["CHEAP flights"]


def test_a_phrase_to_set_aside_makes_spam_wherever_it_stands(editor: User) -> None:
    Phrase.objects.create(words="casino*", action="set_aside", listed_by=editor)
    assert submit(author_name="Casino Royal").is_spam()
    assert submit(author_url="https://casinobest.example/").is_spam()
    assert submit("I saw Casino").is_spam()
    assert submit("Occasionally, no").is_pending()


def test_the_strictest_entry_counts_and_is_named_first(editor: User) -> None:
    Phrase.objects.create(words="aa", listed_by=editor)
    Phrase.objects.create(words="bb", listed_by=editor)
    Phrase.objects.create(words="cc", action="set_aside", listed_by=editor)
    finding = submit("aa bb cc").findings.get()
    assert finding.points == 10
    assert sentences.of(finding).startswith("The listed phrase “cc”")
    assert sentences.of(finding).endswith("1 more.")


def test_what_is_to_be_set_aside_is_found_behind_any_number_of_others(editor: User) -> None:
    Phrase.objects.create(words="aa*", listed_by=editor)
    Phrase.objects.create(words="casino", action="set_aside", listed_by=editor)
    finding = submit(" ".join(f"aa{number}" for number in range(500)) + " casino").findings.get(
        rule="listed_phrase"
    )
    assert finding.points == 10
    assert finding.quotes[0] == "casino"


@pytest.mark.parametrize(
    ("who", "facts"),
    [
        ("mina@mail.example", {}),
        ("mail.example", {}),
        ("bad.example", {"author_email": "x@BAD.example"}),
        ("bad.example", {"author_url": "https://shop.bad.example/x"}),
        ("bad.example", {"text": "see http://www.bad.example/x?y=1 please"}),
        ("bad.example", {"text": "I found it all at bad.example."}),
        ("bücher.example", {"text": "see http://xn--bcher-kva.example/"}),
    ],
)
def test_a_listed_sender_is_known(editor: User, who: str, facts: dict[str, str]) -> None:
    Sender.objects.create(who=who, action="set_aside", listed_by=editor)
    comment = submit(**facts)
    assert findings(comment)["listed_sender"] == 10
    assert comment.is_spam()


@pytest.mark.parametrize("who", ["bad.example", "ina@mail.example", "il.example"])
def test_another_sender_is_not(editor: User, who: str) -> None:
    Sender.objects.create(who=who, listed_by=editor)
    comment = submit("verybad.example and bad.example.org")
    assert "listed_sender" not in findings(comment)


@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, True), (1, True)])
def test_a_sender_counts_until_its_last_day_is_over(editor: User, days: int, counts: bool) -> None:
    last = timezone.localdate() + timedelta(days=days)
    Sender.objects.create(who="mail.example", last_day=last, listed_by=editor)
    assert ("listed_sender" in findings(submit())) is counts


def test_the_day_of_the_first_post_is_not_that_of_the_next(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    Sender.objects.create(who="mail.example", last_day=today, listed_by=editor)
    assert findings(submit("Today.")) == {"listed_sender": 3}
    monkeypatch.setattr(timezone, "localdate", lambda: today + timedelta(days=1))
    assert "listed_sender" not in findings(submit("Tomorrow."))


def test_the_lists_can_be_put_on_dry_run_and_off(editor: User) -> None:
    Phrase.objects.create(words="casino", action="set_aside", listed_by=editor)
    setting = RuleSetting.objects.create(rule="listed_phrase", mode="dry_run", changed_by=editor)
    comment = submit("casino")
    assert comment.is_pending()
    assert findings(comment) == {"listed_phrase": 10, "nothing_found": 0}
    setting.mode = "off"
    setting.save()
    assert findings(submit("casino again")) == {"nothing_found": 0}


def test_each_list_costs_one_query(
    editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        Phrase.objects.create(words=f"word{number}", listed_by=editor)
        Sender.objects.create(who=f"d{number}.example", listed_by=editor)
    post = Submission(**WHO, author_url="", text="word3 word4", text_digest="", at=timezone.now())
    with django_assert_num_queries(2):
        assert rulebook.listed_phrase(post)
        assert rulebook.listed_sender(post) is None


def test_newcomers_may_give_the_links_that_editors_allow() -> None:
    Limits.objects.create(pk=1, links_for_newcomers=0)
    said = "The director explains the ending of the film in an interview: http://{}.example"
    assert findings(submit(said.format("a"))) == {"too_many_links": 2}
    make_comment(author_email="Mina@mail.example", status="approved")
    assert findings(submit(said.format("b"))) == {"nothing_found": 0}


def test_the_database_keeps_the_lists_in_order(editor: User) -> None:
    Phrase.objects.create(words="casino", listed_by=editor)
    for broken in [
        Phrase(words="casino", listed_by=editor),
        Phrase(words="", listed_by=editor),
        Phrase(words="x y", action="delete", listed_by=editor),
        Sender(who="", listed_by=editor),
        Sender(who="a.example", action="delete", listed_by=editor),
        Limits(pk=2),
        Limits(pk=1, links_for_newcomers=21),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            broken.save()
