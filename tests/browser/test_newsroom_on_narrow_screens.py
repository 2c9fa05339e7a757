"""The newsroom at 320 pixels and at twice the size of text: only tables scroll sideways. And every
control of it, on a wide screen, has a name. Of the pages that test_editors_for_everybody.py and
test_desk_for_everybody.py open, it is asked there."""

import re

import pytest
from playwright.sync_api import Page, expect

from comments.desk import acts
from reviews import publishing
from reviews.models import Credit
from tests.factories import (
    make_article,
    make_comment,
    make_draft,
    make_film,
    make_person,
    make_reviewer,
    make_screening,
    make_user,
)

from .conftest import LogIn
from .fitting import wrong_with
from .test_desk_for_everybody import fill

pytestmark = pytest.mark.django_db(transaction=True)


def test_lists_of_the_newsroom_need_no_scrolling(page: Page, log_in: LogIn) -> None:
    by = make_reviewer("Marguerite Soon-Halloway")
    film = make_film(original=("혼자 사는 사람들", "ko"))
    credit = {"role": "director", "person": make_person("Apichatpong Weerasethakul")}
    Credit.objects.create(film=film, **credit)
    long = "“Aloners” and the long afternoons of those who eat alone"
    make_article(film=film, rating=9, headline=long, by=by)
    make_comment(make_article(film=film, headline=long, by=by))
    make_screening(make_film("Uncle Boonmee Who Can Recall His Past Lives"))
    publishing.delete(make_draft(headline=long, by=by), by=make_user())
    log_in(page, make_user("Editor"))
    rooms = ("deletedarticle", "screening", "festivaledition", "section")
    for name in ("review", "article", "film", "person", *rooms):
        page.goto(f"/admin/reviews/{name}/")
        for width in (1440, 1280, 1024, 820, 390):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.locator(".results").evaluate("(it) => it.scrollWidth - it.clientWidth")
            assert wide <= 0, f"{name} at {width} px"
    page.goto("/admin/reviews/review/")
    row = page.locator("#result_list tbody tr", has_text="★★★★½")
    expect(row.get_by_role("link", name=long)).to_be_visible()
    expect(row.get_by_text(by.name)).to_be_visible()
    page.get_by_role("link", name="Rating").click()  # sorted by what it names, still
    expect(page).to_have_url(re.compile("o=4"))


def test_an_editors_other_pages_fit_and_name_what_they_have(page: Page, log_in: LogIn) -> None:
    make_person("Apichatpong Weerasethakul")
    log_in(page, make_user("Editor"))
    for address in (
        "reviews/festivaledition/add/",
        "reviews/festival/add/",
        "reviews/person/",
        "password_change/",
    ):
        assert wrong_with(page, address) == []


def test_a_moderators_pages_fit_and_name_what_they_have(page: Page, log_in: LogIn) -> None:
    approved, _ = fill()
    moderator = make_user("Moderator")
    log_in(page, moderator)
    decided = make_comment(author_name="W" * 80)  # one word, in what the desk offers to undo
    acts.carry_out([acts.Choice(decided, "approve")], by=moderator)
    desk = "comments/comment/"
    for address in (
        "",
        desk,
        f"{desk}?state=all",
        f"{desk}{approved.pk}/change/",
        f"{desk}{decided.pk}/change/",
    ):
        assert wrong_with(page, address) == []
