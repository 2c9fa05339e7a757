"""A folder of backups: what they are called, which of them stay, and when the newest was made."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

LATE = timedelta(hours=36)  # for one that is made every night
_NAME = "publication-%Y-%m-%dT%H%M%SZ.zip"
_NAMES = "publication-????-??-??T??????Z.zip"


def name_now() -> str:
    """The name of a backup in a folder of them: sorted by name, they are sorted by time."""
    return f"{timezone.now():{_NAME}}"


def prune(folder: Path, keep: int, made: Path) -> list[Path]:
    """Delete all but the newest backups of a folder; those that were deleted. What was just `made`
    is the newest, whatever a clock that was ahead called others."""
    others = sorted(set(folder.glob(_NAMES)) - {made})
    old = others[: max(0, len(others) - keep + 1)]
    for path in old:
        path.unlink()
    return old


def problem(at: datetime | None = None) -> str:
    """Why a lost server would be lost for good, in words that name no place; or “”, also where
    BACKUPS_DIR names no folder. What is there is whole: a backup has no name before. Of one that a
    clock made which was far ahead nobody knows when that was."""
    if not settings.BACKUPS_DIR:
        return ""
    try:
        every = sorted(path.name for path in Path(settings.BACKUPS_DIR).iterdir())
    except OSError as error:
        return f"The folder BACKUPS_DIR cannot be read ({error.strerror})."
    now = at or timezone.now()
    made = [moment for name in every if (moment := _made_at(name)) and moment - now <= LATE]
    if not made:
        return "There is no backup in BACKUPS_DIR."
    if now - made[-1] <= LATE:
        return ""
    when = timezone.localtime(made[-1])
    return f"The newest backup is of {when:%H:%M on %-d %B}."


def _made_at(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
