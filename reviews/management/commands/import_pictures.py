"""Pictures of a folder taken into the library, one after the other; may be stopped at any time."""

import hashlib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from reviews import intake
from reviews.intake import Batch
from reviews.models import CreditSource, Film, Image

BAR = 30  # characters of the progress bar
# What systems leave in folders without being asked.
LITTER = {"thumbs.db", "desktop.ini", "__macosx"}
ADDED, THERE, REFUSED = "added", "in the library already", "refused"


class Command(BaseCommand):
    help = (
        "Take every picture of a folder, and of the folders in it, into the library. What is there "
        "already is passed over, so that it can be stopped and run again. Renditions are made by "
        "“manage.py work”. Ends with 1 when a file was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--credit-source",
            metavar="NAME",
            help="Fill in this source's words where a file says nothing itself.",
        )
        parser.add_argument("--film", metavar="SLUG", help="The film they are stills of.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["folder"].is_dir():
            raise CommandError(f"“{options['folder']}” is not a folder.")
        batch = Batch(_source(options["credit_source"]), _film(options["film"]))
        paths = sorted(_files(options["folder"]))
        try:
            self._import(paths, batch)
        except KeyboardInterrupt:
            raise CommandError("Stopped. Run it again to go on.", returncode=130) from None

    def _import(self, paths: list[Path], batch: Batch) -> None:
        known = set(Image.objects.values_list("sha256", flat=True))
        count, refused = {ADDED: 0, THERE: 0, REFUSED: 0}, []
        for number, path in enumerate(paths, 1):
            became, sentence = _take_in(path, known, batch)
            count[became] += 1
            if became == REFUSED:
                refused.append(sentence)
            self._show(number, len(paths), path.name, became)
        self._report(count, refused)

    def _show(self, number: int, total: int, name: str, outcome: str) -> None:
        if not self.stdout.isatty():
            self.stdout.write(f"{number} of {total}: “{name}” {outcome}")
            return
        full = BAR * number // total
        self.stdout.write(
            f"\r\x1b[K[{'█' * full}{'·' * (BAR - full)}] {number} of {total}  {name[:40]}",
            ending="",
        )
        self.stdout.flush()

    def _report(self, count: dict[str, int], refused: list[str]) -> None:
        if self.stdout.isatty():
            self.stdout.write("")
        self.stdout.write(
            f"{count[ADDED]} added, {count[THERE]} in the library already, "
            f"{count[REFUSED]} refused."
        )
        if refused:
            raise CommandError("\n".join(["These were refused:", *refused]))


def _source(name: str | None) -> CreditSource | None:
    if not name:
        return None
    source = CreditSource.objects.filter(name__iexact=name).first()
    if source is None:
        names = ", ".join(f"“{known}”" for known in CreditSource.objects.all()) or "none yet"
        raise CommandError(f"There is no credit source “{name}”. There is: {names}.")
    return source


def _film(slug: str | None) -> Film | None:
    if not slug:
        return None
    film = Film.objects.filter(slug=slug).first()
    if film is None:
        raise CommandError(f"There is no film “{slug}”: give the last part of its page's address.")
    return film


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        is_litter = any(part.startswith(".") or part.lower() in LITTER for part in inside)
        if not is_litter and path.is_file():
            yield path


def _take_in(path: Path, known: set[str], batch: Batch) -> tuple[str, str]:
    """What became of a file, and why it was refused if it was."""
    try:
        opened = path.open("rb")
    except OSError as error:
        return REFUSED, f"“{path.name}” cannot be opened ({error.strerror})."
    with opened:
        digest = ""
        if path.stat().st_size <= settings.PICTURE_MAX_BYTES:  # a larger one is refused unread
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        if digest in known:
            return THERE, ""
        outcome = intake.take_in(File(opened, name=path.name), batch)
    if outcome.image:
        known.add(digest)
    if outcome.is_new():
        return ADDED, ""
    return (THERE if outcome.image else REFUSED), outcome.refusal
