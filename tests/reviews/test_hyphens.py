"""Names with a hyphen stay on one line; what is copied, searched and fed is as it was written."""

import json
import re

import pytest
from django.test import Client

from reviews.hyphens import unbroken
from tests.factories import make_article, make_film, make_reviewer


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Park Chan-wook", 'Park <span class="whole">Chan-wook</span>'),
        ("Bong Joon-ho’s debut", 'Bong <span class="whole">Joon-ho</span>’s debut'),
        ("Hou and Jean‐Luc", 'Hou and <span class="whole">Jean‐Luc</span>'),
        ("A well-made film", "A well-made film"),
        ("Your e-mail address", 'Your <span class="whole">e-mail</span> address'),
        ("Long Anglo-Portuguese-Japanese days", "Long Anglo-Portuguese-Japanese days"),
        ("<b> & Chan-wook", '&lt;b&gt; &amp; <span class="whole">Chan-wook</span>'),
        ("A - B", "A - B"),
        ("Why خانه دوست کجاست؟ (1987)", "Why <bdi>خانه دوست کجاست؟</bdi> (1987)"),
        ("On “ואלס עם באשיר”, 2008", "On “<bdi>ואלס עם באשיר</bdi>”, 2008"),
        ("سلام (1996), Chan-wook", 'سلام (1996), <span class="whole">Chan-wook</span>'),
        ("", ""),
    ],
)
def test_what_begins_as_a_name_does_or_with_one_letter_is_kept_whole(text: str, shown: str) -> None:
    assert unbroken(text) == shown


def test_text_without_a_hyphen_is_the_very_text() -> None:
    text = "Past <Lives>"
    assert unbroken(text) is text


@pytest.mark.django_db
def test_only_what_is_shown_has_it(client: Client) -> None:
    film = make_film("Made by Chan-wook", director="Park Chan-wook")
    article = make_article(
        headline="Chan-wook & Co",
        standfirst="By Joon-ho.",
        film=film,
        by=make_reviewer("Seo-yeon Pardoe"),
    )
    page = client.get(article.get_absolute_url()).content.decode()
    for name in ("Chan-wook", "Joon-ho", "Seo-yeon"):
        assert f'<span class="whole">{name}</span>' in page
    head = page[: page.index("</head>")]
    assert 'class="whole"' not in head
    assert "<title>Chan-wook &amp; Co" in head
    said = re.search(r"<script type=.application/ld\+json.>(.*?)</script>", page, re.S)
    assert said
    assert "Chan-wook & Co" in json.dumps(json.loads(said[1]))
    feed = client.get("/feed/").content.decode()
    assert "Chan-wook &amp; Co" in feed
    assert "whole" not in feed
