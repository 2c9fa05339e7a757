"""Pictures of an export come from its media library, each once, with alternative text, caption and
credit; where one is not there, that is said, and the text is kept."""

from pathlib import Path

import pytest
from django.test import Client

from reviews.models import Article, Image, Imported
from tests.factories import make_image
from tests.picture_files import RIGHTS
from tests.reviews.desk import change_url, errors, form_data
from tests.wordpress import PICTURE, UPLOADS, attachment, bring_in, post

pytestmark = pytest.mark.django_db

PHOTON = "https://i1.wp.com/reel.files.wordpress.com/2019/05"


def page_of(client: Client) -> str:
    return client.get(Article.objects.get().get_absolute_url()).content.decode()


def test_a_picture_of_a_block_comes_with_what_is_said_of_it(
    tmp_path: Path, media: Path, client: Client
) -> None:
    office = attachment(21, "2019/05/office.jpg", alt="A woman at a desk")
    bring_in(tmp_path, post(7, content=PICTURE), office, media=media)
    image = Image.objects.get()
    assert (image.credit_line, image.alt_text) == ("Photo: Indiestory", "A woman at a desk")
    page = page_of(client)
    assert "Jina at <em>work</em>." in page
    assert page.count("Photo: Indiestory</") == 1
    assert 'alt="A woman at a desk"' in page


def test_a_classic_caption_and_its_smaller_picture_are_found(
    tmp_path: Path, media: Path, client: Client
) -> None:
    text = (
        f'One.\n\n[caption id="attachment_21" width="300"]<a href="{UPLOADS}/office.jpg"><img '
        'class="size-medium wp-image-21" src="https://reel.example/wp-content/uploads/2019/05/'
        'office-300x200.jpg" alt="A desk" /></a> At <a href="https://a.example/">work</a> '
        "© Indiestory[/caption]\n\nTwo."
    )
    bring_in(tmp_path, post(7, content=text), attachment(21, "2019/05/office.jpg"), media=media)
    image = Image.objects.get()
    assert (image.credit_line, image.alt_text) == ("© Indiestory", "A desk")
    body = Article.objects.get().body
    assert body.index("One.") < body.index("<figure") < body.index("Two.")
    assert 'At <a href="https://a.example/">work</a></figcaption>' in body


@pytest.mark.parametrize(
    "text",
    [
        '[gallery ids="21,22"]',
        "[gallery]",
        "[slideshow]",
        '<!-- wp:jetpack/tiled-gallery {"ids":[21,22]} /-->',
        '<!-- wp:jetpack/slideshow {"ids":[21,22],"sizeSlug":"large"} /-->',
        f'<!-- wp:jetpack/tiled-gallery --><div class="wp-block-jetpack-tiled-gallery"><img src="'
        f'{PHOTON}/office.jpg?ssl=1"/><img src="{PHOTON}/phone.jpg"/></div>'
        "<!-- /wp:jetpack/tiled-gallery -->",
        '<!-- wp:gallery --><figure class="wp-block-gallery">'
        '<!-- wp:image --><figure class="wp-block-image"><img class="wp-image-21"/></figure>'
        '<!-- /wp:image --><!-- wp:image --><figure><img class="wp-image-22"/></figure>'
        "<!-- /wp:image --></figure><!-- /wp:gallery -->",
        '<!-- wp:gallery {"ids":[21,22]} --><ul class="wp-block-gallery"><li '
        'class="blocks-gallery-item"><figure><img data-id="21" src="x"/></figure></li><li '
        'class="blocks-gallery-item"><figure><img data-id="22" src="x"/></figure></li></ul>'
        "<!-- /wp:gallery -->",
        '<!-- wp:jetpack/tiled-gallery --><div class="wp-block-jetpack-tiled-gallery"><div><img '
        'data-id="21" src="x"/><img data-id="22" src="x"/></div></div>'
        "<!-- /wp:jetpack/tiled-gallery -->",
    ],
)
def test_galleries_stay_galleries(text: str, tmp_path: Path, media: Path) -> None:
    bring_in(
        tmp_path,
        post(7, content=f"Before.\n\n{text}"),
        attachment(21, "2019/05/office.jpg", parent=7),
        attachment(22, "2019/05/phone.jpg", parent=7),
        media=media,
    )
    keys = Image.objects.order_by("pk").values_list("pk", flat=True)
    figures = "".join(
        f'<figure data-image="{key}"><figcaption></figcaption></figure>' for key in keys
    )
    assert f'<div data-gallery="">{figures}</div>' in Article.objects.get().body


