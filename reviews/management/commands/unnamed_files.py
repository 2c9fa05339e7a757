"""What lies in the storages of pictures and belongs to none; said, or deleted."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from reviews import storing, unnamed


class Command(BaseCommand):
    help = (
        "List the files in the storages of pictures that no picture of this database names and "
        "that are older than a day: what a crash left of an upload, and what came after the backup "
        "that was restored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--delete",
            type=int,
            metavar="NUMBER",
            help="Have the worker delete them in a day, all the NUMBER that were listed before.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = unnamed.find()
        except storing.NotRead as error:
            why = type(error.__cause__).__name__
            raise CommandError(f"A storage of pictures does not answer ({why}).") from error
        if options["delete"] is None:
            self._list(found)
        elif options["delete"] != len(found):
            raise CommandError(f"There are {len(found)} now. List them once more, and look.")
        else:
            unnamed.let_go(found)
            said = "what a picture names by then stays."
            self.stdout.write(f"The worker deletes {_number(found)} in a day; {said}")

    def _list(self, found: unnamed.Found) -> None:
        for name in (*found.uploads, *found.renditions):
            self.stdout.write(name)
        if not found:
            self.stdout.write("Every file belongs to a picture.")
            return
        self.stdout.write(
            f"{_number(found)}, {filesizeformat(found.bytes)}, that no picture of this database "
            f"names. Delete them with --delete {len(found)}, if it is the right database."
        )


def _number(found: unnamed.Found) -> str:
    return "1 file" if len(found) == 1 else f"{len(found):,} files"
