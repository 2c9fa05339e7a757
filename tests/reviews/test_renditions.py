"""The sizes, crops and formats a picture is served in."""

import hashlib
import io

import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from reviews import renditions
from reviews.renditions import Made
from tests.picture_files import ADOBE_RGB_AND_SRGB, FILES, RIGHTS, file_of, scene, wide_gamut

MIDDLE = (50, 50)
CORNERS = {"top left": (200, 40, 40), "top right": (40, 160, 60), "bottom left": (40, 60, 180)}


def made_of(data: bytes, focal: tuple[int, int] = MIDDLE) -> list[Made]:
    with Pillow.open(io.BytesIO(data)) as picture:
        return list(renditions.make(picture, RIGHTS, focal))


def opened(made: Made) -> Pillow.Image:
    picture = Pillow.open(io.BytesIO(made.data))
    picture.load()
    return picture


def largest_jpeg(made: list[Made]) -> Pillow.Image:
    return opened(next(m for m in made if m.format == "jpeg" and m.crop == renditions.WHOLE))


def corner_colours(picture: Pillow.Image) -> dict[str, tuple[int, ...]]:
    x, y = picture.width // 4, picture.height // 4
    spots = {"top left": (x, y), "top right": (3 * x, y), "bottom left": (x, 3 * y)}
    return {name: picture.convert("RGB").getpixel(spot) for name, spot in spots.items()}


def is_near(one: tuple[int, ...], other: tuple[int, ...], by: int = 24) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


GREY = ["jpeg-grey.jpg", "png-16-bit.png", "png-grey-and-alpha.png"]
COLOURED = sorted(name for name in FILES if "turned" not in name and name not in GREY)


@pytest.mark.parametrize("name", COLOURED)
def test_every_sort_of_file_comes_out_in_its_colours(name: str) -> None:
    shown = corner_colours(largest_jpeg(made_of(FILES[name]())))
    assert all(is_near(shown[where], colour) for where, colour in CORNERS.items()), shown


@pytest.mark.parametrize(
    ("turn", "top_left"),
    [
        (2, (40, 160, 60)),
        (3, (230, 200, 60)),
        (4, (40, 60, 180)),
        (5, (200, 40, 40)),
        (6, (40, 60, 180)),
        (7, (230, 200, 60)),
        (8, (40, 160, 60)),
    ],
)
def test_a_turned_picture_stands_upright(turn: int, top_left: tuple[int, ...]) -> None:
    picture = largest_jpeg(made_of(FILES[f"jpeg-turned-{turn}.jpg"]()))
    assert is_near(corner_colours(picture)["top left"], top_left)


@pytest.mark.parametrize("name", GREY)
def test_grey_and_16_bit_pictures_keep_their_tones(name: str) -> None:
    shown = corner_colours(largest_jpeg(made_of(FILES[name]())))
    grey = scene("L").getpixel((165, 110))
    assert is_near(shown["top left"], (grey, grey, grey))


def test_a_transparent_picture_stands_on_paper() -> None:
    clear = Pillow.new("RGBA", (400, 300), (255, 0, 0, 0))
    picture = largest_jpeg(made_of(file_of(clear, "PNG")))
    assert is_near(picture.getpixel((10, 10)), (255, 255, 255))


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_the_colours_of_a_wide_gamut_look_the_same_in_srgb(fmt: str) -> None:
    picture = largest_jpeg(made_of(wide_gamut(fmt)))
    for n, (_, colour) in enumerate(ADOBE_RGB_AND_SRGB):
        shown = picture.getpixel((n * 100 + 50, 150))
        assert is_near(shown, colour, by=6), (colour, shown)


def test_a_profile_that_does_not_fit_its_picture_is_ignored() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    picture = largest_jpeg(made_of(file_of(scene(), "JPEG", icc_profile=lab)))
    assert is_near(corner_colours(picture)["top left"], CORNERS["top left"])  # unfit, so ignored
    assert "icc_profile" not in picture.info


def test_widths_fit_the_layout_and_are_never_larger_than_the_original() -> None:
    whole = [m for m in made_of(FILES["jpeg-xmp.jpg"]()) if m.crop == renditions.WHOLE]
    assert [(m.width, m.format) for m in whole] == [
        (width, kind) for width in (660, 640, 320) for kind in ("avif", "jpeg")
    ]
    assert {round(m.width / m.height, 1) for m in whole} == {1.5}


def test_a_tiny_picture_is_made_once_at_its_own_size() -> None:
    made = made_of(file_of(scene(size=(90, 60)), "PNG"))
    assert {(m.crop, m.width) for m in made} == {
        ("", 90),
        ("16x9", 90),
        ("4x3", 80),
        ("1x1", 60),
    }


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (3, 2)])
def test_a_sliver_breaks_nothing(size: tuple[int, int]) -> None:
    assert all(m.width and m.height for m in made_of(file_of(scene(size=size), "PNG")))


@pytest.mark.parametrize(
    ("focal", "colour"),
    [((0, 0), (200, 40, 40)), ((100, 0), (40, 160, 60)), ((0, 100), (40, 60, 180))],
)
def test_a_crop_keeps_the_focal_point(focal: tuple[int, int], colour: tuple[int, ...]) -> None:
    tall = scene(size=(600, 1200)) if focal[1] else scene(size=(1200, 600))
    made = made_of(file_of(tall, "JPEG", quality=95), focal)
    square = opened(next(m for m in made if m.crop == "1x1" and m.format == "jpeg"))
    at = (square.width // 8, square.height * (7 if focal[1] else 1) // 8)
    if focal[0]:
        at = (square.width * 7 // 8, at[1])
    assert is_near(square.getpixel(at), colour)


def test_the_same_picture_gives_the_same_bytes_and_the_digest_names_them() -> None:
    once, again = made_of(FILES["jpeg-xmp.jpg"]()), made_of(FILES["jpeg-xmp.jpg"]())
    assert [m.sha256 for m in once] == [m.sha256 for m in again]
    assert all(hashlib.sha256(m.data).hexdigest() == m.sha256 for m in once)
