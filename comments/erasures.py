"""What was erased, kept where no restored database takes it back: beside the originals of pictures,
and in every backup.

One small file an erasure, named by its time and by a keyed hash of the e-mail address, from which
nobody can read it. Whoever has the address, as a copy of the database has, recognises it.
"""

import logging
import re
from datetime import UTC, datetime, timedelta

from django.core.files.base import ContentFile

from reviews.models.images import originals

from . import keyed
from .plain_text import fold

FOLDER = "erasures"
_SALT = "comments.erasures"
CONTENT = b"erased\n"  # of every note
KEPT = timedelta(days=2 * 365)  # no backup should be kept so long: it holds what was erased
_TIME = "%Y-%m-%dT%H%M%S.%fZ"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z)-([0-9a-f]{64})")
log = logging.getLogger(__name__)


def digest(email: str) -> str:
    """64 hexadecimal digits, keyed by the installation's secret."""
    return keyed.digest(_SALT, fold(email))


def last(email: str, noted: dict[str, datetime]) -> datetime | None:
    """When an address was last erased, under the secret of now or a former one; `noted` is
    noted()."""
    digests = keyed.digests(_SALT, fold(email))
    return max((noted[each] for each in digests if each in noted), default=None)


def note(email: str, at: datetime) -> None:
    """Written before the erasure is committed: one that its owner asked for is noted too often
    rather than not at all. Without the storage it is erased all the same, and that is logged."""
    name = f"{FOLDER}/{at.astimezone(UTC):{_TIME}}-{digest(email)}"
    try:
        originals().save(name, ContentFile(CONTENT))
    except Exception:  # whatever a storage raises
        log.exception("An erasure could not be noted: after a restore it has to be done again.")


def noted() -> dict[str, datetime]:
    """When the address of each digest was last erased."""
    return {digest: at for _, at, digest in _notes()}


def files() -> list[str]:
    """Their names in the storage, for a backup to take along."""
    return [name for name, *_ in _notes()]


def prune(now: datetime) -> int:
    """Delete the notes of which the address was erased once more since, and those that no backup
    is as old as; how many."""
    notes = _notes()
    last = {digest: at for _, at, digest in notes}
    useless = [name for name, at, digest in notes if at < max(now - KEPT, last[digest])]
    for name in useless:
        originals().delete(name)
    return len(useless)


def _notes() -> list[tuple[str, datetime, str]]:
    """The name in the storage, the time and the digest of each, oldest first."""
    try:
        names = originals().listdir(FOLDER)[1]
    except FileNotFoundError:
        return []
    found = [match for match in map(_NAME.fullmatch, sorted(names)) if match]
    return [(f"{FOLDER}/{match[0]}", _moment(match[1]), match[2]) for match in found]


def _moment(at: str) -> datetime:
    return datetime.strptime(at, _TIME).replace(tzinfo=UTC)
