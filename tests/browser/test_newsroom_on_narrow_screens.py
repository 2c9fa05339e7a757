"""The newsroom at 320 pixels and at twice the size of text: only tables scroll sideways."""

import pytest
from playwright.sync_api import Page

from tests.factories import make_article, make_film, make_image, make_screening, make_user

from .conftest import LogIn
from .test_desk_for_everybody import fill

pytestmark = pytest.mark.django_db(transaction=True)
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
TWICE = "document.documentElement.style.fontSize = '200%'"


def scrolls(page: Page, address: str) -> list[str]:
    """Where a page is wider than its window."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"/admin/{address}")
    narrow = page.evaluate(SIDEWAYS)
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate(TWICE)
    found = {"320 px": narrow, "640 px and 200 %": page.evaluate(SIDEWAYS)}
    return [f"{address} at {where}: {by} px" for where, by in found.items() if by > 0]


def test_an_editors_pages_fit(page: Page, log_in: LogIn) -> None:
    film = make_film(original=("혼자 사는 사람들", "ko"))
    long = "“Aloners” and the long afternoons of those who eat alone"
    article = make_article(film=film, lead_image=make_image(), rating=7, headline=long)
    screening = make_screening(film)
    log_in(page, make_user("Editor"))
    for address in (
        "",
        "reviews/review/",
        f"reviews/review/{article.pk}/change/",
        "reviews/article/add/",
        "reviews/film/",
        f"reviews/film/{film.pk}/change/",
        "reviews/image/",
        f"reviews/image/{article.lead_image_id}/change/",
        "reviews/image/upload/",
        f"reviews/festivaledition/{screening.edition_id}/change/",
        "reviews/person/",
        "publication/masthead/add/",
        "password_change/",
    ):
        assert scrolls(page, address) == []


def test_a_moderators_pages_fit(page: Page, log_in: LogIn) -> None:
    approved, _ = fill()
    log_in(page, make_user("Moderator"))
    desk = "comments/comment/"
    for address in ("", desk, f"{desk}?state=all", f"{desk}{approved.pk}/change/"):
        assert scrolls(page, address) == []


def test_the_lists_behind_the_desk_fit(page: Page, log_in: LogIn) -> None:
    fill()
    log_in(page, make_user("Editor"))
    for name in ("rulesetting/", "phrase/", "phrase/add/", "sender/", "limits/"):
        assert scrolls(page, f"comments/{name}") == []
