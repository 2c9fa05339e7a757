"""A better file in the place of a picture's: all pieces show it, and what was said of it stays."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from . import library, picture_words, pictures, retired_files
from .models import Image, RetiredFile
from .models.images import originals
from .pictures import PictureFacts

# What may be said of a file by its maker: where a new one says otherwise than the library, an
# editor has to look.
WHOSE_IT_IS = (
    *("credit_line", "creator", "copyright_notice", "source", "web_statement", "licensor_url"),
)
SAME_SHAPE = 0.02  # of the ratio of its sides: a pixel more or less at an edge moves no crop
FROM_THE_FILE = (
    *("file", "width", "height", "bytes", "sha256", "difference_hash"),
    *("renditions", "renditions_state", "renditions_claimed_at", "renditions_attempts"),
    "renditions_error",
)


class ReplacedMeanwhile(Exception):
    """A colleague put another file there, or deleted the picture, after this one was looked at."""


@dataclass(frozen=True)
class Said:
    """Something that the new file says otherwise than the library, whose words stay."""

    field: str
    kept: str
    by_the_file: str


@dataclass(frozen=True)
class Replaced:
    """What came of it: words that were empty and that the file filled, by their fields; words that
    it says otherwise; whether crops have to be looked at."""

    filled: Sequence[str]
    otherwise: Sequence[Said]
    other_shape: bool


def doubts(image: Image, facts: PictureFacts) -> list[str]:
    """Why a file is perhaps no better one of the same picture, in words; empty when it seems so."""
    said = []
    if facts.width * facts.height < image.width * image.height:
        said.append(
            f"It is smaller: {facts.width} × {facts.height} pixels, and the one that is there has "
            f"{image.width} × {image.height}."
        )
    mine = image.difference_hash
    if mine is not None and pictures.distance(mine, facts.difference_hash) > library.SAME_VIEW:
        said.append("It does not look like the one that is there.")
    return said


def replace(
    image: Image,
    file: File,  # type: ignore[type-arg]
    facts: PictureFacts,
    told: Callable[[Image, Replaced], object] | None = None,
) -> Replaced:
    """Give a picture another file. Its words, crops and places stay; empty words are filled with
    what the file says of itself. What readers were served of the former one is retired. What is to
    be `told` of it is told in the same transaction.

    Where the file says otherwise whose it is, the picture is unverified from now on. A withdrawn
    picture stays withdrawn. Raises `ReplacedMeanwhile`, `InLibrary`, `storing.NotStored`.
    """
    was, new = image.sha256, Image.objects.filter(pk=image.pk).first()
    if new is None or new.sha256 != was:
        raise ReplacedMeanwhile
    said = picture_words.said_by(facts.rights)
    for field in _empty(new, said):
        setattr(new, field, said[field])  # in the rendition that is made at once, too
    with library.stored(new, file, facts), transaction.atomic():
        row = Image.objects.select_for_update().filter(pk=image.pk, sha256=was).first()
        if row is None:
            raise ReplacedMeanwhile
        outcome = _outcome(row, facts, said)
        former = [*library.files_of(row), *retired_files.retired_of(row)]
        retired_files.retire(former, [row.file.name], now=row.is_withdrawn(), image=row)
        _put_in(row, new)
        for field in outcome.filled:
            setattr(row, field, said[field])
        changed = {*FROM_THE_FILE, *outcome.filled}
        if outcome.otherwise and not row.is_withdrawn():
            row.rights_status = Image.Rights.UNVERIFIED
            changed.add("rights_status")
        row.save(update_fields=changed)
        if told:
            told(row, outcome)
    image.refresh_from_db()
    return outcome


def former(image: Image) -> RetiredFile | None:
    """The upload that was there before, while it is kept."""
    since = timezone.now() - retired_files.KEPT_AFTER_RETIREMENT
    mine = RetiredFile.objects.filter(image=image, is_original=True, retired_at__gt=since)
    return mine.order_by("-retired_at", "-pk").first()


@contextmanager
def former_file(image: Image) -> Iterator[File | None]:  # type: ignore[type-arg]
    """The same, opened; None where it is gone."""
    kept = former(image)
    if kept is None or not originals().exists(kept.name):
        yield None
        return
    with originals().open(kept.name) as file:
        file.name = PurePath(kept.name).name
        yield file


def _put_in(row: Image, new: Image) -> None:
    """The file and what is known of it; of a withdrawn picture nothing is there to be fetched."""
    for field in ("file", "width", "height", "bytes", "sha256", "difference_hash"):
        setattr(row, field, getattr(new, field))
    row.renditions_claimed_at, row.renditions_attempts, row.renditions_error = None, 0, ""
    if row.is_withdrawn():
        retired_files.retire(library.files_of(new), now=True, image=row)
        row.renditions, row.renditions_state = {}, Image.Renditions.READY
    else:
        row.renditions, row.renditions_state = new.renditions, Image.Renditions.WAITING


def _outcome(row: Image, facts: PictureFacts, said: dict[str, str]) -> Replaced:
    otherwise = [
        Said(field, kept, said[field])
        for field in WHOSE_IT_IS
        if (kept := getattr(row, field)) and field in said and not _same(kept, said[field])
    ]
    was, now = row.width / row.height, facts.width / facts.height
    return Replaced(_empty(row, said), otherwise, abs(now / was - 1) > SAME_SHAPE)


def _empty(image: Image, said: dict[str, str]) -> list[str]:
    """Fields of which the file speaks and the library does not."""
    return [
        field
        for field in said
        if not getattr(image, field) and not (field == "alt_text" and image.decorative)
    ]


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
