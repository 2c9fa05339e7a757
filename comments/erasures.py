"""What was erased, kept where no restored database takes it back: beside the originals of pictures.

One small file an erasure, named by its time and by a keyed hash of the e-mail address, from which
nobody can read it. Whoever has the address, as a copy of the database has, recognises it.
"""

import logging
import re
from datetime import UTC, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.crypto import salted_hmac

from .plain_text import fold

FOLDER = "erasures"
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
    try:
        names = _storage().listdir(FOLDER)[1]
    except FileNotFoundError:
        return {}
    found = sorted(match.groups() for match in map(_NAME.match, names) if match)
    return {digest: datetime.strptime(at, _TIME).replace(tzinfo=UTC) for at, digest in found}


def _storage() -> Storage:
    return storages["originals"]
