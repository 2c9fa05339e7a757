"""Take over those who followed the publication where it was before."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from comments.following import taking_over
from comments.models import Follower

SHOWN = 20  # bad lines


class Command(BaseCommand):
    help = (
        "Take the subscribers of WordPress.com's list (Subscribers → Download as CSV) as followers "
        "by mail, without asking them again. Who follows here already, or stopped, is left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV file whose first line names the columns")
        parser.add_argument(
            "--rhythm",
            choices=Follower.Rhythm.values,
            default=Follower.Rhythm.DAILY.value,
            help="how often they are mailed until they say otherwise (“%(default)s”)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would come, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                report = taking_over.take(
                    lines, options["rhythm"], timezone.now(), rehearsal=options["dry_run"]
                )
        except OSError as error:
            raise CommandError(f"“{path}” cannot be read ({error.strerror}).") from None
        except UnicodeDecodeError:
            raise CommandError(f"“{path}” is not UTF-8. Save it as CSV in UTF-8.") from None
        except (ValidationError, csv.Error) as error:
            said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise CommandError(f"“{path}” cannot be taken: {said}") from None
        if options["dry_run"]:
            self.stdout.write("A rehearsal: nothing was changed.")
        for what, number in report.counts.items():
            self.stdout.write(f"{number:,} {what}")
        if report.bad:
            self.stdout.write(f"{len(report.bad):,} left out:")
        for line in report.bad[:SHOWN]:
            self.stdout.write(f"  {line}")
