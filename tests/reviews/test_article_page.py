"""The page that defines the job: everything on it is data, and everything is there."""

from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from publication.models import Masthead
from reviews.models import Article, Byline, FilmTitle, Image
from tests.factories import (
    make_article,
    make_draft,
    make_edition,
    make_film,
    make_image,
    make_person,
    make_reviewer,
    make_screening,
    make_user,
)

pytestmark = pytest.mark.django_db


def _page(client: Client, article: Article) -> str:
    """The page with runs of white space made one, as a browser shows them."""
    return " ".join(client.get(article.get_absolute_url()).content.decode().split())


@pytest.mark.parametrize(
    ("rating", "said", "width"),
    [(1, "0.5", 12), (6, "3", 72), (7, "3.5", 84), (10, "5", 120)],
)
def test_the_rating_is_said_in_words_and_drawn_to_the_half_star(
    client: Client, rating: int, said: str, width: int
) -> None:
    html = _page(client, make_article(rating=rating))
    assert f"Rating: {said} out of 5." in html
    assert f'<svg width="{width}" height="24">' in html
    assert 'class="stars" viewBox="0 0 120 24" width="120" height="24" aria-hidden="true"' in html


def test_the_rating_leads_to_what_the_stars_mean_once_that_is_said(client: Client) -> None:
    link = '<a href="/about/#stars">What the stars mean</a>'
    review = make_article(rating=6)
    assert link not in _page(client, review)
    Masthead.objects.create(pk=1, name="The Lantern", rating_scale="Three: worth the ticket.")
    assert link in _page(client, review)
    assert '<h2 id="stars">' in client.get("/about/").content.decode()


def test_a_review_without_stars_says_so(client: Client) -> None:
    html = _page(client, make_article(rating=None, unrated=True))
    assert "Not rated." in html
    assert "Rating:" not in html


def test_bylines_are_named_by_role_and_lead_to_their_pages(client: Client) -> None:
    article = make_article(by=make_reviewer("Alistair Ryder"))
    photographer = make_reviewer("Minseo Park")
    Byline.objects.create(article=article, reviewer=photographer, role="photographs", position=1)
    html = _page(client, article)
    writer = article.writers()[0]
    assert f'Written by <a href="{writer.get_absolute_url()}">Alistair Ryder</a>' in html
    assert f'Photographs by <a href="{photographer.get_absolute_url()}">Minseo Park</a>' in html


def test_three_writers_are_joined_as_a_sentence_would(client: Client) -> None:
    article = make_article(by=make_reviewer("Ada"))
    for n, name in enumerate(("Ben", "Cho"), start=1):
        Byline.objects.create(article=article, reviewer=make_reviewer(name), position=n)
    assert "Ada</a>, <a" in _page(client, article)
    assert "Ben</a> and <a" in _page(client, article)


def test_dates_are_for_people_and_machines(client: Client) -> None:
    article = make_article()
    published = datetime(2021, 11, 9, 10, 0, tzinfo=UTC)
    updated = datetime(2021, 11, 12, 10, 0, tzinfo=UTC)
    Article.objects.update(first_published_at=published, updated_at=updated)
    html = _page(client, article)
    assert '<time datetime="2021-11-09T10:00:00+00:00">9 November 2021</time>' in html
    assert 'Updated <time datetime="2021-11-12T10:00:00+00:00">12 November 2021</time>' in html


def test_the_byline_leads_to_the_replies_where_there_are_any(client: Client) -> None:
    link = '<a href="#replies">Replies</a>'
    article = make_article()
    assert link in client.get(article.get_absolute_url()).content.decode()
    client.force_login(make_user("Editor"))
    draft = client.get(f"/preview/{make_draft().pk}/").content.decode()
    assert link not in draft
    assert 'id="replies"' not in draft


def test_the_screening_note_names_festival_strand_and_premiere(client: Client) -> None:
    film = make_film("Aloners")
    edition = make_edition("London Korean Film Festival", 2021)
    screening = make_screening(film, edition=edition, strand="Women’s Voices", premiere_status="uk")
    html = _page(client, make_article(film=film, screening=screening, seen="festival"))
    assert (
        "<cite>Aloners</cite> screened at the "
        '<a href="/festivals/london-korean-film-festival/2021/">London Korean Film Festival 2021'
        "</a>, in the strand “Women’s Voices”, as its UK premiere." in html
    )
    assert "Seen at a festival." in html


def test_the_film_box_says_who_where_and_when(client: Client) -> None:
    poster = make_image(credit_line="Poster © Indiestory")
    film = make_film(
        "Aloners",
        original=("혼자 사는 사람들", "ko"),
        runtime_minutes=90,
        certificate="12A",
        poster=poster,
    )
    film.countries.set(["KR"])
    director = make_person("Hong Sung-eun", native_name="홍성은", native_language="ko")
    film.credits.create(person=director, role="director")
    film.credits.create(person=make_person("Gong Seung-yeon"), role="cast", character="Jina")
    html = _page(client, make_article(film=film))
    for said in ("Poster © Indiestory", "Seung-yeon", "South Korea", "90 minutes", "12A"):
        assert said in html
    assert '<bdi lang="ko">혼자 사는 사람들</bdi>' in html
    assert 'Sung-eun</span></a> <span class="native" lang="ko">홍성은</span>' in html


