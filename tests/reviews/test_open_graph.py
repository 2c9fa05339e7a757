"""What somebody shares is shown with its own name, its sentence and its picture."""

from datetime import UTC, datetime

import html5lib
import pytest
from django.test import Client
from django.utils import timezone

from reviews.models import Article, Byline, Film, Image, Reviewer
from tests.factories import make_article, make_film, make_image, make_reviewer

pytestmark = pytest.mark.django_db


def _said(client: Client, shared: Article | Film | Reviewer) -> dict[str, str]:
    """What the head says, by property."""
    page = html5lib.parse(
        client.get(shared.get_absolute_url()).content, namespaceHTMLElements=False
    )
    metas = [dict(meta.attrib) for meta in page.iter("meta")]
    return {meta.get("property") or meta.get("name", ""): meta.get("content", "") for meta in metas}


def test_its_words_are_said_as_they_were_written(client: Client) -> None:
    hostile = 'A & "B" <i>'
    article = make_article(headline=hostile, standfirst=hostile, slug="shared")
    said = _said(client, article)
    assert (said["og:type"], said["og:title"], said["og:description"]) == (
        "article",
        hostile,
        hostile,
    )
    assert said["og:url"] == "http://testserver/reviews/shared/"
    assert said["article:section"] == article.section.name


def test_who_wrote_it_is_said_to_reading_modes(client: Client) -> None:
    """As a name alone: of a Review they do not read what schema.org has, and took the whole line
    of names, date and minutes for its writer's name."""
    article = make_article(by=make_reviewer('Ada "A" & Co'))
    Byline.objects.create(article=article, reviewer=make_reviewer("Ben"), position=1)
    seen = make_reviewer("Cleo")
    Byline.objects.create(article=article, reviewer=seen, position=2, role=Byline.Role.PHOTOGRAPHS)
    assert _said(client, article)["author"] == 'Ada "A" & Co and Ben'


def test_its_moments_are_said_where_there_are_any(client: Client) -> None:
    first = datetime(2026, 7, 1, 11, 30, tzinfo=UTC)
    article = make_article()
    Article.objects.filter(pk=article.pk).update(first_published_at=first)
    said = _said(client, article)
    assert said["article:published_time"] == "2026-07-01T12:30:00+01:00"
    assert "article:modified_time" not in said
    Article.objects.filter(pk=article.pk).update(updated_at=first)
    assert _said(client, article)["article:modified_time"] == "2026-07-01T12:30:00+01:00"


def test_its_picture_is_said_with_its_words_and_large(client: Client) -> None:
    article = make_article(lead_image=make_image(alt_text="Two & one"))
    said = _said(client, article)
    assert said["og:image"].startswith("http://testserver/media/")
    assert said["og:image:type"] == "image/jpeg"
    assert said["og:image:width"].isdigit()
    assert said["og:image:height"].isdigit()
    assert said["og:image:alt"] == "Two & one"
    assert said["twitter:card"] == "summary_large_image"
    assert said["robots"] == "max-image-preview:large"


def test_a_piece_without_a_lead_picture_is_shared_by_the_first_in_its_text(
    client: Client,
) -> None:
    """The first that readers may see, and see without unfolding a spoiler."""
    named = {alt: make_image(alt_text=alt) for alt in ("second", "first", "hidden", "withdrawn")}
    figure = {alt: f'<figure data-image="{image.pk}"></figure>' for alt, image in named.items()}
    spoiler = f"<details>{figure['hidden']}</details>"
    text = f"{spoiler}{figure['withdrawn']}{figure['first']}{figure['second']}"
    article = make_article(body=f"<p>Words.</p>{text}")
    Image.objects.filter(pk=named["withdrawn"].pk).update(
        rights_status=Image.Rights.WITHDRAWN, withdrawn_at=timezone.now()
    )
    said = _said(client, article)
    assert said["og:image:alt"] == "first"
    assert said["twitter:card"] == "summary_large_image"


def test_a_review_without_a_still_is_shared_by_the_poster_of_its_film(client: Client) -> None:
    """Which is upright: a card that is as wide as the page would cut it off."""
    film = make_film(poster=make_image(alt_text="The poster"))
    said = _said(client, make_article(film=film))
    assert said["og:image:alt"] == "The poster"
    assert "twitter:card" not in said


def test_a_picture_that_readers_may_not_see_is_not_shared(client: Client) -> None:
    image = make_image()
    article = make_article(lead_image=image)
    Image.objects.filter(pk=image.pk).update(
        rights_status=Image.Rights.WITHDRAWN, withdrawn_at=timezone.now()
    )
    said = _said(client, article)
    assert not [name for name in said if name.startswith(("og:image", "twitter", "robots"))]


def test_a_page_about_a_film_or_a_writer_is_shared_as_what_it_is(client: Client) -> None:
    film, wren = make_film("Aloners"), make_reviewer("Wren")
    poster, portrait = make_image(), make_image()
    Film.objects.filter(pk=film.pk).update(poster=poster, synopsis="She lives alone.")
    Reviewer.objects.filter(pk=wren.pk).update(portrait=portrait, bio="Takes the aisle.")
    make_article(kind="review", film=film, by=wren)
    for shared, image, sentence in (
        (film, poster, "She lives alone."),
        (wren, portrait, "Takes the aisle."),
    ):
        said = _said(client, shared)
        assert said["description"] == sentence
        assert not {"og:title", "og:description"} & said.keys()  # so the page’s own are taken
        assert said["og:image"].startswith("http://testserver/media/")
        Image.objects.filter(pk=image.pk).update(
            rights_status=Image.Rights.WITHDRAWN, withdrawn_at=timezone.now()
        )
        assert "og:image" not in _said(client, shared)
