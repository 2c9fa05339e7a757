"""A review on paper: in two columns, the film's facts on one page, no sentence of it twice, nothing
to press."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_article, make_film

pytestmark = pytest.mark.django_db(transaction=True)


def review(body: str) -> str:
    return make_article(film=make_film(), body=body).get_absolute_url()


def test_paper_has_no_pull_quote_and_keeps_the_films_facts_together(page: Page) -> None:
    page.goto(review("<p>It is quiet.</p><aside><p>Quiet, it is.</p></aside>"))
    quote, facts = page.locator(".prose aside"), page.locator(".film-box")
    expect(quote).to_be_visible()
    page.emulate_media(media="print")
    expect(quote).to_be_hidden()
    expect(facts).to_have_css("break-inside", "avoid")
    expect(page.locator(".prose")).to_have_css("column-count", "2")


def test_a_spoiler_on_paper_is_open_and_does_not_ask_for_a_press(page: Page) -> None:
    page.goto(review("<p>It is quiet.</p><details><p>She leaves.</p></details>"))
    press = page.get_by_text("Spoiler: press to read")
    expect(press).to_be_visible()
    page.emulate_media(media="print")
    expect(press).to_be_hidden()
    expect(page.get_by_text("She leaves.")).to_be_visible()
