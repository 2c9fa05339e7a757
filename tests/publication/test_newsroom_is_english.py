"""Whatever language a publication speaks, its newsroom is in English, and its readers are not."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import get_language
from pytest_django import Settings

from comments import moderation
from tests.factories import make_article, make_comment, make_draft, make_user
from tests.reviews.desk import change_url, form_data
from tests.reviews.test_preview_unsaved import pressed
from tests.safety.addresses import Rows, patterns

pytestmark = pytest.mark.django_db

HANGUL = re.compile("[가-힣]+")
EXAMPLES = {"홍성은", "한국어", "스포일러"}  # of what may be typed into a field
ANSWERS = {200, 204, 302, 400, 403, 404, 405}


@pytest.fixture(autouse=True)
def korean(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "ko"


def korean_in(page: str) -> list[str]:
    return [word for word in HANGUL.findall(page) if word not in EXAMPLES]


def test_no_page_of_it_has_a_korean_word(admin_client: Client) -> None:
    rows, read = Rows(), 0
    make_comment(rows.review)
    for row, _ in patterns():
        if not row.startswith("/admin/") or "logout" in row:
            continue
        answer = admin_client.get(rows.address(row).path)
        assert answer.status_code in ANSWERS, row
        if not answer.streaming and "html" in answer.headers.get("Content-Type", ""):
            page = answer.content.decode()
            assert korean_in(page) == [], row
            assert '<html lang="en-gb"' in page.lower() or "<html" not in page, row
            read += "<html" in page
    assert read > 100


def test_dates_forms_and_messages_are_in_english(admin_client: Client) -> None:
    draft = make_draft(headline="Cats")
    refused = admin_client.post(change_url(draft), form_data(draft, headline="")).content.decode()
    assert "Please correct the error below." in refused
    assert korean_in(refused) == []
    data = form_data(draft)
    del data["_continue"]
    saved = admin_client.post(change_url(draft), data, follow=True).content.decode()
    assert "is saved." in saved
    assert korean_in(saved) == []
    made = timezone.now() - timedelta(minutes=5, seconds=9)
    make_comment(make_article(), submitted_at=made)
    desk = admin_client.get("/admin/comments/comment/").content.decode()
    assert re.search(r"5\xa0minutes ago", desk)
    assert korean_in(desk) == []


def test_the_door_is_in_english_too(client: Client) -> None:
    asked = client.get("/admin/login/").content.decode()
    refused = client.post("/admin/login/", {"username": "x", "password": "y"}).content.decode()
    ended = client.post("/admin/reviews/review/add/", {"headline": "Typed"}).content.decode()
    for page in (asked, refused, ended):
        assert '<html lang="en-gb"' in page.lower()
        assert korean_in(page) == []


def test_a_preview_is_in_the_language_of_readers(editor_client: Client) -> None:
    draft = make_draft(body="<p>A.</p><details><p>B.</p></details>")
    page = editor_client.post(change_url(draft), pressed(form_data(draft))).content.decode()
    assert "스포일러: 눌러서 읽기" in page
    assert "&lt;html lang=&quot;ko&quot;&gt;" in page


def test_readers_are_answered_in_theirs_after_a_visit_to_it(admin_client: Client) -> None:
    article = make_article()
    waiting = make_comment(article)
    admin_client.get("/admin/")
    assert get_language() == "ko"
    moderation.approve([waiting], by=make_user("Moderator"))
    page = Client().get(article.get_absolute_url()).content.decode()
    assert '<html lang="ko">' in page
