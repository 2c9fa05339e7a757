"""axe-core objects to nothing on the desk and on the pages around it, at any size, in any light.
Those behind it fit narrow screens, and every control of them has a name."""

import pytest
from playwright.sync_api import Page, expect

from comments import moderation, reports
from comments.desk import writing
from comments.evidence import kept
from comments.models import Comment, Finding, Phrase, RuleSetting, Sender
from tests.factories import make_article, make_comment, make_user

from . import axe
from .conftest import LogIn
from .fitting import wrong_with
from .windows import press_and_follow

DESK = "/admin/comments/comment/"
pytestmark = pytest.mark.django_db(transaction=True)


def fill() -> tuple[Comment, Comment]:
    """Comments with everything that a row can show, and lists with entries; an approved comment
    and one that waits."""
    editor = make_user("Editor", username="an-editor")
    article = make_article()
    link = {"text": "See https://bad.example/x", "author_url": "https://mina.example.org/"}
    approved = make_comment(article, status="approved", author_name="Jun", **link)
    waiting = make_comment(article, parent=approved, address_hash="a" * 64, score=12, **link)
    said = {"comment": waiting, "evidence": kept("Bad."), "quotes": ["See"]}
    Finding.objects.create(rule="a_rule", points=12, **said)
    Finding.objects.create(rule="dry", points=5, counted=False, **said)
    make_comment(article, text="좋았어요", written_in="ko")
    for status, verb in (("rejected", moderation.reject), ("spam", moderation.mark_spam)):
        verb([make_comment(article, author_name=status)], by=editor, reason="Seen before")
    reports.take(approved, reason="abuse", note="Rude")
    Phrase.objects.create(words="casino", listed_by=editor)
    Sender.objects.create(who="bad.example", listed_by=editor)
    RuleSetting.objects.create(rule="seen_in_spam", mode="dry_run", changed_by=editor)
    return approved, waiting


def test_the_desk_has_no_violations(axe_page: Page, log_in: LogIn) -> None:
    fill()
    log_in(axe_page, make_user("Moderator"))
    for query in ("", "?state=all", "?choose=spam&q=See", "?q=nothing"):
        assert axe.everywhere(axe_page, f"{DESK}{query}") == []
    axe_page.goto(DESK)
    axe_page.keyboard.press("a")
    expect(axe_page.get_by_role("button", name="Undo:")).to_be_visible()
    axe_page.keyboard.press("a")
    expect(axe_page.get_by_role("link", name="This page is done")).to_be_focused()
    assert axe.violations(axe_page) == []
    axe_page.keyboard.press("?")
    expect(axe_page.get_by_role("dialog")).to_be_visible()
    assert axe.violations(axe_page) == []


def test_a_comments_own_page_and_what_it_leads_to_have_no_violations(
    axe_page: Page, log_in: LogIn
) -> None:
    both = fill()
    administrator = make_user("Administrator")
    writing.answer(both[0], text="Thank you.", by=administrator)
    log_in(axe_page, administrator)
    assert axe.everywhere(axe_page, f"{DESK}kept/?email={both[0].author_email}") == []
    for comment in both:
        assert axe.everywhere(axe_page, f"{DESK}{comment.pk}/change/") == []
    assert axe.everywhere(axe_page, f"{DESK}alike/?by=link&value=bad.example") == []


def test_the_pages_behind_the_desk_have_no_violations(axe_page: Page, log_in: LogIn) -> None:
    fill()
    log_in(axe_page, make_user("Editor"))
    phrase, sender = Phrase.objects.get().pk, Sender.objects.get().pk
    for address in (
        "",
        "comments/",
        "comments/rulesetting/",
        "comments/phrase/",
        f"comments/phrase/{phrase}/change/",
        f"comments/phrase/{phrase}/delete/",
        "comments/sender/",
        f"comments/sender/{sender}/change/",
        "comments/limits/",
        "comments/learnt/",
        "comments/akismethealth/",
    ):
        assert wrong_with(axe_page, address) == []
        assert axe.at_every_size(axe_page) == []
    assert wrong_with(axe_page, "comments/phrase/add/") == []
    axe_page.get_by_label("Word or phrase").fill("See")
    press_and_follow(axe_page.get_by_role("button", name="Try it"))
    assert axe.violations(axe_page) == []
