"""Addresses that readers have of a site on WordPress lead to where things are now."""

from pathlib import Path

import pytest
from django.test import Client

from reviews.models import Article, Reviewer
from tests.factories import make_reviewer
from tests.wordpress import bring_in, post

pytestmark = pytest.mark.django_db


def test_former_addresses_lead_to_the_piece(tmp_path: Path, client: Client) -> None:
    bring_in(tmp_path, post(7, "혼자 사는 사람들 (2021)", slug="혼자-사는-사람들"))
    piece = Article.objects.get()
    assert piece.slug == "honja-saneun-saramdeul-2021"
    for address in ("/2019/05/03/혼자-사는-사람들/", "/2019/05/03/혼자-사는-사람들", "/?p=7"):
        answer = client.get(address)
        assert answer.status_code == 301, address
        assert answer["Location"] == piece.get_absolute_url()
    for tail in ("amp/", "comment-page-2/", "feed", "2/"):
        answer = client.get(f"/2019/05/03/혼자-사는-사람들/{tail}")
        assert answer["Location"] == piece.get_absolute_url(), tail
    assert client.get("/2019/05/03/혼자-사는-사람들/more/").status_code == 404
    assert client.get("/?p=8").status_code == 404
    assert client.get("/?p=x").status_code == 404
    assert client.get("/2019/05/03/another/").status_code == 404
    assert client.get("/2019/05/03/post%00/").status_code == 404
    assert client.post("/2019/05/03/혼자-사는-사람들/").status_code == 404


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
        "/2019/05/": "/archive/2019/05/",
    }
    for address, here in leads.items():
        answer = client.get(address)
        assert (answer.status_code, answer.headers.get("Location")) == (301, here), address
        assert client.get(here).status_code == 200
    for address in ("/category/", "/category/none/", "/tag/%00/", "/2019/13/", "/author/"):
        assert client.get(address).status_code == 404, address


def test_a_former_address_follows_where_the_piece_goes(tmp_path: Path, client: Client) -> None:
    bring_in(tmp_path, post(7))
    Article.objects.update(slug="elsewhere")
    assert client.get("/?p=7")["Location"] == "/reviews/elsewhere/"


def test_links_to_the_former_site_lead_to_this_one(tmp_path: Path) -> None:
    text = '<p><a href="https://reel.example/2018/01/02/x/">there</a> <a href="https://a.example/">b</a></p>'
    bring_in(tmp_path, post(7, content=text))
    assert 'href="/2018/01/02/x/"' in Article.objects.get().body
    assert 'href="https://a.example/"' in Article.objects.get().body
