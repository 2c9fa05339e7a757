"""The demo pictures put into the image library: drawn, stored, and with every word about rights."""

from collections.abc import Iterable

from django.core.files.base import ContentFile

from publication.demo import content
from publication.demo.pictures import Drawing, draw
from reviews import pictures
from reviews.models import Image

RIGHTS = ("credit_line", "creator", "copyright_notice", "licence_name", "licence_url", "source")


def stock() -> dict[str, Image]:
    """Every picture, by its key. About a sixth of a second each; if one fails, no file is left."""
    facts = content.read("pictures")
    images: dict[str, Image] = {}
    try:
        for picture in facts["picture"]:
            image = _picture(picture, facts["rights"][picture["rights"]])
            images[picture["key"]] = image
            image.save()
    except BaseException:
        discard(images.values())
        raise
    return images


def discard(images: Iterable[Image]) -> None:
    """Delete the files of rows that a transaction is about to take back."""
    for image in images:
        image.file.storage.delete(image.file.name)


def _picture(picture: content.Facts, rights: content.Facts) -> Image:
    scene, seed, shape, palette, *options = picture["draw"]
    file = ContentFile(
        draw(Drawing(scene, tuple(palette.split()), seed, shape, *options)),
        name=f"{picture['key']}.jpg",
    )
    found = pictures.inspect(file)
    focal_x, focal_y = picture.get("focal", (50, 50))
    return Image(
        file=file,
        width=found.width,
        height=found.height,
        sha256=found.sha256,
        alt_text=picture.get("alt", ""),
        decorative=picture.get("decorative", False),
        caption=picture.get("caption", ""),
        focal_x=focal_x,
        focal_y=focal_y,
        **{word: picture.get(word, rights.get(word, "")) for word in RIGHTS},
    )
