"""Brings a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from comments import erasures
from publication import health
from publication.backups import archive, restoring, unfinished
from publication.backups.archive import BadArchive
from publication.backups.tools import ToolFailed
from publication.progress import Progress


class Command(BaseCommand):
    help = (
        "Bring a backup back: into a fresh place, or with --replace instead of what is here. "
        "Everything in it is checked before anything is touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Take the place of the publication that is here. Its pictures' files stay.",
        )

        parser.add_argument(
            "--send-owed",
            action="store_true",
            help="Send the mails that were owed when the backup was made. Without it they are "
            "given up, because most of them have gone out since.",
        )

        parser.add_argument(
            "--another-key",
            action="store_true",
            help="Though the SECRET_KEY of then is lost: what was erased since comes back.",
        )

    @no_translations  # its sentences are English, and name what Django would say in Korean
    def handle(self, *args: Any, **options: Any) -> None:
        for left in unfinished.sweep(options["archive"].parent):
            self.stdout.write(f"Deleted {left}, which a backup or a restoration left when killed.")
        try:
            with Progress(self.stdout) as tell:
                restored = restoring.restore(
                    options["archive"],
                    replace=options["replace"],
                    send_owed=options["send_owed"],
                    another_key=options["another_key"],
                    tell=tell,
                )
        except restoring.NotEmpty as here:
            raise CommandError(
                f"There is a publication here already ({here}). Nothing was touched. To put the "
                "backup in its place, back up what is here, then add --replace."
            ) from None
        except BadArchive as error:
            raise CommandError(f"Nothing was touched. {error}") from None
        except (ToolFailed, OSError) as error:
            raise CommandError(
                f"The publication is as it was. {archive.in_words_of(error)}"
            ) from None
        manifest = restored.manifest
        said = archive.in_words(manifest.counts)
        self.stdout.write(f"Restored what was here at {manifest.made_at}: {said}.")
        if restored.mails:
            self.stdout.write(
                f"Mails that were owed then and are not sent: {restored.mails}. Most of them have "
                "gone out since; to send them restore once more, with --send-owed."
            )
        if restored.unknown:
            self.stdout.write(
                f"It is older than {erasures.KEPT.days} days, and no note of an erasure is kept so "
                "long: what was erased soon after it was made has to be erased again by hand."
            )
        if restored.erased:
            self.stdout.write(
                f"Comments that their writers had erased since, and that are erased again: "
                f"{restored.erased}."
            )
        if restored.problem:
            raise CommandError(
                f"All of it is in place, but what comes afterwards failed: {restored.problem} What "
                "readers had erased since may be shown again: run manage.py work --once before you "
                "let readers in, until it names nothing that is not done."
            )
        if problem := health.problems_at_start():
            self.stdout.write(problem)
