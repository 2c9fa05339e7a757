"""Files that no row names any more leave the storages, at once or after a while.

Each is tried by itself. One that could not be deleted is logged, keeps no other, and has its turn
again when the worker comes by. Of a storage that hangs not every file is asked: who waits for that
is an editor, or the worker, whose mails would not go out for hours.
"""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from pathlib import PurePath

from django.core.files.storage import Storage, default_storage
from django.db.models import Q
from django.utils import timezone

from .models import Image, RetiredFile
from .models.images import originals

log = logging.getLogger(__name__)

KEPT_AFTER_RETIREMENT = timedelta(days=1)  # a page left open overnight still finds its pictures
AT_ONCE = 500  # files that are pruned at a call
MOST_WASTED = 8.0  # seconds, of a storage that hangs: one question, asked twice
FOLDER = "pictures"
PREFIX = 16  # hexadecimal digits of the original's digest, the name of its renditions' folder


@dataclass
class Budget:
    """Seconds that may go by with what is not deleted."""

    wasted: float = 0.0

    def is_spent(self) -> bool:
        return self.wasted > MOST_WASTED


class NotDeleted(Exception):
    """The storage kept what it was to delete; the message names one, for the operator."""


def files_of(image: Image) -> Iterable[str]:
    """The storage names of its renditions."""
    for by_format in image.renditions.values():
        for sizes in by_format.values():
            yield from (name for _, _, name in sizes)


def retire(
    names: Iterable[str],
    uploads: Iterable[str] = (),
    *,
    now: bool = False,
    image: Image | None = None,
) -> None:
    """Renditions, and originals, that no row names any more go when `prune` comes by: after a
    while, or at once, where nobody may see them any more (`now`). `image`: whose they were, where
    their folder does not say so: they are of a file that was replaced."""
    at = timezone.now() - (KEPT_AFTER_RETIREMENT if now else timedelta())
    facts = {"retired_at": at, "image": image}
    made = [RetiredFile(name=name, **facts) for name in dict.fromkeys(names)]
    kept = [RetiredFile(name=name, is_original=True, **facts) for name in uploads]
    RetiredFile.objects.bulk_create(
        made + kept,
        update_conflicts=True,
        unique_fields=["name", "is_original"],
        update_fields=["retired_at", "image"],
    )


def prune() -> int:
    """Delete retired files whose time is up; how many.

    Raises `NotDeleted` when some could not be; the others were, and those are tried again.
    """
    due = RetiredFile.objects.filter(retired_at__lte=timezone.now() - KEPT_AFTER_RETIREMENT)
    files = list(due.order_by("retired_at")[:AT_ONCE])
    left = delete_unused(file.name for file in files if not file.is_original)
    left += _delete_unused_originals({file.name for file in files if file.is_original})
    gone = [file.pk for file in files if file.name not in left]
    due.filter(pk__in=gone).delete()  # but for those that were retired once more meanwhile
    if left:
        # Not the first next time, or so many of them would keep the others from their turn.
        kept = RetiredFile.objects.filter(pk__in=[file.pk for file in files]).exclude(pk__in=gone)
        kept.update(retired_at=timezone.now() - KEPT_AFTER_RETIREMENT)
        others = f", nor {len(left) - 1} others" if left[1:] else ""
        raise NotDeleted(f"“{left[0]}” could not be deleted{others}.")
    return len(gone)


def delete_unused(names: Iterable[str]) -> list[str]:
    """A name that was retired may be in use again: words changed and changed back. What could not
    be deleted."""
    left, budget = [], Budget()
    for folder, inside in groupby(sorted(names), key=lambda name: PurePath(name).parent.name):
        images = Image.objects.filter(sha256__startswith=folder)
        used = {name for image in images for name in files_of(image)}
        left += deleted_in_vain(default_storage, set(inside) - used, budget)
    return left


def _delete_unused_originals(names: set[str]) -> list[str]:
    """A name that was retired may be another picture's by now. What could not be deleted."""
    used = Image.objects.filter(file__in=names).values_list("file", flat=True)
    return deleted_in_vain(originals(), names - set(used))


def deleted_in_vain(
    storage: Storage, names: Iterable[str], budget: Budget | None = None
) -> list[str]:
    """Deletes them, each whatever becomes of the others, while the budget lasts; those that are
    still there."""
    left, budget = [], budget or Budget()
    for name in names:
        if budget.is_spent():
            left.append(name)
            continue
        begun = time.monotonic()
        try:
            storage.delete(name)
        except Exception as error:  # each storage has errors of its own
            budget.wasted += time.monotonic() - begun
            why = type(error).__name__
            log.warning("“%s” could not be deleted (%s); it is tried again.", name, why)
            left.append(name)
    return left


def retired_of(image: Image) -> Iterable[str]:
    """Its renditions of before, which stay a while for pages that are open: of this file, and of
    one that was replaced."""
    mine = Q(image=image) | Q(name__startswith=f"{FOLDER}/{image.sha256[:PREFIX]}/")
    return RetiredFile.objects.filter(mine, is_original=False).values_list("name", flat=True)
