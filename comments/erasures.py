"""What was erased, kept where no restored database takes it back: beside the originals of pictures,
and in every backup.

One small file an erasure, named by its time and by a keyed hash of the e-mail address, from which
nobody can read it. Whoever has the address, as a copy of the database has, recognises it.
"""

import logging
import re
from datetime import UTC, datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.crypto import salted_hmac

from .plain_text import fold

FOLDER = "erasures"
KEPT = timedelta(days=2 * 365)  # no backup should be kept so long: it holds what was erased
_TIME = "%Y-%m-%dT%H%M%S.%fZ"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z)-([0-9a-f]{64})")
log = logging.getLogger(__name__)


def digest(email: str) -> str:
    """64 hexadecimal digits, keyed by the installation's secret."""
    return salted_hmac("comments.erasures", fold(email), algorithm="sha256").hexdigest()


def note(email: str, at: datetime) -> None:
    """Written before the erasure is committed: one that its owner asked for is noted too often
    rather than not at all. Without the storage it is erased all the same, and that is logged."""
    name = f"{FOLDER}/{at.astimezone(UTC):{_TIME}}-{digest(email)}"
    try:
        _storage().save(name, ContentFile(b"erased\n"))
    except Exception:  # whatever a storage raises
        log.exception("An erasure could not be noted: after a restore it has to be done again.")


def noted() -> dict[str, datetime]:
    """When the address of each digest was last erased."""
    found = sorted(match.groups() for match in map(_NAME.fullmatch, _names()) if match)
    return {digest: _moment(at) for at, digest in found}


def files() -> list[str]:
    """Their names in the storage, for a backup to take along."""
    return [f"{FOLDER}/{name}" for name in _names() if _NAME.fullmatch(name)]


def prune(now: datetime) -> int:
    """Delete the notes of which the address was erased once more since, and those that no backup
    is as old as; how many."""
    last, deleted = noted(), 0
    for name in files():
        match = _NAME.fullmatch(name.removeprefix(f"{FOLDER}/"))
        at, digest = (_moment(match[1]), match[2]) if match else (now, "")
        if at < now - KEPT or at < last.get(digest, at):
            _storage().delete(name)
            deleted += 1
    return deleted


def _names() -> list[str]:
    try:
        return list(_storage().listdir(FOLDER)[1])
    except FileNotFoundError:
        return []


def _moment(at: str) -> datetime:
    return datetime.strptime(at, _TIME).replace(tzinfo=UTC)


def _storage() -> Storage:
    return storages["originals"]
