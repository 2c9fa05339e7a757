"""axe finds nothing on the pages that few see: of one reader, of the door, of what is not there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.core.exceptions import RequestDataTooBig
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.test import RequestFactory
from playwright.sync_api import Page, Route, expect
from pytest_django import Settings

from comments import letters, welcome, writers
from comments.following import links
from comments.spam import rules
from publication import logins, sessions, views
from publication.floods import serving
from publication.floods.admission import Admission
from publication.floods.serving import Floods
from publication.models import Masthead
from reviews.models import written_once
from tests.comments.followed import make_follower
from tests.factories import make_article, make_comment, make_draft, make_user
from tests.publication.reading import ask

from . import axe
from .conftest import LogIn
from .windows import press_and_follow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def masthead(db: None) -> None:
    Masthead.objects.create(pk=1, name="The Lantern", tagline="Films", comment_policy="Be kind.")


def test_what_is_not_there(axe_page: Page) -> None:
    assert axe.everywhere(axe_page, "/nothing/", status=404) == []
    axe_page.set_viewport_size({"width": 820, "height": 2000})
    ends = axe_page.evaluate("document.querySelector('.colophon').getBoundingClientRect().bottom")
    assert ends == 2000, "a short page ends where the window does"


def test_what_fails(axe_page: Page) -> None:
    request = RequestFactory().get("/failed/")
    failed = [views.bad_request(request, error) for error in (ValueError(), RequestDataTooBig())]
    for page in (*failed, views.server_error(request), views.away(request)):
        axe_page.route("**/failed/", given(page))
        assert axe.everywhere(axe_page, "/failed/", status=page.status_code) == []
        axe_page.unroute("**/failed/")


def given(page: HttpResponse) -> Callable[[Route], None]:
    headers = dict(page.items())
    return lambda route: route.fulfill(status=page.status_code, headers=headers, body=page.content)


def test_the_door_of_the_newsroom(axe_page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "HERE", replace(logins.HERE, most=1))
    for address in ("", "done/", "no/such/"):
        assert axe.everywhere(axe_page, f"/admin/password_reset/{address}") == []
    assert axe.everywhere(axe_page, "/admin/login/") == []
    for words in ("Please enter the correct", "Too many logins failed"):
        axe_page.get_by_label("Username").fill("nobody")
        axe_page.get_by_label("Password").fill("wrong")
        press_and_follow(axe_page.get_by_role("button", name="Log in"))
        expect(axe_page.locator(".errornote")).to_contain_text(words)
        assert axe.at_every_size(axe_page) == []


def test_the_password_that_is_asked_for_once_more(
    axe_page: Page, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(axe_page, make_user("Administrator"))
    assert axe.everywhere(axe_page, "/admin/password/?next=/admin/auth/user/add/") == []
    give_password(axe_page, "wrong")
    expect(axe_page.get_by_text("This is not your password.")).to_be_visible()
    assert axe.at_every_size(axe_page) == []
    give_password(axe_page, "open sesame")
    assert axe.everywhere(axe_page, f"/admin/auth/user/{make_user('Editor').pk}/change/") == []
    axe_page.goto("/admin/auth/user/add/")
    monkeypatch.setattr(sessions, "FRESH_FOR", timedelta())
    assert send_new_user(axe_page) == 403
    expect(axe_page.get_by_role("heading", level=1)).to_have_text("Your password once more, please")
    assert axe.at_every_size(axe_page) == []
    monkeypatch.undo()
    axe_page.goto("/admin/auth/user/add/")
    axe_page.context.clear_cookies()
    assert send_new_user(axe_page) == 403
    expect(axe_page.get_by_role("heading", level=1)).to_have_text("You are not logged in any more")
    assert axe.at_every_size(axe_page) == []


def give_password(page: Page, words: str) -> None:
    page.get_by_label("Your password").fill(words)
    press_and_follow(page.get_by_role("button", name="Go on"))


def send_new_user(page: Page) -> int:
    """The status that a form for a new login gets."""
    page.get_by_label("Username").fill("wren")
    page.get_by_label("Email address").fill("wren@example.org")
    with page.expect_navigation() as answer:
        page.get_by_role("button", name="Save", exact=True).click()
    assert answer.value
    return answer.value.status


def test_the_pages_of_one_reader(axe_page: Page) -> None:
    comment = make_comment(make_article())
    long = "The second time was quieter. " * 80
    answered = make_comment(comment.article, status="approved", text=long)
    make_comment(comment.article, parent=answered, status="approved")
    kept = signing.dumps([comment.pk, letters._address_digest(comment)], salt=letters._KEPT)
    for address in (
        f"/comments/conversation/{answered.pk}/",
        writers.waiting_address(comment),
        writers.yours_address(comment),
        writers.yours_address(answered),
        "/privacy/comments/yours/",
        f"/privacy/comments/yours/{kept}/",
        "/comments/reports/",
        "/by-mail/",
        links.page(make_follower()),
    ):
        assert axe.everywhere(axe_page, address.partition("#")[0]) == []


def test_a_reader_on_the_way_to_an_account(axe_page: Page, settings: Settings) -> None:
    settings.WORDPRESS_CLIENT_ID = settings.WORDPRESS_CLIENT_SECRET = "known there"
    axe_page.goto(f"/comments/on/{make_article().pk}/")
    axe_page.get_by_label("Your comment").fill("I saw it twice.")
    press_and_follow(axe_page.get_by_role("button", name="Log in with WordPress.com"))
    assert axe.at_every_size(axe_page) == []
    axe_page.get_by_role("link", name="Back to what you have written").click()
    expect(axe_page.get_by_label("Your comment")).to_have_value("I saw it twice.")
    assert axe.at_every_size(axe_page) == []


def test_a_reader_who_is_asked_to_wait(axe_page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article()
    for module in (welcome, rules):  # after one comment, that is, and not after twelve
        monkeypatch.setattr(module, "MOST_FROM_ADDRESS", 1)
    monkeypatch.setattr(written_once, "_written", {})  # the number stands in a query: no other's
    for text, status in (("It was loud.", 303), ("The sound came from behind me.", 429)):
        axe_page.goto(f"/comments/on/{article.pk}/")
        write_a_comment(axe_page, text, status=status)
    expect(axe_page.get_by_label("Your comment")).to_have_value("The sound came from behind me.")
    assert axe.at_every_size(axe_page) == []


@pytest.mark.parametrize("kept", [True, False])
def test_a_reader_whose_words_are_not_taken_in_a_flood(
    axe_page: Page, settings: Settings, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    """The answer is that of the application before the page cache, which here takes none at all;
    what is too long for it to read the browser has to keep."""
    settings.COMMENTS_POSTS_A_SECOND = 1
    if not kept:
        monkeypatch.setattr(serving, "LONGEST_BODY", 0)
    before_all = Floods(get_wsgi_application())
    before_all.admission = Admission(0)

    def answered(route: Route) -> None:
        body, path = route.request.post_data_buffer or b"", urlsplit(route.request.url).path
        said = {"CONTENT_TYPE": route.request.headers["content-type"], "wsgi.input": BytesIO(body)}
        page = ask(before_all, path, "POST", CONTENT_LENGTH=str(len(body)), **said)
        route.fulfill(status=page.status, headers=page.headers, body=page.body)

    axe_page.goto(f"/comments/on/{make_article().pk}/")
    axe_page.route("**/comments/on/*/", answered)
    write_a_comment(axe_page, "It was loud.", status=429)
    axe_page.unroute("**/comments/on/*/")
    if kept:
        expect(axe_page.get_by_label("What you wrote")).to_have_value("It was loud.")
    else:
        expect(axe_page.get_by_role("alert")).to_contain_text("which your browser still has")
    assert axe.at_every_size(axe_page) == []


def write_a_comment(page: Page, text: str, *, status: int) -> None:
    page.get_by_label("Your comment").fill(text)
    page.get_by_label("Name").fill("Wren")
    page.get_by_label("E-mail", exact=True).fill("wren@example.org")
    with page.expect_response(lambda said: said.request.method == "POST") as answer:
        page.get_by_role("button", name="Post comment").click()
    assert answer.value.status == status


def test_the_preview_of_a_draft(axe_page: Page, log_in: LogIn) -> None:
    draft = make_draft(headline="Not yet")
    log_in(axe_page, make_user("Editor"))
    assert axe.everywhere(axe_page, f"/preview/{draft.pk}/") == []
    back = axe_page.get_by_role("link", name="Back to the form")
    back.focus()
    around = axe_page.locator(".preview").evaluate("it => getComputedStyle(it).backgroundColor")
    expect(back).not_to_have_css("outline-color", around)


def test_what_is_typed_beside_how_it_will_look(axe_page: Page, log_in: LogIn) -> None:
    draft = make_draft(headline="Not yet", body="<p>Words.</p>")
    log_in(axe_page, make_user("Editor"))
    axe_page.goto(f"/admin/reviews/review/{draft.pk}/change/")
    for headline, shows in (("Now", "As the form stands now."), ("", "This cannot be shown yet")):
        axe_page.get_by_label("Headline", exact=False).first.fill(headline)
        with axe_page.expect_popup() as opened:
            axe_page.get_by_role("button", name="Preview").click()
        expect(opened.value.get_by_text(shows)).to_be_visible()
        assert axe.at_every_size(opened.value) == []
        opened.value.close()
