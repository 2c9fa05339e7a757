"""Pictures on public pages: captions, credits and alternative text."""

import pytest
from django.test import Client

from reviews.models import Article, Image
from tests.factories import make_article, make_film, make_image, make_reviewer

pytestmark = pytest.mark.django_db


def _with_body_picture(image: Image, caption: str = "") -> Article:
    said = f"<figcaption>{caption}</figcaption>" if caption else ""
    return make_article(body=f'<p>Words.</p><figure data-image="{image.pk}">{said}</figure>')


def _page(client: Client, article: Article) -> str:
    return " ".join(client.get(article.get_absolute_url()).content.decode().split())


@pytest.mark.parametrize("caption", ["", "A corridor"])
@pytest.mark.parametrize("credit", ["", "Image © Finecut"])
def test_caption_and_credit_are_independent(client: Client, caption: str, credit: str) -> None:
    image = make_image(caption=caption)
    article = _with_body_picture(image)
    Image.objects.update(credit_line=credit)
    html = _page(client, article)
    assert (image.address() in html) == bool(credit)
    assert ('<span class="figure__credit">Image © Finecut</span>' in html) == bool(credit)
    assert ('<span class="figure__caption">A corridor</span>' in html) == bool(credit and caption)


def test_the_caption_said_in_the_article_stands_before_the_library_s(client: Client) -> None:
    article = _with_body_picture(make_image(caption="Library words"), "Jina on <em>Monday</em>")
    html = _page(client, article)
    assert '<span class="figure__caption">Jina on <em>Monday</em></span>' in html
    assert ">Library words<" not in html


def test_a_picture_that_lost_its_credit_line_is_on_no_page(client: Client) -> None:
    lead, poster, portrait = make_image(), make_image(), make_image()
    reviewer = make_reviewer("Ada")
    reviewer.portrait = portrait
    reviewer.save()
    article = make_article(film=make_film(poster=poster), lead_image=lead, by=reviewer)
    assert article.film is not None
    pages = ["/", "/reviews/", "/feed/", article.get_absolute_url()]
    pages += [article.film.get_absolute_url(), reviewer.get_absolute_url()]
    before = "".join(client.get(url).content.decode() for url in pages)
    Image.objects.update(credit_line="  ")
    after = "".join(client.get(url).content.decode() for url in pages)
    for image in (lead, poster, portrait):
        assert image.address() in before
        assert image.address() not in after


def test_every_picture_shown_in_a_list_carries_its_credit(client: Client) -> None:
    for n in range(3):
        make_article(lead_image=make_image(sha256=f"{n:064}", credit_line=f"Image © Source {n}"))
    for url in ("/", "/reviews/", "/sections/film/", "/feed/"):
        html = client.get(url).content.decode()
        assert [f"Image © Source {n}" in html for n in range(3)] == [True] * 3, url


def test_a_decorative_picture_has_an_empty_alternative_text(client: Client) -> None:
    html = _page(client, _with_body_picture(make_image(alt_text="", decorative=True)))
    assert 'alt=""' in html


def test_alternative_text_cannot_end_its_attribute(client: Client) -> None:
    html = _page(client, _with_body_picture(make_image(alt_text='"><b>x</b>')))
    assert 'alt="&quot;&gt;&lt;b&gt;x&lt;/b&gt;"' in html


def test_the_lead_comes_first_and_the_others_wait(client: Client) -> None:
    body = make_image(sha256="1" * 64)
    article = make_article(
        lead_image=make_image(), body=f'<p>Words.</p><figure data-image="{body.pk}"></figure>'
    )
    html = _page(client, article)
    assert html.count('fetchpriority="high"') == 1
    assert html.count('loading="lazy"') == 1
    assert html.count('width="64" height="36"') == 2
    assert html.count('decoding="async"') == 2
