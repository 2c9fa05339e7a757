"""Makes the shipped seed of the spam classifier from a folder of labelled texts."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.spam import seed, training


class Command(BaseCommand):
    help = (
        "Learn the spam seed from the CSV files of a folder and print its digest, which belongs "
        "into comments/spam/seed/__init__.py. The same files give the same bytes. Some minutes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=_folder, help="Where the files of development data are.")
        parser.add_argument("--output", type=Path, default=seed.WEIGHTS, help="The file to write.")

    def handle(self, *args: Any, **options: Any) -> None:
        rows: list[training.Labelled] = []
        for name in training.SHIPPED:
            try:
                rows += training.read(options["folder"] / name)
            except OSError as error:
                raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
            except (KeyError, UnicodeDecodeError) as error:
                message = f"{name} is not a UTF-8 CSV with the columns text and label."
                raise CommandError(message) from error
        data = seed.packed(training.fit(rows).weights)
        if len(data) > seed.MOST_BYTES:
            raise CommandError(f"{len(data):,} bytes are more than {seed.MOST_BYTES:,}: not kept.")
        options["output"].write_bytes(data)
        self.stdout.write(f"{len(rows):,} texts, {len(data):,} bytes, digest")
        self.stdout.write(seed.digest(data))


def _folder(name: str) -> Path:
    if not Path(name).is_dir():
        raise ArgumentTypeError(f"{name} is not a folder.")
    return Path(name)
