"""Pictures readers may not see: withdrawn, uncredited, before their embargo, after their end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from reviews import library
from reviews.models import Article, Image
from reviews.models.images import WITHDRAWN_NOTICE
from tests.factories import make_article, make_draft, make_film, make_image, make_reviewer

pytestmark = pytest.mark.django_db

NOTICE = "Taken down at the wish of the photographer."
TOMORROW = timedelta(days=1)


def withdraw(image: Image) -> None:
    library.withdraw(image, NOTICE)


def embargo(image: Image) -> None:
    Image.objects.filter(pk=image.pk).update(embargo_until=timezone.now() + TOMORROW)


def expire(image: Image) -> None:
    Image.objects.filter(pk=image.pk).update(expires_at=timezone.now() - TOMORROW)


def uncredit(image: Image) -> None:
    Image.objects.filter(pk=image.pk).update(credit_line=" ")


HIDING = [withdraw, embargo, expire, uncredit]
Hide = Callable[[Image], None]


@pytest.fixture
def image() -> Image:
    return make_image(credit_line="Image © Vanishing")


def everywhere(image: Image) -> tuple[Article, list[str]]:
    """An article that shows it wherever a picture can stand, and the pages that show it."""
    film, reviewer = make_film(poster=image), make_reviewer("Ada")
    reviewer.portrait = image
    reviewer.save()
    figure = f'<figure data-image="{image.pk}"></figure>'
    other = f'<figure data-image="{make_image(sha256="1" * 64).pk}"></figure>'
    body = f'<p>Words.</p>{figure}<div data-gallery="">{figure}{other}</div>'
    article = make_article(film=film, by=reviewer, lead_image=image, body=body)
    pages = [article, film, reviewer, article.section]
    return article, [*(thing.get_absolute_url() for thing in pages), "/", "/reviews/", "/feed/"]


@pytest.mark.parametrize("hide", HIDING)
def test_it_is_on_no_page_card_or_feed_at_the_next_request(
    client: Client, image: Image, hide: Hide
) -> None:
    _, pages = everywhere(image)
    names = list(library.files_of(image))
    for url in pages:
        assert names[0] in client.get(url).content.decode(), url
    hide(image)
    for url in [*pages, "/sitemap.xml"]:
        html = client.get(url).content.decode()
        assert names[0] not in html, url
        assert "Vanishing" not in html, url


def test_a_withdrawn_one_leaves_its_notice_in_the_article_alone(
    client: Client, image: Image
) -> None:
    article, pages = everywhere(image)
    withdraw(image)
    html = client.get(article.get_absolute_url()).content.decode()
    assert html.count(f'<figure class="figure figure--withdrawn"><p>{NOTICE}</p></figure>') == 3
    for url in set(pages) - {article.get_absolute_url(), "/feed/"}:
        assert NOTICE not in client.get(url).content.decode(), url
    assert NOTICE in client.get("/feed/").content.decode()


def test_a_withdrawn_picture_without_words_of_its_own_says_the_usual(
    client: Client, image: Image
) -> None:
    article = make_article(lead_image=image)
    library.withdraw(image)
    assert str(WITHDRAWN_NOTICE) in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("hide", [embargo, expire, uncredit])
def test_the_others_leave_nothing_behind(client: Client, image: Image, hide: Hide) -> None:
    article = make_article(
        lead_image=image, body=f'<p>A.</p><figure data-image="{image.pk}"></figure><p>B.</p>'
    )
    hide(image)
    assert str(WITHDRAWN_NOTICE) not in client.get("/feed/").content.decode()
    html = client.get(article.get_absolute_url()).content.decode()
    assert "<figure" not in html
    assert "<p>A.</p><p>B.</p>" in html


@pytest.mark.parametrize("hide", HIDING)
def test_a_card_without_its_picture_is_set_in_words(
    client: Client, image: Image, hide: Hide
) -> None:
    article = make_article(lead_image=image)
    assert "card--words" not in client.get("/reviews/").content.decode()
    hide(image)
    html = client.get("/reviews/").content.decode()
    assert "card--words" in html
    assert article.headline in html


def test_it_is_seen_from_the_minute_its_embargo_ends(client: Client, image: Image) -> None:
    article = make_article(lead_image=image)
    embargo(image)
    address = image.address()
    assert address not in client.get(article.get_absolute_url()).content.decode()
    Image.objects.update(embargo_until=timezone.now())
    assert address in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("hide", "why"),
    [
        (withdraw, "Withdrawn: readers see this sentence"),
        (embargo, "Under embargo until"),
        (expire, "readers do not see it any more"),
        (uncredit, "No credit line: readers do not see this picture."),
    ],
)
def test_the_desk_sees_it_in_a_preview_and_why_readers_do_not(
    editor_client: Client, image: Image, hide: Hide, why: str
) -> None:
    draft = make_draft(lead_image=image)
    address = image.address()
    hide(image)
    html = editor_client.get(f"/preview/{draft.pk}/").content.decode()
    assert why in html
    assert (address in html) == (hide is not withdraw)  # its files are gone
