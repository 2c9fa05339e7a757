"""A reader gives a piece on without anybody being told: by the device, the clipboard or a mail."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)
SHARES = "Navigator.prototype.share = async (what) => { document.title = JSON.stringify(what) }"


def test_a_piece_is_shared_by_what_the_device_has_for_it(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(make_article(headline="Alone & well").get_absolute_url())
    address = page.locator("link[rel=canonical]").get_attribute("href")
    page.get_by_role("link", name="Share this piece").click()
    expect(page.get_by_text("Its address is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
    page.add_init_script(SHARES)
    page.reload()
    page.get_by_role("link", name="Share this piece").click()
    expect(page).to_have_title(f'{{"title":"Alone & well","url":"{address}"}}')
