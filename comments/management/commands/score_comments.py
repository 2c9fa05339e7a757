"""Scores the texts of a CSV and, where they are labelled, says how good the scores are."""

import csv
import sys
from argparse import ArgumentParser
from pathlib import Path
from time import process_time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments.spam.classifier import SPAM_FROM, Classifier, mixed
from comments.spam.measures import measured

LONGEST_FIELD = 1_000_000  # characters; a comment has at most 10,000
LABELS = {"1": True, "spam": True, "true": True, "0": False, "ham": False, "false": False}

Row = tuple[str, bool | None]


class Command(BaseCommand):
    help = (
        "Score the column “text” of a UTF-8 CSV; with a column “label” (1 or spam, 0 or ham) "
        "measure the scores and the time they take. Needs no database and writes nothing."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The CSV to score.")
        parser.add_argument("--learn", type=Path, help="A labelled CSV to learn first, mixed.")
        parser.add_argument("--no-seed", action="store_true", help="Start from nothing.")
        parser.add_argument("--each", action="store_true", help="Print every score with its text.")
        parser.add_argument(
            "--online", action="store_true", help="Learn each label after its text was scored."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rows = _read(options["file"])
        classifier = Classifier(None if options["no_seed"] else "shipped")
        if options["learn"]:
            self._learn(classifier, _read(options["learn"]))
        scores: list[float] = []
        took: list[float] = []
        taught: list[float] = []
        for text, label in rows:
            start = process_time()
            scores.append(classifier.score(text))
            took.append(process_time() - start)
            if options["online"] and label is not None:
                taught.append(_timed(classifier, text, label))
            if options["each"]:
                self.stdout.write(f"{scores[-1]:.4f}  {' '.join(text.split())[:100]}")
        self._say(rows, scores)
        self._say_time("a score", took)
        if not taught:  # on a copy: what was measured above has learnt none of these
            pupil = classifier.copy()
            taught = [_timed(pupil, text, label) for text, label in rows if label is not None]
        self._say_time("a learned label", taught)

    def _learn(self, classifier: Classifier, rows: list[Row]) -> None:
        labelled = [(text, label) for text, label in rows if label is not None]
        for text, label in mixed(labelled):
            classifier.learn(text, label)
        self.stdout.write(f"{'learned first':<28}{len(labelled):>9,}")

    def _say(self, rows: list[Row], scores: list[float]) -> None:
        self.stdout.write(f"{'texts':<28}{len(rows):>9,}")
        self.stdout.write(f"{'called spam':<28}{sum(s >= SPAM_FROM for s in scores):>9,}")
        pairs = [
            (s, label) for s, (_, label) in zip(scores, rows, strict=True) if label is not None
        ]
        if not pairs:
            return
        found = measured([s for s, _ in pairs], [label for _, label in pairs], SPAM_FROM)
        for name, share in (
            ("accuracy", found.accuracy),
            ("precision", found.precision),
            ("recall", found.recall),
            ("ham lost", found.ham_lost),
            ("recall at 0.5 % ham loss", found.recall_at_allowed_loss),
        ):
            self.stdout.write(f"{name:<28}{'–' if share is None else f'{share:.2%}':>9}")
        area = found.area_under_curve
        self.stdout.write(f"{'ROC AUC':<28}{'–' if area is None else f'{area:.4f}':>9}")

    def _say_time(self, what: str, took: list[float]) -> None:
        if took:
            middle, high = (sorted(took)[int(part * len(took))] * 1e6 for part in (0.5, 0.99))
            name = f"µs {what}"
            self.stdout.write(f"{name:<28}{middle:>9,.0f}  (99th percentile {high:,.0f})")


def _timed(classifier: Classifier, text: str, label: bool) -> float:
    start = process_time()
    classifier.learn(text, label)
    return process_time() - start


def _read(path: Path) -> list[Row]:
    csv.field_size_limit(min(LONGEST_FIELD, sys.maxsize))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if "text" not in (reader.fieldnames or ()):
                raise CommandError(f"{path} has no column “text” in its first line.")
            return [_row(row, reader.line_num) for row in reader]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"{path} is not a UTF-8 CSV: {error}.") from error


def _row(row: dict[str, str | None], line: int) -> Row:
    label = (row.get("label") or "").strip().lower()
    if label and label not in LABELS:
        raise CommandError(f"Line {line}: the label “{label}” is neither 1 (spam) nor 0 (ham).")
    return row["text"] or "", LABELS.get(label)