def test_a_picture_behind_a_cover_stands_before_its_words(tmp_path: Path, media: Path) -> None:
    cover = (
        '<!-- wp:cover {"url":"x","id":21} --><div class="wp-block-cover" style="background-image:'
        'url(x)"><div><!-- wp:paragraph --><p>Words.</p><!-- /wp:paragraph --></div></div>'
        "<!-- /wp:cover -->"
    )
    bring_in(tmp_path, post(7, content=cover), attachment(21, "2019/05/office.jpg"), media=media)
    body = Article.objects.get().body
    assert body.index(f'data-image="{Image.objects.get().pk}"') < body.index("<p>Words.</p>")


def test_what_stands_in_a_line_of_text_stands_beside_it(tmp_path: Path, media: Path) -> None:
    text = (
        '<p><img class="wp-image-21"> First.</p>\n<p>Second <img class="wp-image-22"> goes on.</p>'
    )
    bring_in(
        tmp_path,
        post(7, content=text),
        attachment(21, "2019/05/office.jpg"),
        attachment(22, "2019/05/phone.jpg"),
        media=media,
    )
    body = Article.objects.get().body
    first, second = (Imported.objects.get(number=n).image_id for n in (21, 22))
    assert body.index(f'data-image="{first}"') < body.index("<p>First.</p>")
    assert body.index("<p>Second  goes on.</p>") < body.index(f'data-image="{second}"')


def test_a_featured_picture_leads_and_is_not_shown_twice(
    tmp_path: Path, media: Path, client: Client
) -> None:
    under = "<figcaption>Jina. © Hers</figcaption>"
    text = f'<figure><img class="wp-image-23">{under}</figure><p>Words.</p>'
    credited = attachment(23, "2019/05/credited.jpg", caption="Jina. © Hers")
    bring_in(tmp_path, post(7, content=text, meta={"_thumbnail_id": 23}), credited, media=media)
    piece = Article.objects.get()
    assert piece.lead_image is not None
    assert piece.lead_image.credit_line == RIGHTS.credit_line
    assert piece.body == "<p>Words.</p>"
    assert piece.lead_image.caption == "Jina."
    assert "혼자 사는 사람들" in page_of(client)


def test_a_featured_picture_that_is_not_in_the_export_is_named(tmp_path: Path, media: Path) -> None:
    said = bring_in(tmp_path, post(7, meta={"_thumbnail_id": 99}), media=media)
    assert "“number 99” in “Film Review: Aloners (2021)”" in said


def test_a_picture_without_credit_is_named_and_readers_do_not_see_it(
    tmp_path: Path, media: Path, client: Client
) -> None:
    text = '<img class="wp-image-22"><p>Words.</p>'
    said = bring_in(
        tmp_path, post(7, content=text), attachment(22, "2019/05/phone.jpg"), media=media
    )
    assert "Pictures without a credit line" in said
    assert f"/admin/reviews/image/{Image.objects.get().pk}/change/" in said
    assert Article.objects.get().is_live()
    assert "<figure" not in page_of(client)
    Image.objects.update(credit_line="© Indiestory")
    assert "© Indiestory" in page_of(client)


def test_words_beside_a_picture_without_credit_can_be_corrected(
    tmp_path: Path, media: Path, editor_client: Client
) -> None:
    text = '<img class="wp-image-22"><p>Words.</p>'
    bring_in(tmp_path, post(7, content=text), attachment(22, "2019/05/phone.jpg"), media=media)
    piece = Article.objects.get()
    corrected = form_data(piece, body=piece.body.replace("Words", "Other words"))
    assert errors(editor_client.post(change_url(piece), corrected)) == {}
    piece.refresh_from_db()
    assert "Other words" in piece.body
    another = make_image(credit_line="")
    worse = form_data(piece, lead_image=another.pk)
    assert "no credit line" in str(errors(editor_client.post(change_url(piece), worse)))
