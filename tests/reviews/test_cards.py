"""Cards are written in Python: what they say is what a template would, to the letter."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.test import Client
from django.test.utils import override_settings
from django.urls import NoReverseMatch, reverse
from hypothesis import given
from hypothesis import strategies as st

from publication.models import Masthead
from reviews import addresses, cards, served
from reviews.models import Article, for_readers
from tests.factories import make_article, make_film, make_image, make_reviewer, make_screening

HOSTILE = 'A & "B" <i>'
SAFE = "A &amp; &quot;B&quot; &lt;i&gt;"
CARD = f"""
<article class="card card--words">

<div class="card__words">
<p class="kicker">Review&nbsp;<span class="kicker__more">EDITION</span></p>
<h3 class="card__title" lang="ko"><a href="/reviews/aloners/">{SAFE}</a></h3>
<p class="card__original"><bdi lang="ko">{SAFE} 2</bdi></p>
<p class="card__rating">STARS<span class="unseen">Rating: 3.5 out of 5.</span></p>
<p class="card__standfirst" lang="ko">{SAFE}</p>
<p class="card__byline">{SAFE}, Ana and Bo&nbsp;<time datetime="2026-07-01T00:30:00+01:00">\
1 July 2026</time></p>
</div>
</article>
"""


@pytest.fixture
def article(db: None) -> Article:
    film = make_film("Aloners")
    film.titles.all().delete()
    film.titles.create(text=f"{HOSTILE} 2", language="ko", kind="original")
    made = make_article(
        film=film,
        slug="aloners",
        headline=HOSTILE,
        standfirst=HOSTILE,
        language="ko",
        rating=7,
        screening=make_screening(film),
        lead_image=None,
    )
    made.bylines.all().delete()
    for position, name in enumerate((HOSTILE, "Ana", "Bo")):
        made.bylines.create(reviewer=make_reviewer(name), position=position)
    at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    Article.objects.filter(pk=made.pk).update(first_published_at=at)
    (read,) = for_readers.cards([made.pk])
    return read


def test_a_card_is_written_to_the_letter(article: Article) -> None:
    edition = str(article.festival_edition())
    expected = CARD.replace("EDITION", edition).replace("STARS", cards.stars(7))
    assert cards.card(article, "card") == expected


def test_the_lead_and_the_first_of_a_page_have_headings_of_their_rank(article: Article) -> None:
    lead = cards.card(article, "card-lead")
    assert '<article class="card card--lead card--words">' in lead
    assert '<h2 class="card__title" lang="ko">' in lead
    assert '<h2 class="card__title" lang="ko">' in cards.card(article, "card", 2)


def test_of_a_list_the_last_place_is_that_of_all_that_are_left(db: None) -> None:
    image = make_image(developed=True)
    keys = [make_article(lead_image=image).pk for _ in range(4)]
    said = cards.listed(for_readers.cards(keys), "card-wide", "card")
    places = re.findall('class="figure figure--([a-z-]+)', said)
    assert places == ["card-wide", "card", "card", "card"]
    assert cards.listed([], "card") == ""


@pytest.mark.parametrize(("letter", "most"), [("a", 70), ("말", 35)])
def test_a_lead_with_a_long_headline_is_set_smaller(
    article: Article, letter: str, most: int
) -> None:
    for letters, smaller in ((most, False), (most + 1, True)):
        article.headline = letter * letters
        assert ("card--long" in cards.card(article, "card-lead")) is smaller
        assert "card--long" not in cards.card(article, "card")


def test_what_is_not_known_leaves_nothing_behind(db: None) -> None:
    made = make_article(kind="news", lead_image=None)
    made.bylines.all().delete()
    Article.objects.filter(pk=made.pk).update(standfirst="", lead_image=None)
    (read,) = for_readers.cards([made.pk])
    card = cards.card(read, "card")
    for absent in ("kicker__more", "card__original", "card__rating", "card__standfirst", "None"):
        assert absent not in card
    assert '<p class="card__byline"><time' in card  # no gap where nobody is named


def test_a_card_has_its_picture(db: None) -> None:
    image = make_image(developed=True)
    (read,) = for_readers.cards([make_article(lead_image=image).pk])
    card = cards.card(read, "card")
    assert "card--words" not in card
    assert image.credit_line in card


def test_a_card_to_read_next_without_its_picture_is_set_as_a_title_page(article: Article) -> None:
    assert '<article class="card card--words">' in cards.related([article])


@given(st.text(alphabet="aZ09/._-% é:?#", max_size=12))
def test_an_address_is_the_one_that_the_storage_says(name: str) -> None:
    assert served.address(name) == default_storage.url(name)


def test_another_storage_says_its_own_addresses() -> None:
    moved = {"BACKEND": "tests.reviews.test_cards.Elsewhere"}
    with override_settings(STORAGES={"default": moved}):
        assert served.address("a.jpg") == "https://cdn.example/a.jpg?signed"


class Elsewhere(FileSystemStorage):
    """A bucket whose addresses are signed."""

    def url(self, name: str | None) -> str:
        return f"https://cdn.example/{name}?signed"


@given(st.text(alphabet="-aZ09_", min_size=1, max_size=12))
def test_a_slug_is_where_django_says(slug: str) -> None:
    for name in ("review", "festival_report", "film", "person", "reviewer", "section", "tag"):
        assert addresses.to(f"reviews:{name}", slug) == reverse(f"reviews:{name}", args=[slug])


@given(st.from_regex(r"[-a-zA-Z0-9_]{1,12}", fullmatch=True), st.integers(0, 2**63))
def test_a_number_is_where_django_says(slug: str, number: int) -> None:
    for name in ("comment", "thread", "feed_on", "conversation"):
        expected = reverse(f"comments:{name}", args=[number])
        assert addresses.to(f"comments:{name}", number) == expected
    expected = reverse("reviews:edition", args=[slug, number])
    assert addresses.to("reviews:edition", slug, number) == expected
    assert addresses.to("reviews:front") == reverse("reviews:front")


def test_what_is_no_slug_and_no_number_has_no_address() -> None:
    for name, said in (("reviews:film", "no slug"), ("comments:comment", -1)):
        with pytest.raises(NoReverseMatch):
            addresses.to(name, said)


def test_another_name_stands_in_the_next_header_and_footer(db: None, client: Client) -> None:
    for name in ("The Reel & <Co>", "Another"):
        Masthead.objects.update_or_create(pk=Masthead.THE_ONE, defaults={"name": name})
        page = client.get("/about/").content.decode()
        said = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert f'<a href="/">{said}</a>' in page
        assert f'<p class="colophon__name">{said}</p>' in page
        assert 'href="/about/" aria-current="page"' in page
        assert '<p class="colophon__address">http://testserver/about/</p>' in page
