"""A review on paper: the film's facts on one page, and no sentence of it twice."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_article, make_film

pytestmark = pytest.mark.django_db(transaction=True)


def test_paper_has_no_pull_quote_and_keeps_the_films_facts_together(page: Page) -> None:
    body = "<p>It is quiet.</p><aside><p>Quiet, it is.</p></aside>"
    article = make_article(film=make_film(), body=body)
    page.goto(article.get_absolute_url())
    quote, facts = page.locator(".prose aside"), page.locator(".film-box")
    expect(quote).to_be_visible()
    page.emulate_media(media="print")
    expect(quote).to_be_hidden()
    expect(facts).to_have_css("break-inside", "avoid")
