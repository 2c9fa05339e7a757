"""The verbs of the picture library: take a file in, change its words, withdraw it, delete it.

The only door to an image's file, rights status and wish for renditions. What is deleted from the
storage is deleted after the commit that no longer names it; that it could not be is logged.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image as Pillow

from . import picture_words, pictures, renditions, storing
from .models import Image, Person, RetiredFile
from .models.images import originals
from .pictures import PictureFacts, UnusablePicture
from .retired_files import delete_unused, deleted_in_vain, retire, retired_of
from .retired_files import files_of as files_of  # of the library, for everybody else

# Of 64 bits. Of the 64 demo pictures it finds all 192 smaller exports and 63 of the 64 crops of
# 2 % a side, and takes 22 of 2,016 pairs for alike that are not: a hint, never a refusal.
SAME_VIEW = 10
MOST_ALIKE = 8  # of one picture, shown beside it
MIDDLE = (50, 50)  # percent: the focal point of a picture of which nobody has said another
UPRIGHT = (50, 30)  # of one that is higher than wide: whom it shows has the face in the upper third
FACTS, SMALL = "facts_for_the_library", "small_for_the_library"  # what a file remembers


Left = tuple[Sequence[str], Sequence[str]]  # names of renditions, and of originals


class InLibrary(UnusablePicture):
    """The very same file is in the library; `image` is the picture that is there.

    `left` are the files that were stored before that was seen, renditions and originals. They are
    retired already, but for who rolls a transaction back: who does, retires them again after it.
    """

    def __init__(self, name: str, image: Image, left: Left = ((), ())) -> None:
        super().__init__(f"“{name}” is in the library already.")
        self.image = image
        self.left = left


def add(file: File, words: Mapping[str, Any] | None = None) -> Image:  # type: ignore[type-arg]
    """Take a file in, with what it says of itself and `words` over that.

    One small rendition is made at once, so that pages have something to show; the others wait for
    the darkroom. Raises `UnusablePicture`, `InLibrary`.
    """
    facts = accept(file)
    image = Image(**picture_words.said_by(facts.rights) | dict(words or {}))
    take_in(image, file, facts)
    return image


def look_at(file: File) -> Pillow.Image:  # type: ignore[type-arg]
    """A file made small, to be shown at once. It is decoded once and remembers what was found: that
    takes seconds of a large one, and who saves it may be in a transaction by then, beside which
    SQLite lets nobody else write.

    Raises `UnusablePicture`.
    """
    _facts_of(file)
    small: Pillow.Image | None = getattr(file, SMALL, None)
    if small is None:
        with pictures.open_upload(file) as picture:
            small = renditions.small(picture)
        setattr(file, SMALL, small)
    return small


def accept(file: File) -> PictureFacts:  # type: ignore[type-arg]
    """The facts of a file the library can take. Raises `UnusablePicture`, `InLibrary`."""
    facts = _facts_of(file)
    same = Image.objects.filter(sha256=facts.sha256).first()
    if same:
        raise InLibrary(file.name or "The file", same)
    return facts


def take_in(
    image: Image,
    file: File,  # type: ignore[type-arg]
    facts: PictureFacts,
    people: Iterable[Person] = (),
    told: Callable[[Image], object] | None = None,
) -> None:
    """Save a new picture with its file, one small rendition, and the people it shows. What is to be
    `told` of it is told in the same transaction. Raises `InLibrary` and, with nothing left behind,
    `storing.NotStored` and whatever `told` does."""
    if facts.height > facts.width and (image.focal_x, image.focal_y) == MIDDLE:
        image.focal_x, image.focal_y = UPRIGHT
    with stored(image, file, facts), transaction.atomic():
        image.save()
        image.people.add(*people)
        if told:
            told(image)


@contextmanager
def stored(image: Image, file: File, facts: PictureFacts) -> Iterator[None]:  # type: ignore[type-arg]
    """Give a picture its file and one small rendition, in the storages and on `image`; what is
    done with it inside saves the row. Raises as `take_in` does."""
    name = file.name or "picture"
    stem = slugify(PurePath(name).stem)[:80] or "picture"
    image.width, image.height, image.bytes = facts.width, facts.height, facts.bytes
    image.sha256, image.difference_hash = facts.sha256, facts.difference_hash
    image.renditions = {}
    small = look_at(file)
    whole = image.file.field.generate_filename(image, f"{stem}.{facts.ending()}")
    free = storing.apart_from_leaving(whole, originals(), is_original=True)
    with storing.as_not_stored():
        image.file.save(PurePath(free).name, file, save=False)
    try:
        _make_something_to_show(image, small)
        yield
    except IntegrityError:
        left = put_away(image)
        same = Image.objects.filter(sha256=facts.sha256).first()
        if same is None:
            raise
        raise InLibrary(name, same, left) from None
    except Exception:  # whatever it was: no file is left behind that no row names
        put_away(image)
        raise
    delattr(file, SMALL)  # many may come with one request


def words_changed(image: Image, fields: Iterable[str]) -> None:
    """After a form saved an image: ask for new renditions if what is written into them changed."""
    if not image.is_withdrawn() and set(fields) & set(picture_words.WRITTEN_INTO_FILES):
        ask_for_renditions(image)


def ask_for_renditions(image: Image) -> None:
    """Let the darkroom make them (again); what is shown meanwhile stays."""
    wish = {
        "renditions_state": Image.Renditions.WAITING,
        "renditions_claimed_at": None,
        "renditions_attempts": 0,
        "renditions_error": "",
    }
    Image.objects.filter(pk=image.pk).update(**wish)
    for name, value in wish.items():
        setattr(image, name, value)


def withdraw(image: Image, notice: str = "") -> bool:
    """Take it from every page, feed and card now, and its files from the storage.

    Everything else is kept. False when somebody withdrew it already. Raises `Image.DoesNotExist`.
    """
    with transaction.atomic():
        row = Image.objects.select_for_update().get(pk=image.pk)
        if row.is_withdrawn():
            return False
        names = [*files_of(row), *retired_of(row)]
        row.rights_status, row.withdrawn_at = Image.Rights.WITHDRAWN, timezone.now()
        row.withdrawn_notice = notice.strip()[:300]
        row.renditions, row.renditions_state = {}, Image.Renditions.READY
        row.save(
            update_fields=[
                *("rights_status", "withdrawn_at", "withdrawn_notice"),
                *("renditions", "renditions_state"),
            ]
        )
        retire(names, now=True)  # should this process die before the next line is carried out
        transaction.on_commit(lambda: delete_unused(names), robust=True)
        image.refresh_from_db()
    return True


def restore(image: Image) -> bool:
    """Let a withdrawn picture be shown again, as not yet verified. False when it was not."""
    with transaction.atomic():
        rows = Image.objects.withdrawn().filter(pk=image.pk)
        if not rows.update(
            rights_status=Image.Rights.UNVERIFIED, withdrawn_at=None, withdrawn_notice=""
        ):
            return False
        ask_for_renditions(image)
        image.refresh_from_db()
    return True


def delete(image: Image) -> None:
    """Delete a picture that nothing uses; its original and its renditions go after the commit.

    Raises `ProtectedError`, which names the uses, and `Image.DoesNotExist`.
    """
    with transaction.atomic():
        row = Image.objects.select_for_update().get(pk=image.pk)
        original, names = row.file.name, [*files_of(row), *retired_of(row)]
        row.delete()
        # Should this process die before the next line is carried out:
        retire(names, [original], now=True)
        transaction.on_commit(lambda: _delete_files(original, names), robust=True)


def similar(image: Image) -> list[Image]:
    """The nearest pictures that look like it: other crops, sizes and exports of the same view.

    Compares with every picture's 64 bits: two queries.
    """
    mine = image.difference_hash
    if mine is None:
        return []
    others = Image.objects.exclude(pk=image.pk).exclude(difference_hash=None)
    near = sorted(
        (distance, pk)
        for pk, theirs in others.values_list("pk", "difference_hash")
        if theirs is not None and (distance := pictures.distance(mine, theirs)) <= SAME_VIEW
    )[:MOST_ALIKE]
    found = Image.objects.in_bulk([pk for _, pk in near])
    return [found[pk] for _, pk in near if pk in found]


def _make_something_to_show(image: Image, small: Pillow.Image) -> None:
    quick = renditions.first(small, picture_words.rights_of(image))
    image.renditions = {
        quick.crop: {quick.format: [[quick.width, quick.height, storing.store(image, quick)]]}
    }


def _facts_of(file: File) -> PictureFacts:  # type: ignore[type-arg]
    found: PictureFacts | UnusablePicture | None = getattr(file, FACTS, None)
    if found is None:
        try:
            found = pictures.inspect(file)
        except UnusablePicture as refusal:
            found = refusal
        setattr(file, FACTS, found)
    if isinstance(found, UnusablePicture):
        raise found
    return found


def put_away(image: Image) -> Left:
    """The files of a picture that got no row: its original goes now, a rendition later, as the
    picture that is there may be given the same one in this moment. What was not deleted."""
    original = str(image.file.name)
    left: Left = (list(files_of(image)), deleted_in_vain(originals(), [original]))
    retire(*left)
    return left


def _delete_files(original: str, names: list[str]) -> None:
    """An original that is gone is retired no more: an upload may be given its name."""
    if not deleted_in_vain(originals(), [original]):
        RetiredFile.objects.filter(name=original, is_original=True).delete()
    delete_unused(names)
