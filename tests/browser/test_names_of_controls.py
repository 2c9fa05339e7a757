"""Who hears a page instead of seeing it is told what every control is for."""

import pytest
from playwright.sync_api import Page, expect

from reviews.models import Byline
from tests.factories import make_article, make_reviewer, make_user

from .conftest import LogIn

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_row_that_is_added_has_names_too(page: Page, log_in: LogIn) -> None:
    article = make_article()
    Byline.objects.get_or_create(article=article, reviewer=make_reviewer("Ann Ko"))
    log_in(page, make_user("Editor"))
    page.goto(f"/admin/reviews/review/{article.pk}/change/")
    rows = page.locator("#bylines-group")
    before = rows.get_by_role("combobox", name="Reviewer").count()
    rows.locator(".add-row a").click()
    expect(rows.get_by_role("combobox", name="Reviewer")).to_have_count(before + 1)
    expect(rows.get_by_role("combobox", name="Reviewer Ann Ko")).to_be_visible()
    rows.get_by_role("combobox", name="Reviewer").last.click()
    expect(page.get_by_role("searchbox", name="Reviewer")).to_be_focused()
