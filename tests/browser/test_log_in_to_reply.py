"""A reader without scripts logs in with an account elsewhere, in the middle of a reply."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from comments.accounts import protocol
from comments.models import Comment, Identity
from tests.comments.account_double import CLIENT_ID, CLIENT_SECRET, accounts_elsewhere
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


def test_there_and_back_with_what_was_typed(
    page_without_scripts: Page,
    live_server: Any,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # the double has no certificate
    monkeypatch.setattr(protocol, "_discovered", {})
    settings.SITE_URL = live_server.url
    page, article = page_without_scripts, make_article()
    with accounts_elsewhere() as elsewhere:
        settings.OPENID_NAME, settings.OPENID_ISSUER = "Kinoklub", elsewhere.url
        settings.OPENID_CLIENT_ID, settings.OPENID_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
        page.goto(f"{live_server}{article.get_absolute_url()}")
        page.get_by_label("Your comment").fill("I saw it twice.")
        page.get_by_role("button", name="Kinoklub").click()
        page.get_by_role("link", name="Go to Kinoklub").click()
        page.get_by_role("link", name="No").click()
        expect(page.get_by_role("alert")).to_contain_text("Kinoklub told us nothing")
        page.get_by_role("button", name="Kinoklub").click()
        page.get_by_role("link", name="Go to Kinoklub").click()
        page.get_by_role("link", name="Allow").click()
        expect(page.get_by_label("Name", exact=True)).to_have_value("Ann Lee")
        page.get_by_role("button", name="Post comment").click()
        page.get_by_text("I saw it twice.").wait_for()
    assert Comment.objects.get().identity == Identity.objects.get(email="ann@example.org")
