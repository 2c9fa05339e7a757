"""The pages of films, people, reviewers, festivals and the front page."""

import re

import pytest
from django.test import Client

from reviews.models import Article
from reviews.views.front import LATEST
from tests.factories import (
    make_article,
    make_edition,
    make_film,
    make_person,
    make_reviewer,
    make_screening,
    make_section,
)

pytestmark = pytest.mark.django_db


def _html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_film_shows_every_title_in_its_language(client: Client) -> None:
    film = make_film("Aloners", original=("혼자 사는 사람들", "ko"))
    film.titles.create(text="Honja saneun saramdeul", language="ko-Latn", kind="romanised")
    html = _html(client, film.get_absolute_url())
    assert '<cite lang="ko">혼자 사는 사람들</cite>' in html
    assert '<cite lang="ko-Latn">Honja saneun saramdeul</cite>' in html


def test_a_film_shows_reviews_and_pieces_that_are_also_about_it(client: Client) -> None:
    film = make_film()
    make_article(film=film, headline="The review")
    make_article(kind="feature", headline="The essay").related_films.add(film)
    make_article(headline="Of another film")
    html = _html(client, film.get_absolute_url())
    assert "The review" in html
    assert "The essay" in html
    assert "Of another film" not in html


def test_a_film_says_first_what_was_written_then_who_made_it(client: Client) -> None:
    film = make_film(original=("혼자 사는 사람들", "ko"), director="Hong Sung-eun")
    make_article(film=film, headline="The review")
    html = _html(client, film.get_absolute_url())
    said = ("The review", 'class="facts"', 'id="titles-title"')
    assert sorted(said, key=html.index) == list(said)


@pytest.mark.parametrize(("word", "letters"), [("hill ", 197), ("산언덕", 200)])
def test_a_film_is_described_by_the_beginning_of_its_synopsis_with_or_without_spaces(
    client: Client, word: str, letters: int
) -> None:
    page = _html(client, make_film(synopsis=f"A\n\n{word * 200}").get_absolute_url())
    (said,) = re.findall('<meta name="description" content="([^"]*)">', page)
    assert said.startswith(f"A {word.strip()}")
    assert said.endswith("…")
    assert len(said) == letters


def test_a_film_of_which_nothing_was_written_leads_to_what_was(client: Client) -> None:
    main = (
        _html(client, make_film().get_absolute_url()).partition("<main")[2].partition("</main")[0]
    )
    assert 'Nothing yet. <a href="/reviews/">See all reviews</a>.' in main


def test_a_person_shows_each_film_once_with_all_they_did(client: Client) -> None:
    person, film = make_person("Hong Sung-eun"), make_film("Aloners")
    film.credits.create(person=person, role="director")
    film.credits.create(person=person, role="cast", character="A caller")
    make_article(film=film, headline="“Aloners” Review")
    html = _html(client, person.get_absolute_url())
    assert '<span class="ledger__year">2021</span>' in html
    assert "<span>director, cast (A caller)</span>" in html
    assert html.count("<cite>Aloners</cite>") == 1
    assert html.count("“Aloners” Review</a>") == 1


def test_a_reviewer_with_two_roles_is_listed_once(client: Client) -> None:
    ada = make_reviewer("Ada")
    article = make_article(by=ada, headline="Twice")
    article.bylines.create(reviewer=ada, role="photographs")
    make_article(headline="By another")
    html = _html(client, ada.get_absolute_url())
    assert html.count("Twice</a>") == 1
    assert "By another" not in html


def test_an_edition_shows_what_it_screened_and_what_was_written(client: Client) -> None:
    edition, film = make_edition(), make_film("Aloners")
    screening = make_screening(film, edition=edition, strand="Women’s Voices", premiere_status="uk")
    make_screening(make_film("Not reviewed"), edition=edition)
    make_article(film=film, screening=screening, headline="The review")
    make_article(kind="festival_report", edition=edition, headline="The letter")
    html = _html(client, edition.get_absolute_url())
    for said in ("The review", "The letter", "Not reviewed", "Women’s Voices, UK premiere"):
        assert said in html
    assert "kicker__more" not in html  # its name, which no card need say again
    assert f'<span class="kicker__more">{edition}</span>' in _html(client, film.get_absolute_url())


def test_the_title_of_a_later_page_says_which_it_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviews.views.lists.PAGE_LENGTH", 1)
    wren, film = make_reviewer("Wren"), make_film(director="Hong Sung-eun")
    screening = make_screening(film)
    for _ in range(2):
        make_article(by=wren, film=film, screening=screening)
    for row in (wren, film.credits.get().person, screening.edition):
        address = row.get_absolute_url()
        assert f"<title>{row} · " in _html(client, address)
        assert f"<title>{row}, page 2 · " in _html(client, f"{address}?page=2")


def test_the_front_page_shows_each_piece_once(client: Client) -> None:
    edition = make_edition()
    for n in range(LATEST + 8):
        make_article(
            headline=f"Piece {n:02}", days_ago=n + 1, edition=edition if n % 4 == 1 else None
        )
    html = _html(client, "/")
    shown = [html.count(f"Piece {n:02}</a>") for n in range(LATEST + 8)]
    assert max(shown) == 1
    assert sum(shown) == 1 + LATEST + 4 + 3  # the lead, the grid, the festivals, one section
    assert html.index("Piece 00") < html.index("Piece 02") < html.index("Piece 01")


def test_what_its_editors_want_to_lead_leads_until_a_newer_piece_is_wanted(client: Client) -> None:
    news, long, older = (
        make_article(headline=name, days_ago=n + 1) for n, name in enumerate("NLO")
    )
    order = [f"{each.headline}</a>" for each in (news, long, older)]

    def lead() -> str:
        html = _html(client, "/")
        assert all(html.count(name) == 1 for name in order)
        return min(order, key=html.index)[0]

    assert lead() == "N"
    for wanted, leads in ((older, "O"), (long, "L")):
        Article.objects.filter(pk=wanted.pk).update(leads=True)
        assert lead() == leads
    Article.objects.filter(pk=long.pk).update(status="withdrawn")
    order.remove("L</a>")
    assert lead() == "O"


def test_its_headings_say_no_more_than_what_stands_below_them(client: Client) -> None:
    make_article(headline="The lead")
    make_article(headline="The next")
    html = _html(client, "/")
    assert '<h2 id="latest-title">Latest</h2>' in html


def test_the_front_page_of_an_empty_publication_is_kind(client: Client) -> None:
    assert "The first pieces are being written." in _html(client, "/")


def test_sections_on_the_front_page_stand_in_their_order(client: Client) -> None:
    for position, name in enumerate(("Music", "Film"), start=1):
        section = make_section(name)
        section.position = position
        section.save()
        for n in range(LATEST):
            make_article(section=section, days_ago=n + 1)
    html = _html(client, "/")
    assert html.index('id="section-music"') < html.index('id="section-film"')


def test_related_pieces_are_nearest_first(client: Client) -> None:
    film, edition = make_film(), make_edition()
    article = make_article(film=film, screening=make_screening(film, edition=edition))
    make_article(headline="Same section", days_ago=2)
    make_article(kind="festival_report", headline="Same festival", edition=edition, days_ago=30)
    make_article(headline="Same film", film=film, days_ago=60)
    make_article(headline="Elsewhere", section=make_section("Fashion"))
    near = Article.objects.published().related_to(article, 5)
    assert [other.headline for other in near] == ["Same film", "Same festival", "Same section"]