def test_a_title_that_is_not_english_says_its_language(client: Client) -> None:
    film = make_film("La Haine", original=("La Haine", "fr"))
    assert '<cite lang="fr">La Haine</cite>' in _page(client, make_article(film=film))
    FilmTitle.objects.create(film=film, text="La Haine", language="en", kind="uk_release")
    assert "<cite>La Haine</cite>" in _page(client, make_article(film=film))


def test_an_article_in_another_language_says_so_where_its_words_are(client: Client) -> None:
    html = _page(client, make_article(language="ko", headline="혼자 사는 사람들"))
    assert '<h1 class="article__headline" lang="ko">' in html
    assert '<div class="prose" lang="ko">' in html
    assert '<html lang="en-GB">' in html


def test_notes_stand_before_the_text(client: Client) -> None:
    html = _page(
        client,
        make_article(content_note="Contains grief.", contains_spoilers=True, body="<p>Start.</p>"),
    )
    assert html.index("Contains grief.") < html.index("<p>Start.</p>")
    assert html.index("gives away the plot") < html.index("<p>Start.</p>")


def test_the_masthead_speaks_under_every_article(client: Client) -> None:
    Masthead.objects.create(pk=1, name="The Lantern", about="We cover films.\n\nAnd music.")
    html = _page(client, make_article())
    assert '<a href="/about/">About The Lantern</a>' in html
    assert "<p>We cover films.</p> <p>And music.</p>" in html


def test_who_wrote_it_is_introduced_under_it_by_how_their_biography_begins(client: Client) -> None:
    wren = make_reviewer("Wren Castellane")
    wren.bio = "Takes the aisle.\r\nAlways.\r\n \r\nLearnt Korean late."
    wren.save()
    article = make_article(by=wren)
    Byline.objects.create(article=article, reviewer=make_reviewer("Odile Farthing"), position=2)
    Byline.objects.create(article=article, reviewer=wren, role="photographs", position=3)
    html = _page(client, article)
    heading = f'<h2 class="standing__title"><a href="{wren.get_absolute_url()}">'
    assert html.count(f"{heading}About Wren Castellane</a></h2>") == 1
    assert "<p>Takes the aisle.<br>Always.</p>" in html
    assert "Learnt Korean" not in html
    assert "About Odile" not in html  # of whom nothing is known


def test_a_piece_can_be_given_on_by_mail_where_nothing_better_is_at_hand(client: Client) -> None:
    page = _page(client, make_article(headline="“Alone & well” Review", slug="alone"))
    assert (
        'href="mailto:?subject=%E2%80%9CAlone%20%26%20well%E2%80%9D%20Review&amp;'
        'body=http%3A%2F%2Ftestserver%2Freviews%2Falone%2F"' in page
    )


def test_who_has_read_a_piece_can_ask_for_the_next_ones(client: Client) -> None:
    footer = _page(client, make_article()).partition('<footer class="article__footer">')[2]
    assert '<a href="/by-mail/">New pieces by mail</a>' in footer.partition("</footer>")[0]


def test_no_empty_place_stands_under_a_draft_without_tags_or_masthead(client: Client) -> None:
    client.force_login(make_user("Editor"))
    draft = client.get(f"/preview/{make_draft().pk}/").content.decode()
    assert "article__footer" not in draft


def test_the_reply_form_stands_under_the_article(client: Client) -> None:
    assert "Leave a Reply" in _page(client, make_article())


def test_words_that_look_like_markup_stay_words(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    film = make_film(f"Film {evil}", original=(evil, "ko"))
    html = _page(
        client,
        make_article(
            headline=evil,
            standfirst=evil,
            verdict=evil,
            film=film,
            lead_image=make_image(caption=evil),
        ),
    )
    assert "<script>alert" not in html


def test_sharing_shows_the_lead_picture_and_what_it_shows(client: Client) -> None:
    lead = make_image(alt_text="A woman at a window")
    html = _page(client, make_article(lead_image=lead))
    assert f'<meta property="og:image" content="http://testserver{lead.address()}">' in html
    assert '<meta property="og:image:alt" content="A woman at a window">' in html
    assert '<meta property="og:type" content="article">' in html


def test_what_is_shared_is_the_wide_crop_in_its_true_size(client: Client) -> None:
    lead = make_image(width=2000, height=2000, developed=True)
    html = _page(client, make_article(lead_image=lead))
    width, height, name = lead.sizes("16x9")[-1]
    assert (width, height) == (1440, 810)
    assert (
        f'<meta property="og:image" content="http://testserver{default_storage.url(name)}">' in html
    )
    assert '<meta property="og:image:width" content="1440">' in html
    assert '<meta property="og:image:height" content="810">' in html
    assert '<meta property="og:image:type" content="image/jpeg">' in html
    Image.objects.update(credit_line="")
    assert "og:image" not in _page(client, Article.objects.get())
