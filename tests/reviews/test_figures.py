"""Pictures on public pages: captions, credits and alternative text."""

import re

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from reviews import figures
from reviews.models import Article, Image
from tests.factories import make_article, make_draft, make_image
from tests.reviews.pages import fill_the_publication

pytestmark = pytest.mark.django_db


def _with_body_picture(image: Image, caption: str = "") -> Article:
    said = f"<figcaption>{caption}</figcaption>" if caption else ""
    return make_article(body=f'<p>Words.</p><figure data-image="{image.pk}">{said}</figure>')


def _page(client: Client, article: Article) -> str:
    return " ".join(client.get(article.get_absolute_url()).content.decode().split())


@pytest.mark.parametrize("caption", ["", "A corridor"])
@pytest.mark.parametrize("credit", ["", "Image © Finecut"])
def test_caption_and_credit_are_independent(
    editor_client: Client, caption: str, credit: str
) -> None:
    """The desk's preview shows all four; readers see no picture without its credit."""
    image = make_image(caption=caption, credit_line=credit)
    draft = make_draft(body=f'<p>Words.</p><figure data-image="{image.pk}"></figure>')
    html = " ".join(editor_client.get(f"/preview/{draft.pk}/").content.decode().split())
    assert image.address() in html
    assert ('<bdi class="figure__credit">Image © Finecut</bdi>' in html) == bool(credit)
    assert ('<bdi class="figure__caption">A corridor</bdi>' in html) == bool(caption)
    assert ("No credit line" in html) == (not credit)
    assert bool(figures.figure(image, caption)) == bool(credit)


def test_the_caption_said_in_the_article_stands_before_the_library_s(client: Client) -> None:
    article = _with_body_picture(make_image(caption="Library words"), "Jina on <em>Monday</em>")
    html = _page(client, article)
    assert '<bdi class="figure__caption">Jina on <em>Monday</em></bdi>' in html
    assert ">Library words<" not in html


def test_every_picture_shown_in_a_list_carries_its_credit(client: Client) -> None:
    for n in range(3):
        make_article(lead_image=make_image(sha256=f"{n:064}", credit_line=f"Image © Source {n}"))
    for url in ("/", "/reviews/", "/sections/film/", "/feed/"):
        html = client.get(url).content.decode()
        assert [f"Image © Source {n}" in html for n in range(3)] == [True] * 3, url


@pytest.mark.parametrize(("width", "drawn_out"), [(200, False), (800, True)])
def test_a_small_lead_is_not_drawn_out_over_the_page(
    client: Client, width: int, drawn_out: bool
) -> None:
    lead = make_image(width=width, height=width * 9 // 16, developed=True)
    html = _page(client, make_article(lead_image=lead))
    assert ('class="figure figure--lead"' in html) == drawn_out
    assert ('class="figure figure--lead figure--narrow"' in html) != drawn_out


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


def _sources(html: str) -> dict[str, str]:
    """The sources of a figure's one picture, by their type."""
    found = re.findall(r'<source type="image/(\w+)" srcset="([^"]*)"', html)
    found += [("jpeg", srcset) for srcset in re.findall(r'<img src="[^"]*" srcset="([^"]*)"', html)]
    return dict(found)


def test_a_browser_chooses_among_avifs_of_every_width_and_jpegs_of_every_other() -> None:
    image = make_image(width=1000, height=500, developed=True)
    html = figures.figure(image, place="body")
    sources = _sources(html)
    assert set(sources) == {"avif", "jpeg"}
    widths = {"avif": [320, 640, 720, 960, 1000], "jpeg": [320, 720, 1000]}
    for kind, srcset in sources.items():
        names = {width: name for width, _, name in image.sizes("", kind)}
        expected = [f"{default_storage.url(names[width])} {width}w" for width in widths[kind]]
        assert srcset.split(", ") == expected
    assert html.count(f'sizes="{figures.PLACES["body"].sizes}"') == 2
    assert 'width="1000" height="500"' in html


@pytest.mark.parametrize(
    ("place", "crop", "shape"),
    [
        ("card", "16x9", 'width="888" height="500"'),
        ("card-first", "16x9", 'width="888" height="500"'),
        ("card-lead", "16x9", 'width="888" height="500"'),
        ("card-small", "4x3", 'width="640" height="480"'),
        ("card-small-wide", "16x9", 'width="888" height="500"'),
        ("portrait", "1x1", 'width="320" height="320"'),
        ("lead", "", 'width="1000" height="500"'),
        ("gallery", "", 'width="1000" height="500"'),
        ("poster", "", 'width="1000" height="500"'),
    ],
)
def test_each_place_has_the_crop_its_shape_wants(place: str, crop: str, shape: str) -> None:
    image = make_image(width=1000, height=500, developed=True, focal_x=90)
    html = figures.figure(image, place=place)
    assert image.sizes(crop, "avif")[0][2] in html
    assert shape in html
    assert "focal-" not in html  # the crop is made around it


def test_until_renditions_are_ready_there_is_the_one_picture() -> None:
    image = make_image(width=1000, height=500, focal_x=90, focal_y=10)
    for place in figures.PLACES:
        html = figures.figure(image, place=place)
        assert f'<img src="{image.address()}" alt=' in html
        assert "srcset" not in html
        cropped = bool(figures.PLACES[place].crop)
        assert ('class="focal-x-100 focal-y-0"' in html) == cropped


def test_only_what_leads_is_asked_for_at_once() -> None:
    image = make_image()
    for place in figures.PLACES:
        html = figures.figure(image, place=place)
        leads = place in ("lead", "card-lead", "card-first")
        assert ('fetchpriority="high"' in html) == leads
        assert ('loading="lazy"' in html) != leads
        assert 'decoding="async"' in html


@pytest.mark.parametrize("name", ["reviews", "section", "tag", "film", "month", "edition"])
def test_the_first_picture_of_a_list_does_not_wait_for_the_page_to_be_laid_out(
    client: Client, name: str
) -> None:
    html = client.get(fill_the_publication(2)[name]).content.decode()
    cards = re.findall(r'<figure class="figure figure--card[^>]*>.*?</figure>', html, re.DOTALL)
    assert len(cards) > 1
    assert ['fetchpriority="high"' in card for card in cards] == [True] + [False] * (len(cards) - 1)
