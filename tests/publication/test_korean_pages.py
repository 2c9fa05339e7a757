"""A publication that speaks Korean: pages, errors, forms, feeds and mails, for whatever browser."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from pytest_django import Settings

from comments import letters, moderation, notices, privacy, writers
from comments.following import links
from comments.models import Comment, Subscription
from publication import site_name, views, worker
from publication.floods import waiting
from publication.models import Masthead
from reviews import library
from reviews.models import Article
from tests.comments.followed import asked_to_follow, make_follower, next_morning
from tests.comments.owed import one_of_each_kind
from tests.comments.posting import OURS, post
from tests.factories import make_article, make_comment, make_film, make_image, make_user
from tests.reviews.pages import fill_the_publication

from .pseudo import left_out, written

pytestmark = pytest.mark.django_db

# What Korean writes in Latin letters, and what the tests' own server is called.
LATIN = {
    "rss",
    "ip",
    "akismet",
    "automattic",
    "testserver",
    "https",
    "you",
    "example",
    "org",
    "abcde-f",
}


@pytest.fixture(autouse=True)
def korean(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """As PUBLICATION_LANGUAGE=ko sets it; nothing is activated, as in a worker."""
    settings.LANGUAGE_CODE = "ko"
    monkeypatch.setattr(site_name, "_read", {})  # not the name of another test's publication
    Masthead.objects.create(pk=Masthead.THE_ONE)


def english_in(page: str) -> list[str]:
    content = written() | LATIN
    return [word for word in left_out(page, content) if word.rstrip("’").lower() not in content]


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address, headers={"accept-language": "en-GB"})
    assert response.status_code == status, address
    return response.content.decode()


def test_no_kind_of_page_has_an_english_word_of_ours(client: Client) -> None:
    for name, address in fill_the_publication(1).items():
        page = read(client, address)
        assert '<html lang="ko">' in page, name
        assert '<meta property="og:locale" content="ko_KR">' in page, name
        assert english_in(page) == [], name


def test_no_page_around_comments_has_one(client: Client) -> None:
    article = make_article()
    said = make_comment(article, status="approved", text="One.\n\n스포일러: she stays.")
    make_comment(article, status="approved", parent=said)
    addresses = [
        article.get_absolute_url(),
        f"/comments/on/{article.pk}/all/?sort=newest",
        f"/comments/conversation/{said.pk}/",
        f"/comments/{said.pk}/reply/",
        f"/comments/{said.pk}/report/",
        "/comments/reports/",
        "/privacy/comments/",
        "/privacy/comments/yours/",
        "/by-mail/",
        links.page(make_follower()),
        links.page(asked_to_follow("new@example.org")),
        links.stop(make_follower("jun@example.org")),
        writers.waiting_address(make_comment(article)),
        writers.yours_address(said),
        letters.confirm_address(said),
        letters.unsubscribe_address(Subscription.objects.create(comment=said)),
        "/search/?q=Review",
        "/search/?q=혼자",
    ]
    for address in addresses:
        assert english_in(read(client, address)) == [], address


def test_dates_and_numbers_are_written_as_korean_writes_them(client: Client) -> None:
    when = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
    article = make_article(rating=7)
    Article.objects.update(publish_at=when, first_published_at=when)
    make_comment(article, status="approved", submitted_at=when)
    page = read(client, article.get_absolute_url())
    assert ">2026년 11월 25일</time>" in page
    assert ">2026년 11월 25일 06:30</time>" in page
    assert "별점: 5점 만점에 3.5점." in page
    assert "2026년 11월" in read(client, "/archive/2026/11/")


def test_a_release_is_not_called_what_a_title_is_called(client: Client) -> None:
    """In English both are a “UK release”."""
    film = make_film("Aloners", uk_distributor="Third Window")
    film.titles.create(text="Those Alone", language="en-GB", kind="uk_release")
    page = read(client, film.get_absolute_url())
    assert "<dt>영국 개봉</dt>" in page
    assert "<span>영국 개봉 제목</span>" in page


def test_the_pages_that_say_what_went_wrong_are_korean(client: Client) -> None:
    request = RequestFactory().get("/")
    pages = [
        views.bad_request(request, ValueError()).content.decode(),
        read(client, "/nowhere/", status=404),
        views.server_error(request).content.decode(),
        views.away(request).content.decode(),
    ]
    for page in pages:
        assert '<html lang="ko">' in page
        assert english_in(page) == []


@pytest.mark.parametrize("typed", [None, [("name", "Mina")], [("text", "좋았습니다.")]])
@pytest.mark.parametrize("minutes", [0, 3])
def test_a_post_that_has_to_wait_is_told_so_in_korean(
    minutes: int, typed: waiting.Typed | None
) -> None:
    page = waiting.page(minutes, typed, ticket="").decode()
    assert '<html lang="ko">' in page
    assert english_in(page) == []


def test_what_a_refused_form_says_is_korean(client: Client) -> None:
    article = make_article()
    wrong = {"email": "x", "url": "x y", "text": "가" * 10_001, "name": "이름"}
    empty = client.post(f"/comments/on/{article.pk}/", {}, headers=OURS)
    mistaken = client.post(f"/comments/on/{article.pk}/", wrong, headers=OURS)
    foreign = client.post(f"/comments/on/{article.pk}/", wrong)
    garbled = client.post(f"/comments/on/{article.pk}/", wrong | {"text": "�"}, headers=OURS)
    for response in (empty, mistaken, foreign, garbled):
        assert response.status_code >= 400
        assert [word for word in english_in(response.content.decode()) if len(word) > 1] == []
    assert "“�”로 보이는 부분을 다시 써 주십시오." in garbled.content.decode()


def test_feeds_say_that_they_are_korean(client: Client) -> None:
    article = make_article(rating=9, contains_spoilers=True, content_note="이별")
    make_comment(article, status="approved")
    for address in ("/feed/", "/comments/feed/", f"/comments/feed/{article.pk}/"):
        feed = read(client, address)
        assert "<language>ko</language>" in feed, address
    whole = read(client, "/feed/")
    for said in ("관람 주의.", "이 글은 줄거리의", "별점: 5점 만점에 4.5점.", "&lt;p&gt;글 "):
        assert said in whole


def test_what_is_kept_says_in_korean_what_was_decided(client: Client) -> None:
    comment = make_comment()
    moderation.approve([comment], by=make_user("Moderator"))
    privacy.ask("mina@example.org")
    notices.send_due()
    address = next(word for word in mail.outbox[0].body.split() if "/yours/" in word)
    page = read(client, address.removeprefix("http://testserver"))
    assert "승인 (관리자)" in page
    assert english_in(page) == []


def test_every_mail_of_the_worker_is_korean(settings: Settings) -> None:
    settings.COMMENTS_DIGEST_HOUR = 24  # no digest but the one below
    owed = one_of_each_kind()
    worker.work_once()
    assert len(mail.outbox) == len(owed)
    for letter in mail.outbox:
        page = f"<title></title><body>{letter.subject} {letter.body}</body>"
        assert "안녕하십니까." in letter.body
        assert english_in(page.replace("http://testserver", "https://testserver")) == []


def test_what_followers_are_mailed_is_korean() -> None:
    for number in range(3):
        make_article(headline=f"글 {number}", contains_spoilers=True, rating=7)
    Article.objects.update(standfirst="조용한 영화.")
    make_follower()
    make_follower("jun@example.org", rhythm="weekly")
    next_morning()
    assert [letter.subject for letter in mail.outbox] == ["글 2 외 2편"] * 2
    for letter in mail.outbox:
        page = f"<title></title><body>{letter.subject} {letter.body}</body>"
        assert "별 3½개" in letter.body or "3½" in letter.body
        assert english_in(page.replace("http://testserver", "https://testserver")) == []


def test_the_word_for_a_spoiler_that_the_form_names_folds_a_paragraph(client: Client) -> None:
    article = make_article()
    post(client, article, text="좋았습니다.\n\n스포일러: 그는 떠나지 않습니다.")
    Comment.objects.update(status="approved")
    page = read(client, article.get_absolute_url())
    assert "“스포일러:”로 시작하는 문단은" in page
    assert '<summary lang="ko">스포일러: 눌러서 읽기</summary>' in page


def test_a_withdrawn_picture_says_so_in_korean(client: Client) -> None:
    image = make_image()
    article = make_article(body=f'<figure data-image="{image.pk}"></figure><p>그는 남는다.</p>')
    library.withdraw(image, "")
    page = read(client, article.get_absolute_url())
    assert "권리자의 요청으로 내린 사진입니다." in page
    assert english_in(page) == []
