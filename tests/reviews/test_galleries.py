"""Several pictures of a body as one group."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from reviews import body, library, prose
from reviews.models import Article, Image
from tests.factories import make_article, make_image

ONE = '<figure data-image="1"><figcaption>a &amp; b</figcaption></figure>'
TWO = '<figure data-image="2"><figcaption></figcaption></figure>'


def opened(inside: str) -> str:
    return f'<div data-gallery="">{inside}</div>'


CLEANED = [
    (opened(ONE + TWO), opened(ONE + TWO)),
    (
        f'<p>x&nbsp;y</p><div data-gallery="no">{ONE}\n{TWO}</div>',
        f"<p>x&nbsp;y</p>{opened(ONE + TWO)}",
    ),
    (opened(ONE), ONE),
    (opened(""), ""),
    (opened("<p>Words.</p>"), "<p>Words.</p>"),
    (opened(f"{ONE}<p>Words.</p>{TWO}"), f"{opened(ONE + TWO)}<p>Words.</p>"),
    (opened(f"{ONE}<p></p><hr>{TWO}"), opened(ONE + TWO)),
    (opened(ONE + opened(TWO)), opened(ONE + TWO)),
    (opened(f"<blockquote>{ONE}</blockquote>{TWO}"), opened(ONE + TWO)),
    (
        opened(f"{ONE}<figure><figcaption>no picture</figcaption></figure>{TWO}"),
        f"{opened(ONE + TWO)}<figure><figcaption>no picture</figcaption></figure>",
    ),
    (
        f"<figure data-image='3'><figcaption>{opened(ONE + TWO)}</figcaption></figure>",
        f'<figure data-image="3"><figcaption>{ONE}{TWO}</figcaption></figure>',
    ),
    (f"<div>{ONE}{TWO}</div>", ONE + TWO),
    ('<div class="x" style="color:red">Words</div>', "Words"),
    (f'<div data-gallery="" onclick="x()">{ONE}{TWO}</div>', opened(ONE + TWO)),
    (opened(ONE + TWO) * 2, opened(ONE + TWO) * 2),
]


@pytest.mark.parametrize(("html", "cleaned"), CLEANED)
def test_a_gallery_holds_two_pictures_or_more_and_nothing_else(html: str, cleaned: str) -> None:
    assert prose.clean(html) == cleaned
    assert prose.clean(cleaned) == cleaned


PIECES = [
    *(ONE, TWO, f'<div data-gallery="">{ONE}{TWO}'),  # by chance it would take long to come to them
    *("<div>", '<div data-gallery="">', "</div>", "<p>", "</p>", "<em>", "</em>", "<ul><li>"),
    *("</li></ul>", "<figure>", '<figure data-image="7">', "</figure>", "<figcaption>"),
    *(
        "</figcaption>",
        "words",
        "&amp;",
        "&lt;",
        "<a href='https://e.org'>",
        "</a>",
        "<h2>",
        "<br>",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_cleaning_twice_changes_nothing_more(html: str) -> None:
    once = prose.clean(html)
    assert prose.clean(once) == once
    assert once.count("<div") == once.count('<div data-gallery="">')
    for inside in re.findall(r'<div data-gallery="">(.*?)</div>', once, re.DOTALL):
        assert inside.count("<figure data-image=") >= 2


def test_its_pictures_are_given_together_and_known_by_their_ids() -> None:
    images = {pk: Image(pk=pk, alt_text=f"Still {pk}") for pk in (1, 2)}
    stored = f"<p>A.</p>{opened(ONE + TWO + TWO.replace('2', '9'))}<p>B.</p>"

    def figure(image: Image, caption: str) -> str:
        return f"[{image}|{caption}]"

    def gallery(pictures: object) -> str:
        return f"({'+'.join(figure(*pair) for pair in pictures)})"  # type: ignore[attr-defined]

    assert body.image_ids(stored) == [1, 2, 9]
    together = body.render(stored, images, figure, gallery)
    assert together == "<p>A.</p>([Still 1|a &amp; b]+[Still 2|])<p>B.</p>"
    assert body.render(stored, images, figure) == together.translate({40: "", 41: "", 43: ""})
    assert body.plain_text(stored) == "A. B."


def stills(count: int) -> list[Image]:
    return [
        make_image(alt_text=f"Still {n}", credit_line=f"Image © Source {n}", sha256=f"{n:064}")
        for n in range(1, count + 1)
    ]


def article_with(images: list[Image]) -> Article:
    figures = (f'<figure data-image="{image.pk}"></figure>' for image in images)
    return make_article(body=f"<p>A.</p>{opened(''.join(figures))}")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [2, 3, 4])
def test_it_is_a_named_group_whose_pictures_keep_their_own_words(
    client: Client, count: int
) -> None:
    html = client.get(article_with(stills(count)).get_absolute_url()).content.decode()
    # No div: the reading mode of browsers leaves out those that hold pictures and few words.
    named = f'<section class="gallery" role="group" aria-label="Gallery of {count} pictures">'
    assert named in html
    for n in range(1, count + 1):
        assert html.count(f'alt="Still {n}"') == 1
        assert html.count(f'<bdi class="figure__credit">Image © Source {n}</bdi>') == 1


@pytest.mark.django_db
def test_the_count_is_of_the_pictures_that_are_seen(client: Client) -> None:
    images = stills(4)
    article = article_with(images)
    library.withdraw(images[0], "Gone.")
    Image.objects.filter(pk=images[1].pk).update(credit_line="")
    html = client.get(article.get_absolute_url()).content.decode()
    assert "Gallery of 2 pictures" in html
    assert "<p>Gone.</p>" in html
    assert "Still 2" not in html


@pytest.mark.django_db
def test_a_gallery_of_which_one_picture_is_left_is_that_picture(client: Client) -> None:
    images = stills(2)
    article = article_with(images)
    library.withdraw(images[0], "Gone.")
    html = client.get(article.get_absolute_url()).content.decode()
    assert 'class="gallery"' not in html
    assert "<p>Gone.</p>" in html
    assert 'alt="Still 2"' in html


@pytest.mark.django_db
def test_its_pictures_are_placed_and_so_cannot_be_deleted() -> None:
    images = stills(3)
    article = article_with(images)
    assert {placement.image for placement in article.placements.all()} == set(images)
