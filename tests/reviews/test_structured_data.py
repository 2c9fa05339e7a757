"""What pages say to machines, in schema.org's terms."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from publication.models import Masthead
from reviews import publishing
from reviews.models import Image, ReviewerLink
from tests.factories import make_article, make_film, make_image, make_person, make_reviewer

pytestmark = pytest.mark.django_db


def _script(client: Client, url: str) -> str:
    html = client.get(url).content.decode()
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return str(script)


def _data(client: Client, url: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_script(client, url))
    return data


def test_a_review_names_what_it_reviews_and_how_it_rates_it(client: Client) -> None:
    film = make_film(
        "Aloners",
        original=("혼자 사는 사람들", "ko"),
        director="Hong Sung-eun",
        runtime_minutes=90,
        imdb_id="tt13460814",
    )
    article = make_article(film=film, rating=7, by=make_reviewer("Alistair Ryder"))
    data = _data(client, article.get_absolute_url())
    assert data["@type"] == "Review"
    assert data["author"][0]["name"] == "Alistair Ryder"
    assert data["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 3.5,
        "bestRating": 5,
        "worstRating": 0.5,
    }
    movie = data["itemReviewed"]
    assert movie["name"] == "Aloners"
    assert movie["alternateName"] == ["혼자 사는 사람들"]
    assert movie["director"][0]["name"] == "Hong Sung-eun"
    assert movie["duration"] == "PT90M"
    assert movie["sameAs"] == ["https://www.imdb.com/title/tt13460814/"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("interview", "Article"), ("news", "NewsArticle"), ("feature", "Article")],
)
def test_other_kinds_are_articles(client: Client, kind: str, expected: str) -> None:
    article = make_article(kind=kind)
    data = _data(client, article.get_absolute_url())
    assert (data["@type"], data["headline"]) == (expected, article.headline)
    assert "reviewRating" not in data


def test_a_picture_carries_its_credit_creator_copyright_and_licence(client: Client) -> None:
    lead = make_image(
        credit_line="Image © Finecut",
        creator="Kim Jung-won",
        copyright_notice="© 2021 Finecut",
        licence_url="https://example.org/licence",
        licensor_url="https://example.org/buy",
        caption="Jina at home",
    )
    article = make_article(lead_image=lead)
    (image,) = _data(client, article.get_absolute_url())["image"]
    assert image["creditText"] == "Image © Finecut"
    assert image["creator"]["name"] == "Kim Jung-won"
    assert image["copyrightNotice"] == "© 2021 Finecut"
    assert image["license"] == "https://example.org/licence"
    assert image["acquireLicensePage"] == "https://example.org/buy"
    assert image["caption"] == "Jina at home"
    assert image["representativeOfPage"] is True
    assert (image["width"], image["height"], image["encodingFormat"]) == (64, 36, "image/jpeg")
    assert image["contentUrl"] == f"http://testserver{lead.address()}"
    Image.objects.update(credit_line="")
    assert "image" not in _data(client, article.get_absolute_url())


def test_the_web_statement_of_rights_stands_in_for_a_licence(client: Client) -> None:
    lead = make_image(web_statement="https://example.org/rights")
    article = make_article(lead_image=lead)
    (image,) = _data(client, article.get_absolute_url())["image"]
    assert image["license"] == "https://example.org/rights"


def test_pictures_of_the_body_follow_the_lead_in_their_order_each_once(client: Client) -> None:
    lead, late, soon = (make_image(credit_line=f"Image © {name}") for name in ("A", "B", "C"))
    figures = "".join(f'<figure data-image="{image.pk}"></figure>' for image in (soon, lead, late))
    article = make_article(lead_image=lead, body=f"<p>Words.</p>{figures}")
    images = _data(client, article.get_absolute_url())["image"]
    assert [each["creditText"] for each in images] == ["Image © A", "Image © C", "Image © B"]
    assert [each.get("representativeOfPage") for each in images] == [True, None, None]


def test_no_text_can_end_the_script(client: Client) -> None:
    """Nor, with “<!--<script”, keep it from ending."""
    evil = "</script x><script>alert('&')</script><!--<script"
    article = make_article(headline=evil)
    assert _data(client, article.get_absolute_url())["name"] == evil
    assert not set("<>&") & set(_script(client, article.get_absolute_url()))


def test_the_front_page_says_what_the_publication_is_called(client: Client) -> None:
    Masthead.objects.create(pk=1, name="The Reel", tagline="Films")
    assert _data(client, "/") == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": "The Reel",
        "url": "http://testserver/",
        "description": "Films",
    }


def test_film_and_person_say_who_they_are(client: Client) -> None:
    person = make_person("Hong Sung-eun", native_name="홍성은", native_language="ko")
    assert _data(client, person.get_absolute_url())["alternateName"] == "홍성은"
    assert _data(client, make_film("Aloners").get_absolute_url())["@type"] == "Movie"


def test_the_page_of_a_film_tells_the_reviews_that_it_shows(client: Client) -> None:
    film, wren = make_film("Aloners"), make_reviewer("Wren Castellane")
    piece = make_article(film=film, by=wren, rating=7)
    make_article(film=film, rating=None, unrated=True, days_ago=2)
    feature = make_article(kind="feature", film=None, rating=None)
    feature.related_films.add(film)
    rated, unrated = _data(client, film.get_absolute_url())["review"]
    alone = _data(client, piece.get_absolute_url())
    same = ("@type", "name", "url", "author", "datePublished", "reviewRating")
    assert rated == {name: alone[name] for name in same}
    assert "reviewRating" not in unrated


def test_a_reviewers_page_is_about_them_and_says_where_else_they_are(client: Client) -> None:
    reviewer = make_reviewer("Wren Castellane")
    page = _data(client, reviewer.get_absolute_url())
    assert page["@type"] == "ProfilePage"
    by_line = _data(client, make_article(by=reviewer).get_absolute_url())["author"][0]
    assert page["mainEntity"] == by_line

    reviewer.bio, reviewer.portrait = "Always takes the aisle.", make_image()
    reviewer.save()
    ReviewerLink.objects.create(reviewer=reviewer, label="Letters", url="https://example.org/wren")
    them = _data(client, reviewer.get_absolute_url())["mainEntity"]
    assert them["description"] == "Always takes the aisle."
    assert them["image"][0]["creditText"] == reviewer.portrait.credit_line
    assert them["sameAs"] == ["https://example.org/wren"]


def test_the_way_there_is_told_as_the_page_has_it(client: Client) -> None:
    data = _data(client, make_article().get_absolute_url())
    way = data["mainEntityOfPage"]["breadcrumb"]
    assert way["@type"] == "BreadcrumbList"
    assert [(step["position"], step["name"], step["item"]) for step in way["itemListElement"]] == [
        (1, "Front page", "http://testserver/"),
        (2, "Film", "http://testserver/sections/film/"),
    ]


def test_corrections_are_told_as_such(client: Client) -> None:
    article = make_article()
    assert "correction" not in _data(client, article.get_absolute_url())
    publishing.record_edit(article, by=None, substantive=True, note="It opened in May.")
    (correction,) = _data(client, article.get_absolute_url())["correction"]
    assert (correction["@type"], correction["text"]) == ("CorrectionComment", "It opened in May.")
    assert correction["datePublished"]


def test_a_poster_stands_for_the_page_of_its_film_alone(client: Client) -> None:
    film = make_film(poster=make_image())
    review = _data(client, make_article(film=film).get_absolute_url())
    assert "representativeOfPage" not in review["itemReviewed"]["image"][0]
    (poster,) = _data(client, film.get_absolute_url())["image"]
    assert poster["representativeOfPage"] is True
