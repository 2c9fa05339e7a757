"""axe-core objects to nothing on the editors' pages, at any size, in any light; they fit narrow
screens, and every control of them has a name."""

import pytest
from django.db.models import F
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from reviews import publishing
from reviews.models import Article, Section, Tag
from tests.factories import (
    make_article,
    make_comment,
    make_draft,
    make_film,
    make_image,
    make_person,
    make_screening,
    make_user,
)

from . import axe
from .conftest import LogIn
from .fitting import wrong_with
from .windows import press_and_follow

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_editors_forms_and_lists_have_no_violations(axe_page: Page, log_in: LogIn) -> None:
    image = make_image(width=1200, height=675)
    film = make_film(original=("혼자 사는 사람들", "ko"))
    film.credits.create(person=make_person(), role="director")
    long = "“Aloners” and the long afternoons of those who eat alone"
    article = make_article(film=film, lead_image=image, rating=7, headline=long)
    article.tags.add(tag := Tag.objects.create(name="Korean cinema", slug="korean-cinema"))
    first = article.revisions.get()
    Article.objects.filter(pk=article.pk).update(standfirst="Said in another way.")
    make_comment(article)
    screening = make_screening(film)
    editor, deleted = make_user("Editor"), make_draft()
    publishing.delete(deleted, by=editor)
    log_in(axe_page, editor)
    for address in (
        "reviews/review/",
        f"reviews/review/{article.pk}/change/",
        "reviews/article/add/",
        f"reviews/film/{film.pk}/change/",
        "reviews/film/",
        f"reviews/image/{image.pk}/change/",
        "reviews/image/",
        "reviews/image/upload/",
        f"reviews/image/{image.pk}/withdraw/",
        f"reviews/image/{image.pk}/replace/",
        f"reviews/review/{article.pk}/versions/",
        f"reviews/review/{article.pk}/versions/?version={first.pk}",
        f"reviews/festivaledition/{screening.edition_id}/change/",
        f"reviews/festival/{screening.edition.festival_id}/change/",
        "reviews/deletedarticle/",
        f"reviews/deletedarticle/{deleted.pk}/change/",
        f"reviews/section/{Section.objects.get().pk}/change/",
        "reviews/section/",
        f"reviews/tag/{tag.pk}/delete/",
        "reviews/reviewer/add/",
        "reviews/person/add/",
        "publication/masthead/",
    ):
        assert wrong_with(axe_page, address) == []
        assert axe.at_every_size(axe_page) == []


def test_the_pages_that_follow_an_action_and_the_window_for_many_have_no_violations(
    axe_page: Page, log_in: LogIn, live_server: LiveServer
) -> None:
    for name in ("A door", "A window"):
        make_image(alt_text="", headline=name)
    log_in(axe_page, make_user("Editor"))
    for action in ("write_words", "say_the_same", "delete_selected"):
        axe_page.goto(f"{live_server.url}/admin/reviews/image/")
        axe_page.locator(".action-select").first.check()
        axe_page.locator("[name=action]").select_option(action)
        press_and_follow(axe_page.get_by_role("button", name="Go"))
        assert axe.at_every_size(axe_page) == []
    axe_page.goto(f"{live_server.url}/admin/reviews/article/add/")
    with axe_page.expect_popup() as opened:
        axe_page.get_by_role("button", name="Insert gallery").click()
    opened.value.wait_for_load_state()
    opened.value.locator("a[data-popup-opener]").first.click()
    opened.value.get_by_role("button", name="Use 1 picture").wait_for()
    assert axe.at_every_size(opened.value) == []


def test_the_choice_between_two_versions_has_no_violations(
    axe_page: Page, log_in: LogIn, live_server: LiveServer
) -> None:
    article = make_draft(body="<p>One.</p>")
    log_in(axe_page, make_user("Editor"))
    axe_page.goto(f"{live_server.url}/admin/reviews/review/{article.pk}/change/")
    Article.objects.filter(pk=article.pk).update(verdict="Hers.", version=F("version") + 1)
    axe_page.fill("#id_verdict", "Mine.")
    axe_page.get_by_role("button", name="Save", exact=True).click()
    axe_page.get_by_label("What Somebody saved").check()
    assert axe.at_every_size(axe_page) == []
    axe_page.get_by_role("button", name="Save", exact=True).click()
    axe_page.get_by_text("is saved.", exact=False).first.wait_for()
    article.refresh_from_db()
    assert article.verdict == "Hers."
