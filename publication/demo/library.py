"""The demo pictures put into the image library: drawn, stored, and with every word about rights."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from publication.demo import content
from publication.demo.pictures import Drawing, draw
from reviews import library
from reviews.models import Image

RIGHTS = ("credit_line", "creator", "copyright_notice", "licence_name", "licence_url", "source")


def drawn() -> dict[str, "ContentFile[bytes]"]:
    """Every picture, by its key, and what the library will ask of it: a sixth of a second each,
    which nobody should spend in a transaction, beside which SQLite lets nobody else write."""
    files = {picture["key"]: _file(picture) for picture in content.read("pictures")["picture"]}
    for file in files.values():
        library.look_at(file)
    return files


def stock(files: "dict[str, ContentFile[bytes]]") -> dict[str, Image]:
    """What was drawn, put into the library, by its key. If one fails, no file is left."""
    facts = content.read("pictures")
    images: dict[str, Image] = {}
    try:
        for picture in facts["picture"]:
            words = _words(picture, facts["rights"][picture["rights"]])
            images[picture["key"]] = library.add(files[picture["key"]], words)
    except BaseException:
        discard(images.values())
        raise
    return images


def discard(images: Iterable[Image]) -> None:
    """Delete the files of rows that a transaction is about to take back."""
    for image in images:
        image.file.storage.delete(image.file.name)
        for name in library.files_of(image):
            default_storage.delete(name)


def _file(picture: content.Facts) -> "ContentFile[bytes]":
    scene, seed, shape, palette, *options = picture["draw"]
    drawing = Drawing(scene, tuple(palette.split()), seed, shape, *options)
    return ContentFile(draw(drawing), name=f"{picture['key']}.jpg")


def _words(picture: content.Facts, rights: content.Facts) -> content.Facts:
    focal_x, focal_y = picture.get("focal", (50, 50))
    return {
        "alt_text": picture.get("alt", ""),
        "decorative": picture.get("decorative", False),
        "caption": picture.get("caption", ""),
        "focal_x": focal_x,
        "focal_y": focal_y,
        "rights_status": Image.Rights.CLEARED,
        **{word: picture.get(word, rights.get(word, "")) for word in RIGHTS},
    }
