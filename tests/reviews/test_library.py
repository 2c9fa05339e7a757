"""The verbs of the picture library: what looks alike, what a source fills, what deleting leaves."""

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from PIL import Image as Pillow
from PIL import ImageDraw

from reviews import library, picture_words
from reviews.models import CreditSource, Image
from reviews.models.images import originals
from reviews.rights import Rights
from tests.factories import make_draft, make_film, make_image
from tests.picture_files import file_of

pytestmark = pytest.mark.django_db


def view(seed: int) -> Pillow.Image:
    """Something with light and dark in it, different for every seed."""
    picture = Pillow.new("RGB", (900, 600), (30, 40, 60))
    draw = ImageDraw.Draw(picture)
    for n in range(9):
        left, top = (n * 211 + seed * 97) % 900, (n * 137 + seed * 173) % 600
        shade = (n * 53 + seed * 31) % 256
        draw.ellipse((left - 120, top - 90, left + 120, top + 90), fill=(shade, 255 - shade, shade))
    return picture


def add(picture: Pillow.Image, name: str = "still.jpg", fmt: str = "JPEG", **how: Any) -> Image:
    return library.add(ContentFile(file_of(picture, fmt, **how), name=name))


def test_other_sizes_exports_and_slight_crops_of_a_picture_look_like_it() -> None:
    picture = view(1)
    first = add(picture)
    copies = [
        add(picture.resize((300, 200))),
        add(picture, quality=30),
        add(picture, "still.png", "PNG"),
        add(picture.crop((9, 6, 891, 594))),
    ]
    others = [add(view(seed)) for seed in range(2, 9)]
    assert {image.pk for image in library.similar(first)} == {image.pk for image in copies}
    assert library.similar(others[0]) == []


@pytest.mark.parametrize(
    ("size", "said", "focal"),
    [
        ((600, 900), {}, (50, 30)),
        ((900, 600), {}, (50, 50)),
        ((600, 900), {"focal_x": 20}, (20, 50)),
    ],
)
def test_of_an_upright_picture_the_upper_part_stays_in_view_until_somebody_says_otherwise(
    size: tuple[int, int], said: dict[str, int], focal: tuple[int, int]
) -> None:
    file = ContentFile(file_of(view(1).resize(size), "JPEG"), name="portrait.jpg")
    image = library.add(file, said)
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == focal


def test_a_source_fills_what_is_empty_and_nothing_else() -> None:
    source = CreditSource(name="LKFF", credit_line="Courtesy of LKFF", creator="Its photographer")
    image = Image(credit_line="Image © Someone")
    picture_words.fill_from(image, source)
    assert (image.credit_line, image.creator) == ("Image © Someone", "Its photographer")


def test_a_deleted_picture_leaves_no_file_behind(django_capture_on_commit_callbacks: Any) -> None:
    image = make_image(developed=True, width=700, height=400)
    original, names = image.file.name, list(library.files_of(image))
    with django_capture_on_commit_callbacks(execute=True):
        library.delete(image)
    assert not Image.objects.exists()
    assert not originals().exists(original)
    assert len(names) > 5
    assert not any(default_storage.exists(name) for name in names)


def test_files_are_there_until_the_deletion_is_certain() -> None:
    image = make_image()
    original, names = image.file.name, list(library.files_of(image))
    library.delete(image)  # inside this test's transaction, which never ends well
    assert originals().exists(original)
    assert all(default_storage.exists(name) for name in names)


def test_a_used_picture_is_not_deleted() -> None:
    lead, poster = make_image(), make_image()
    make_draft(lead_image=lead)
    make_film(poster=poster)
    for image in (lead, poster):
        with pytest.raises(ProtectedError):
            library.delete(image)
        assert originals().exists(image.file.name)


def test_a_picture_that_cannot_be_made_small_leaves_no_file_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = Image()
    file = ContentFile(file_of(view(4), "JPEG"), name="still.jpg")
    facts = library.accept(file)
    monkeypatch.setattr(library.renditions, "first", _breaks)
    with pytest.raises(OSError, match="broken"):
        library.take_in(image, file, facts)
    assert not originals().exists(image.file.name)


def _breaks(*_: Any) -> None:
    raise OSError("broken")


def test_two_pictures_with_the_same_pixels_and_other_bytes_are_two() -> None:
    picture = view(3)
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    one, other = add(picture, "one.png", "PNG"), library.add(ContentFile(out.getvalue(), "2.png"))
    assert one.pk != other.pk
    assert library.similar(one) == [other]


def test_what_a_file_calls_an_address_is_one_of_the_web_or_none() -> None:
    """It comes into the row without a form, and leads there from the page."""
    for odd in ("javascript:alert(1)", "data:text/html,x", "//evil.example", "see our shop"):
        assert picture_words.said_by(Rights(web_statement=odd, licensor_url=odd)) == {}
    kept = {"web_statement": "https://e.org/terms", "licensor_url": "http://e.org"}
    assert picture_words.said_by(Rights(**kept)) == kept
