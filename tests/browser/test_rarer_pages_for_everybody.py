"""axe finds nothing on the pages that few see: of one reader, of the door, of what is not there."""

import pytest
from django.core import signing
from playwright.sync_api import Page, expect

from comments import letters, welcome, writers
from comments.spam import rules
from publication.models import Masthead
from tests.factories import make_article, make_comment, make_draft, make_user

from . import axe
from .conftest import LogIn

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def masthead(db: None) -> None:
    Masthead.objects.create(pk=1, name="The Lantern", tagline="Films", comment_policy="Be kind.")


def test_what_is_not_there_and_the_door_of_the_newsroom(axe_page: Page) -> None:
    assert axe.everywhere(axe_page, "/nothing/", status=404) == []
    assert axe.everywhere(axe_page, "/admin/login/") == []
    axe_page.get_by_label("Username").fill("nobody")
    axe_page.get_by_label("Password").fill("wrong")
    axe_page.get_by_role("button", name="Log in").click()
    expect(axe_page.locator(".errornote")).to_be_visible()
    assert axe.violations(axe_page) == []


def test_the_pages_of_one_reader(axe_page: Page) -> None:
    comment = make_comment(make_article())
    answered = make_comment(comment.article, status="approved")
    make_comment(comment.article, parent=answered, status="approved")
    kept = signing.dumps([comment.pk, letters._address_digest(comment)], salt=letters._KEPT)
    for address in (
        f"/comments/conversation/{answered.pk}/",
        writers.waiting_address(comment),
        writers.yours_address(comment),
        "/privacy/comments/yours/",
        f"/privacy/comments/yours/{kept}/",
        "/comments/reports/",
    ):
        assert axe.everywhere(axe_page, address.partition("#")[0]) == []


def test_a_reader_who_is_asked_to_wait(axe_page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article()
    for module in (welcome, rules):  # after one comment, that is, and not after twelve
        monkeypatch.setattr(module, "MOST_FROM_ADDRESS", 1)
    for text, status in (("It was loud.", 303), ("The sound came from behind me.", 429)):
        axe_page.goto(f"/comments/on/{article.pk}/")
        axe_page.get_by_label("Your comment").fill(text)
        axe_page.get_by_label("Name").fill("Wren")
        axe_page.get_by_label("E-mail", exact=True).fill("wren@example.org")
        with axe_page.expect_response(lambda said: said.request.method == "POST") as answer:
            axe_page.get_by_role("button", name="Post comment").click()
        assert answer.value.status == status
    expect(axe_page.get_by_label("Your comment")).to_have_value("The sound came from behind me.")
    assert axe.violations(axe_page) == []


def test_the_preview_of_a_draft(axe_page: Page, log_in: LogIn) -> None:
    draft = make_draft(headline="Not yet")
    log_in(axe_page, make_user("Editor"))
    assert axe.everywhere(axe_page, f"/preview/{draft.pk}/") == []
