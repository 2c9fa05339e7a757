"""Readers find pieces by any title, by people and by words."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from reviews import search
from reviews.models import Article, FilmTitle, Tag
from tests.factories import (
    make_article,
    make_draft,
    make_edition,
    make_film,
    make_person,
    make_reviewer,
    make_screening,
    make_section,
)

from .searching import read_all

pytestmark = pytest.mark.django_db
MOST_QUERIES = 14  # of a search that finds something of every kind


def _aloners() -> Article:
    film = make_film("Aloners", original=("혼자 사는 사람들", "ko"), director="Hong Sung-eun")
    FilmTitle.objects.create(
        film=film, text="Honja saneun saramdeul", language="ko-Latn", kind="romanised"
    )
    cast = make_person("Gong Seung-yeon", native_name="공승연", native_language="ko")
    film.credits.create(person=cast, role="cast")
    return make_article(
        film=film,
        headline="“Aloners” Review",
        standfirst="What it costs to eat lunch with others.",
        body="<p>A call centre, a <strong>corridor</strong> &amp; Jina’s flat.</p>"
        "<p>侯孝賢を思い出す。</p>",
        by=make_reviewer("Wren Castellane"),
    )


def _headlines(query: str) -> list[str]:
    found = search.find(query)
    return [hit.article.headline for hit in found.hits(found.pieces)]


@pytest.mark.parametrize(
    "query",
    [
        "aloners",
        "ALONERS",
        "ａｌｏｎｅｒｓ",  # full width, as a Japanese keyboard types it
        "혼자",
        "사람들",
        "혼자사는사람들",  # without its spaces
        "honja saramdeul",
        "공승연",
        "seung-yeon",
        "Hong Sung-eun",
        "castellane",
        "corridor",
        "侯孝賢",
        "思い出",
        "lunch centre",  # one word in the standfirst, the other in the body
    ],
)
def test_a_piece_is_found_by(query: str) -> None:
    wanted = _aloners()
    make_article(headline="Another piece", body="<p>Nothing of it.</p>")
    assert list(search.find(query).pieces) == [wanted.pk]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Pather Pāñcālī", "panchali"[:3]),
        ("Where Is the Friend’s House?", "friend's"),
        ("Amélie", "amelie"),
        ("Le Fabuleux Destin d'Amelie", "Amélie"),
        ("Xích Lô", "xich lo"),
        ("Đập cánh giữa không trung", "giua khong"),
        ("ÎLE", "île"),
    ],
)
def test_a_title_is_found_whatever_its_accents_and_apostrophes(title: str, query: str) -> None:
    make_article(film=make_film(title), headline="The one")
    make_article(headline="Another")
    assert _headlines(query) == ["The one"]


@pytest.mark.parametrize("query", ["Chanwook", "chan wook", "Park Chan-wook", "Chanwook Park"])
def test_a_name_is_found_with_its_hyphen_or_without(query: str) -> None:
    film = make_film("Decision to Leave", director="Park Chan-wook")
    make_article(film=film, headline="The one", standfirst="By Park Chan-wook.")
    found = search.find(query)
    (hit,) = found.hits(found.pieces)
    assert "".join(said for said, marked in hit.passage if marked).endswith("wook")
    assert [str(subject) for subject in found.subjects] == ["Park Chan-wook"]


def test_two_letters_are_found_where_a_word_begins_and_not_within_one() -> None:
    make_article(headline="Up", body="<p>IU sings.</p>")
    make_article(headline="A group")
    assert _headlines("up") == ["Up"]
    assert _headlines("iu") == ["Up"]


@pytest.mark.parametrize("query", ["strong", "span", "data", "href"])
def test_what_is_markup_in_a_body_is_not_taken_for_its_words(query: str) -> None:
    body = (
        '<p><strong>Loud</strong> <span lang="ko">말</span> <a href="https://a.example">a</a></p>'
    )
    make_article(body=body)
    said = make_article(headline="Said", body=f"<p>It is {query} indeed.</p>")
    assert list(search.find(query).pieces) == [said.pk]


def test_who_is_named_comes_before_who_is_mentioned() -> None:
    named = make_article(film=make_film("Broker"), headline="“Broker” Review")
    make_article(headline="Later", body="<p>Unlike Broker, this is short.</p>")
    assert _headlines("broker") == [named.headline, "Later"]


@pytest.mark.parametrize("query", ["aloners", "혼자", "혼자사는", "seung-yeon", "sungeun"])
def test_the_review_of_a_film_comes_before_a_list_that_has_it(query: str) -> None:
    review = _aloners()
    listed = make_article(kind="feature", film=None, headline="Ten films of the year")
    listed.covered_films.create(film=review.film)
    assert _headlines(query) == [review.headline, listed.headline]


def test_what_readers_may_not_see_is_not_found(client: Client) -> None:
    make_draft(headline="Secret plans")
    page = client.get("/search/", {"q": "secret"}).content.decode()
    assert "Secret plans" not in page
    assert "Nothing here has all of these words." in page


def test_the_page_shows_the_words_around_what_was_found(client: Client) -> None:
    _aloners()
    page = client.get("/search/", {"q": "corridor"}).content.decode()
    assert "a <mark>corridor</mark> &amp; Jina’s flat." in page
    assert 'value="corridor"' in page
    assert 'content="noindex"' in page


def test_films_and_people_of_that_name_are_one_press_away(client: Client) -> None:
    article = _aloners()
    page = client.get("/search/", {"q": "혼자"}).content.decode()
    assert f'href="{article.film.get_absolute_url()}"><cite>Aloners</cite> (2021)' in page


def test_each_is_called_in_its_own_language(client: Client) -> None:
    film = make_film("올드보이", original=("올드보이", "ko"))
    director = make_person("Park Chan-wook", native_name="박찬욱", native_language="ko")
    film.credits.create(person=director, role="director")
    make_article(film=film)
    page = client.get("/search/", {"q": "올드보이"}).content.decode()
    assert '<cite lang="ko">올드보이</cite> (2021)</a>' in page
    page = client.get("/search/", {"q": "박찬욱"}).content.decode()
    assert 'Park Chan-wook <bdi lang="ko">박찬욱</bdi></a>' in page
    page = client.get("/search/", {"q": "Park Chan-wok"}).content.decode()
    assert '<bdi>Park Chan-wook</bdi> <bdi lang="ko">박찬욱</bdi></a>' in page


def test_tags_reviewers_sections_and_festivals_are_one_press_away_too(client: Client) -> None:
    film, edition = make_film("Aloners"), make_edition("London Korean Film Festival", 2021)
    tag = Tag.objects.create(name="Korean cinema", slug="korean-cinema")
    screening = make_screening(film, edition=edition)
    wren = make_reviewer("Wren Castellane")
    make_article(film=film, screening=screening, tags=[tag], by=wren, section=make_section("Music"))
    Tag.objects.create(name="Korean secrets", slug="secrets")  # with no piece that readers may see
    for query, pages in {
        "korean": ["/tags/korean-cinema/", "/festivals/london-korean-film-festival/2021/"],
        "London Korean Film Festival": ["/festivals/london-korean-film-festival/2021/"],
        "festival 2021": ["/festivals/london-korean-film-festival/2021/"],
        "MUSIC": ["/sections/music/"],
        "castellane": [wren.get_absolute_url()],
    }.items():
        assert [page.address for page in search.find(query).lists] == pages, query
    page = client.get("/search/", {"q": "korean cinema"}).content.decode()
    assert '<li><a href="/tags/korean-cinema/">Korean cinema</a></li>' in page
    assert "Did you mean" not in page


def test_a_country_leads_to_the_reviews_of_its_films(client: Client) -> None:
    film = make_film("Aloners")
    film.countries.add("KR")
    make_film("Not reviewed").countries.add("TH")
    make_article(film=film)
    page = client.get("/search/", {"q": "south korea"}).content.decode()
    assert '<li><a href="/reviews/?country=KR">South Korea</a></li>' in page
    assert "Nothing here has all of these words" not in page
    assert '<h2 class="rubric" id="found-title">Pages of that name</h2>' in page
    assert [found.name for found in search.find("korea").lists] == ["South Korea"]
    assert [found.name for found in search.find("south kroea").instead] == ["South Korea"]
    assert not search.find("thailand").lists
    with translation.override("ko"):
        for query in ("대한민국", "korea"):
            assert [found.name for found in search.find(query).lists] == ["대한민국"]


@pytest.mark.parametrize("query", ["a", "!", "“”"])
def test_a_query_without_a_word_is_answered_with_what_to_do(client: Client, query: str) -> None:
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    assert "Type a word of at least two letters." in response.content.decode()


def test_one_character_of_an_east_asian_script_is_a_word() -> None:
    make_article(headline="一一", film=make_film("Yi Yi", original=("一一", "zh-Hant")))
    assert _headlines("一") == ["一一"]


@pytest.mark.parametrize(
    "query",
    ["(", "[a-", "a\\", "%", "_", "\x00ab", "x" * 5000, "a.*b" * 30, "'; DROP TABLE", "ｶﾞ" * 60],
)
def test_no_query_breaks_the_page(client: Client, query: str) -> None:
    _aloners()
    assert client.get("/search/", {"q": query, "page": "x"}).status_code == 200


def test_a_search_asks_the_database_as_often_for_many_words_as_for_one(
    client: Client, django_assert_max_num_queries: object
) -> None:
    _aloners()
    read_all()
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get("/search/", {"q": "aloners hong lunch corridor flat jina wren review"})


def test_a_search_asks_the_database_no_oftener_the_more_it_finds(client: Client) -> None:
    """Pieces, films, people, and a list of every kind; then five of each."""
    counts, pages = [], []
    for times in (1, 4):
        for _ in range(times):
            _named_for_everything("Korea")
        read_all()
        client.get("/search/", {"q": "korea"})  # writes its queries
        with CaptureQueriesContext(connection) as seen:
            pages.append(client.get("/search/", {"q": "korea"}).content.decode())
        counts.append(len(seen))
    for place in ("films", "people", "sections", "tags", "reviewers", "festivals", "reviews"):
        assert f'<li><a href="/{place}/' in pages[0]
    assert counts[1] <= counts[0] <= MOST_QUERIES


def _named_for_everything(name: str) -> None:
    n = Article.objects.count()
    film = make_film(f"{name} {n}", director=f"{name} Kim {n}", original=(f"한국 {n}", "ko"))
    film.countries.add("KR")
    make_article(
        film=film,
        section=make_section(f"{name}-{n}"),
        tags=[Tag.objects.create(name=f"{name} {n}", slug=f"tag-{n}")],
        by=make_reviewer(f"{name} Lee {n}"),
        screening=make_screening(film, edition=make_edition(f"{name} Week {n}")),
    )


def test_an_empty_search_page_offers_the_archive(client: Client) -> None:
    page = client.get("/search/").content.decode()
    assert 'href="/archive/"' in page
    assert "Nothing here" not in page


@pytest.mark.parametrize(
    "query",
    [
        '"',
        'a"b',
        "*",
        "names:",
        "NEAR(ab cd)",
        "AND",
        "OR NOT",
        "((",
        "-",
        "''",
        "%%",
        "__",
        "^^",
        "👍",
        "½",
        "\u200b\u200b",
        "\x00\x00",
        "a' OR 1=1 --",
        "台",
        "x" * 500,
    ],
)
def test_what_means_something_to_a_database_is_looked_for_as_it_is_typed(
    client: Client, query: str
) -> None:
    make_article(headline="Seoul", body="<p>Quiet.</p>")
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    assert not response.context.get("hits")
    assert response.context.get("problem") or response.context["found"].count() == 0
