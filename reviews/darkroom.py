"""Where renditions are made: rows claimed one by one and worked off, by any number of processes.

A claim is one conditional update. A process that dies leaves a claim that goes stale and is taken
over; one that was overtaken (the words changed meanwhile, another took over) throws its work away.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from . import library, picture_words, pictures, renditions, retired_files, storing
from .models import Image

log = logging.getLogger(__name__)

STALE = timedelta(minutes=5)  # a 60-megapixel original took 2 to 4 seconds
MOST_ATTEMPTS = 3


def develop_next() -> Image | None:
    """Claim one picture and make its renditions; the picture, or None when nothing waits.

    Raises `storing.NotRead` and `storing.NotStored` where a storage is away; the picture's turn
    comes again when its claim is stale, after the others.
    """
    image = _claim()
    if image is None:
        return None
    try:
        _develop(image)
    except (storing.NotRead, storing.NotStored):
        _leave_for_later(image)
        raise
    except Exception as error:
        log.exception("Renditions of picture %s could not be made.", image.pk)
        _give_up(image, error)
    return image


def develop_all() -> int:
    """Work off what waits; how many pictures were worked on."""
    done = 0
    while develop_next():
        done += 1
    return done


def _claim() -> Image | None:
    while True:
        now = timezone.now()
        waiting = Image.objects.undeveloped(now, STALE).exclude(
            rights_status=Image.Rights.WITHDRAWN
        )
        image = waiting.order_by("uploaded_at", "pk").first()
        if image is None:
            return None
        same = Image.objects.filter(
            pk=image.pk,
            renditions_state=image.renditions_state,
            renditions_claimed_at=image.renditions_claimed_at,
        )
        if image.renditions_attempts >= MOST_ATTEMPTS:  # each took its process with it
            said = "It was begun several times and never finished."
            same.update(renditions_state=Image.Renditions.FAILED, renditions_error=said)
        elif same.update(
            renditions_state=Image.Renditions.WORKING,
            renditions_claimed_at=now,
            renditions_attempts=F("renditions_attempts") + 1,
        ):
            # Read once more, now that it is ours: an editor may have changed its words meanwhile.
            mine = Image.objects.filter(pk=image.pk, renditions_claimed_at=now).first()
            if mine is not None:
                return mine


def _develop(image: Image) -> None:
    manifest: dict[str, dict[str, list[tuple[int, int, str]]]] = {}
    focal = (image.focal_x, image.focal_y)
    with storing.opened(image.file) as file, pictures.open_picture(file) as picture:
        for made in renditions.make(picture, picture_words.rights_of(image), focal):
            sizes = manifest.setdefault(made.crop, {}).setdefault(made.format, [])
            sizes.append((made.width, made.height, storing.store(image, made)))
    for by_format in manifest.values():
        for sizes in by_format.values():
            sizes.sort()
    new = {name for by in manifest.values() for sizes in by.values() for *_, name in sizes}
    with transaction.atomic():
        row = Image.objects.select_for_update().filter(pk=image.pk).first()
        old = set(library.files_of(row)) if row else set()
        ready = {"renditions_state": Image.Renditions.READY, "renditions_error": ""}
        if _ours(image).update(renditions=manifest, **ready):
            retired_files.retire(old - new)
        elif row is None or row.is_withdrawn():
            # Deleted or withdrawn while we worked: nothing of it may be left to fetch.
            retired_files.retire(new, now=True)  # should this process die before the next line
            transaction.on_commit(lambda: retired_files.delete_unused(new), robust=True)
        else:
            retired_files.retire(new - old, image=row)  # perhaps of a file that was replaced


def _leave_for_later(image: Image) -> None:
    """It keeps its claim, and an attempt is not counted that was none of its own."""
    _ours(image).update(renditions_attempts=F("renditions_attempts") - 1)


def _give_up(image: Image, error: Exception) -> None:
    """Try again later, or say in the admin that it cannot be done."""
    over = image.renditions_attempts >= MOST_ATTEMPTS
    state = Image.Renditions.FAILED if over else Image.Renditions.WAITING
    said = f"{type(error).__name__}: {error}"[:300]
    _ours(image).update(renditions_state=state, renditions_error=said)


def _ours(image: Image) -> QuerySet[Image]:
    """The row, while the claim is still that of this process."""
    return Image.objects.filter(
        pk=image.pk,
        renditions_state=Image.Renditions.WORKING,
        renditions_claimed_at=image.renditions_claimed_at,
    )
