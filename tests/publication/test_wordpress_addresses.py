"""Addresses that readers have of a site on WordPress lead to where things are now."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reviews import darkroom
from reviews.models import Article, Image, Reviewer
from tests.factories import make_reviewer, picture_bytes
from tests.wordpress import attachment, bring_in, export, post

pytestmark = pytest.mark.django_db
NUMBERED = ("/?p=7", "/?page_id=7")


def test_former_addresses_lead_to_the_piece(tmp_path: Path, client: Client) -> None:
    bring_in(tmp_path, post(7, "혼자 사는 사람들 (2021)", slug="혼자-사는-사람들"))
    piece = Article.objects.get()
    assert piece.slug == "honja-saneun-saramdeul-2021"
    for address in ("/2019/05/03/혼자-사는-사람들/", "/2019/05/03/혼자-사는-사람들", *NUMBERED):
        answer = client.get(address)
        assert answer.status_code == 301, address
        assert answer["Location"] == piece.get_absolute_url()
    sent = client.get("/2019/05/03/혼자-사는-사람들/?utm_source=letter")
    assert sent["Location"] == f"{piece.get_absolute_url()}?utm_source=letter"
    for tail in ("amp/", "comment-page-2/", "2/", "page-of-a-picture/"):
        answer = client.get(f"/2019/05/03/혼자-사는-사람들/{tail}")
        assert answer["Location"] == piece.get_absolute_url(), tail
    for tail in ("feed", "feed/", "feed/atom/"):  # of its comments, which feed readers know
        answer = client.get(f"/2019/05/03/혼자-사는-사람들/{tail}")
        assert answer["Location"] == f"/comments/feed/{piece.pk}/", tail
    assert client.get("/?p=8").status_code == 404
    assert client.get("/?p=x").status_code == 404
    assert client.get("/2019/05/03/another/").status_code == 404
    assert client.get("/2019/05/03/post%00/").status_code == 404
    assert client.post("/2019/05/03/혼자-사는-사람들/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/?s=혼자+살다&submit=Search", "/search/?q=%ED%98%BC%EC%9E%90+%EC%82%B4%EB%8B%A4"),
        ("/?s=", "/search/?q="),
        ("/?s=a%26b%00", "/search/?q=a%26b%00"),
        ("/?feed=rss2", "/feed/"),
        ("/?feed=comments-rss2", "/comments/feed/"),
    ],
)
def test_former_searches_and_feeds_behind_a_question_mark_lead_on(
    client: Client, asked: str, leads: str
) -> None:
    client.get("/")  # which is stored, and is not the answer
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, leads)
    assert client.get(leads).status_code == 200


def test_former_pages_of_categories_tags_writers_and_months_lead_on(
    tmp_path: Path, client: Client
) -> None:
    make_reviewer("Jina Hong")
    bring_in(tmp_path, post(7, categories=("Reviews", "Korean cinema"), tags=("debuts",)))
    leads = {
        "/category/film/korean-cinema/": "/sections/korean-cinema/",
        "/category/reviews/": "/reviews/",
        "/tag/debuts": "/tags/debuts/",
        "/author/jina/": Reviewer.objects.get().get_absolute_url(),
        "/category/korean-cinema/page/3/": "/sections/korean-cinema/",
        "/author/jina/page/2": Reviewer.objects.get().get_absolute_url(),
        "/2019/": "/archive/",
        "/2019/05/": "/archive/2019/05/",
        "/2019/05/page/2/": "/archive/2019/05/",
        "/2019/05/03/": "/archive/2019/05/",
        "/page/2/": "/archive/",
        "/feed/atom/": "/feed/",
        "/rss2": "/feed/",
        "/comments/feed/rss2/": "/comments/feed/",
        "/category/film/korean-cinema/feed/": "/sections/korean-cinema/feed/",
        "/tag/debuts/feed/rss2/": "/tags/debuts/feed/",
        "/author/jina/feed/": f"{Reviewer.objects.get().get_absolute_url()}feed/",
        "/category/reviews/feed/": "/feed/",
    }
    for address, here in leads.items():
        answer = client.get(address)
        assert (answer.status_code, answer.headers.get("Location")) == (301, here), address
        assert client.get(here).status_code == 200
    for address in (
        *("/category/", "/category/none/", "/tag/%00/", "/2019/13/", "/author/"),
        *("/2018/", "/2018/05/", "/2018/05/03/", "/page/x/"),
    ):
        assert client.get(address).status_code == 404, address


def test_a_missing_page_asks_once_whether_it_was_one_there(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):  # and once for the masthead
        client.get("/some/thing/else/feed/")


def test_addresses_that_a_piece_had_there_before_lead_on(tmp_path: Path, client: Client) -> None:
    old = "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{said}</wp:meta_value>"
        "</wp:postmeta>"
        for key, said in (
            ("_wp_old_slug", "first-name"),
            ("_wp_old_slug", quote("둘째-이름")),
            ("_wp_old_date", "2019-04-30"),
        )
    )
    raw = export(post(7, slug="aloners")).decode().replace("</item>", f"{old}</item>")
    for _ in range(2):
        bring_in(tmp_path, raw=raw.encode())
    piece = Article.objects.get().get_absolute_url()
    for address in ("03/aloners/", "03/first-name/", "03/둘째-이름/", "03/둘째-이름/amp/"):
        assert client.get(f"/2019/05/{address}")["Location"] == piece, address
    assert client.get("/2019/04/30/aloners/")["Location"] == piece
    bring_in(tmp_path, raw=raw.replace("/aloners/", "/alone/").encode())
    assert client.get("/2019/05/03/alone/")["Location"] == piece
    assert client.get("/2019/05/03/aloners/")["Location"] == piece
    bring_in(tmp_path, post(8, "Another (2020)", slug="first-name"))
    assert "another" not in piece
    assert client.get("/2019/05/03/first-name/")["Location"] == "/reviews/first-name/"


def test_addresses_of_pictures_lead_to_the_picture(tmp_path: Path, client: Client) -> None:
    media = tmp_path / "media" / "2019" / "05"
    media.mkdir(parents=True)
    (media / "office.jpg").write_bytes(picture_bytes())
    (media / "secret.jpg").write_bytes(picture_bytes(900, 600))
    bring_in(
        tmp_path,
        attachment(21, "2019/05/office.jpg", caption="Work. Photo: Indiestory"),
        attachment(22, "2019/05/secret.jpg"),
        media=tmp_path / "media",
    )
    darkroom.develop_all()
    at = "/wp-content/uploads/2019/05"
    for name in ("office.jpg", "office-300x200.jpg", "office.jpg?w=640"):
        answer = client.get(f"{at}/{name}")
        assert answer.status_code == 302, name
        assert "w=640" not in answer["Location"]  # a storage may sign its addresses
        assert client.get(answer["Location"])["Content-Type"] == "image/jpeg"
    Image.objects.update(credit_line="")
    for name in ("office.jpg", "secret.jpg", "none.jpg"):
        assert client.get(f"{at}/{name}").status_code == 404, name


def test_a_former_address_follows_where_the_piece_goes(tmp_path: Path, client: Client) -> None:
    bring_in(tmp_path, post(7))
    Article.objects.update(slug="elsewhere")
    assert client.get("/?p=7")["Location"] == "/reviews/elsewhere/"


def test_links_to_the_former_site_lead_to_this_one(tmp_path: Path) -> None:
    def link(address: str) -> str:
        return f'<p><a href="{address}">there</a></p>'

    first, by_day = "https://reel.example/2019/05/03/first", "2019/05/03"
    copy_of_copies = f"https://i0.wp.com{'/i0.wp.com' * 1_500}"
    text = "".join(
        map(link, [
            "https://reel.example/2018/01/02/x/", "https://a.example/", f"{first}/#comments",
            f"http://www.reel.example/{by_day}/first/?share=x",
            f"http://reel.wordpress.com/{by_day}/first/", "https://reel.example/?p=1",
            "https://reel.example/2018/01/without-slash",
            "//a.example/2019/05/03/first/", copy_of_copies,
        ])
    )  # fmt: skip
    items = [
        post(1, "First (2020)", slug="first", guid="http://reel.wordpress.com/?p=1"),
        post(7, content=text),
    ]
    for _ in range(2):
        said = bring_in(tmp_path, *items)
    body = Article.objects.get(slug="post-7").body
    assert re.findall('href="([^"]*)"', body) == [
        "/2018/01/02/x/", "https://a.example/", "/reviews/first/", "/reviews/first/",
        "/reviews/first/", "/?p=1", "/2018/01/without-slash", "//a.example/2019/05/03/first/",
        copy_of_copies,
    ]  # fmt: skip
    assert "2  pieces were here already" in said
    assert "Links to files" not in said
