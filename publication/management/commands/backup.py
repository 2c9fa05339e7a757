"""One archive with the database and every picture, while readers read and editors write."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat

from publication.backups import archive, packing, series, unfinished
from publication.backups.archive import BadArchive
from publication.backups.tools import ToolFailed
from publication.progress import Progress


class Command(BaseCommand):
    help = (
        "Write database and pictures into one archive, and read it back. The site may go on. Keep "
        "it where the server's loss does not reach it, and as safe as the database: it holds "
        "readers' e-mail addresses. SECRET_KEY and other settings are not in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, help="a new file, or a folder of backups")
        parser.add_argument(
            "--keep",
            type=int,
            metavar="NUMBER",
            help="in a folder: delete all but so many of the newest, once this one is whole",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target, keep = options["target"], options["keep"]
        if keep is not None and (keep < 1 or not target.is_dir()):
            raise CommandError("--keep goes with a folder, and keeps at least 1.")
        path = target / series.name_now() if target.is_dir() else target
        if not path.parent.is_dir():
            raise CommandError(f"There is no folder {path.parent}.")
        for left in unfinished.sweep(path.parent):
            self.stdout.write(f"Deleted {left}, which a backup or a restoration left when killed.")
        try:
            with Progress(self.stdout) as tell:
                packed = packing.pack(path, tell)
        except (ToolFailed, BadArchive, OSError) as error:
            raise CommandError(f"No backup was made: {archive.in_words_of(error)}") from None
        said = archive.in_words(packed.manifest.counts)
        files = archive.in_words({"files": len(packed.manifest.files)})
        size = filesizeformat(path.stat().st_size)
        self.stdout.write(f"{path}: {said}; {files}, {size}, read back and found whole.")
        for old in series.prune(target, keep, path) if keep else []:
            self.stdout.write(f"Deleted {old}.")
        if packed.lost:
            raise CommandError(
                "The backup was made without files that the database names and no storage has "
                f"({len(packed.lost)}): {', '.join(packed.lost[:5])}"
                f"{' …' if len(packed.lost) > 5 else ''}"
            )
