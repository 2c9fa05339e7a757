"""Pages of the site as a whole: about, not found, broken, robots, health."""

import html5lib
import pytest
from django.test import Client, RequestFactory

from publication.models import Masthead
from publication.security import digest
from publication.views import server_error
from tests.factories import make_article, make_draft, make_reviewer


@pytest.mark.django_db
def test_about_says_what_the_masthead_says(client: Client) -> None:
    Masthead.objects.create(
        pk=1,
        name="The Lantern",
        about="We cover films.",
        rating_scale="Five: go tonight.",
        comment_policy="Be kind.",
        contact_email="desk@example.org",
    )
    make_article(by=make_reviewer("Ada"))
    make_draft(by=make_reviewer("Unpublished Ben"))
    html = client.get("/about/").content.decode()
    for said in ("We cover films.", "Five: go tonight.", "Be kind.", "desk@example.org", "Ada"):
        assert said in html
    assert "Unpublished Ben" not in html


@pytest.mark.django_db
def test_a_page_that_is_not_there_offers_ways_on(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    for way in ('href="/"', 'href="/reviews/"', 'href="/archive/"'):
        assert way in html
    assert 'content="noindex"' in html
    assert "canonical" not in html
    assert "Cookie" not in response.headers.get("Vary", "")


def test_when_all_is_broken_a_page_still_comes_without_the_database() -> None:
    # Not marked django_db: a query here would fail the test.
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert 'href="/"' in html
    assert "<link" not in html  # nothing else is asked for, and its own style may be used
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert f"style-src {digest(style)};" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_footer_leads_to_what_readers_look_for_there(client: Client) -> None:
    footer = client.get("/").content.decode().partition("<footer")[2]
    for way in ("/about/", "/feed/", "/archive/", "/privacy/comments/"):
        assert f'href="{way}"' in footer


@pytest.mark.django_db
def test_every_static_file_a_page_names_exists(client: Client) -> None:
    html = client.get("/").content.decode()
    for name in ("css/site.css", "css/around.css", "favicon.svg"):
        assert f'href="/static/{name}"' in html
        assert client.get(f"/static/{name}").status_code == 200


@pytest.mark.parametrize("asked", ["/favicon.ico", "/apple-touch-icon.png"])
def test_who_reads_no_page_finds_the_icon_where_it_is_looked_for(
    client: Client, asked: str
) -> None:
    lead = client.get(asked)
    assert lead["Cross-Origin-Resource-Policy"] == "cross-origin"  # shown by feed readers
    assert "max-age=86400" in lead["Cache-Control"]
    icon = client.get(lead["Location"])
    assert icon["Content-Type"] == "image/png"
    assert b"".join(icon).startswith(b"\x89PNG")


@pytest.mark.django_db
def test_robots_are_told_where_the_map_is_and_what_is_not_for_them(client: Client) -> None:
    said = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in said
    kept_out = {line.removeprefix("Disallow: ") for line in said if line.startswith("Disallow")}
    assert kept_out >= {"/admin/", "/comments/", "/preview/"}
