"""A publication leaves for WordPress, or for what imports from it."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from comments.wxr import Replies
from publication.backups import unfinished
from publication.models import Masthead
from publication.progress import Progress
from reviews.models import Article, Image
from reviews.wordpress.wxr import Export

AT_ONCE = 200  # pieces, with all that belongs to them


class Command(BaseCommand):
    help = (
        "Write every piece, picture and comment into one file that WordPress reads (Tools → "
        "Import), and much else with it. It holds readers' e-mail addresses: keep it as safe as "
        "the database. To come back to this program, make a backup instead."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="a new file, such as publication.xml")
        parser.add_argument(
            "--media",
            type=Path,
            metavar="FOLDER",
            help="also copy the pictures as they were uploaded, into this new folder",
        )
        parser.add_argument(
            "--without-addresses",
            action="store_true",
            help="leave readers' e-mail addresses out, as for somebody else to look at",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target, media = options["target"], options["media"]
        for there in filter(None, (target, media)):
            if not there.parent.is_dir():
                raise CommandError(f"There is no folder {there.parent}.")
            if there.exists():
                raise CommandError(f"{there} is there already. Name another, or move it away.")
        replies = Replies(addresses=not options["without_addresses"])
        try:
            with ExitStack() as stack:
                file = self._beside(target, stack) / "export.xml"
                pictures = self._beside(media, stack) / "pictures" if media else None
                if pictures:
                    pictures.mkdir()
                with one_moment():
                    export = self._write(file, pictures, replies)
                _put_in_place(file, target, pictures, media)
        except OSError as error:
            where = error.filename or target
            raise CommandError(f"Nothing was exported: {error.strerror} ({where}).") from None
        said = f"{self.pieces:,} pieces, {self.pictures:,} pictures, {replies.number:,} comments"
        self.stdout.write(f"{target}: {said}.")
        if export.held:
            self.stdout.write(
                "These pictures stay here, because of their embargo or because their time ended: "
                f"{', '.join(export.held)}."
            )
        if export.lost:
            raise CommandError(
                f"It was written without {len(export.lost)} pictures whose files are not there: "
                f"{', '.join(export.lost[:5])}{' …' if len(export.lost) > 5 else ''}"
            )

    def _beside(self, there: Path, stack: ExitStack) -> Path:
        """A folder to work in, on the same disk, that goes whatever happens."""
        unfinished.sweep(there.parent)
        return stack.enter_context(unfinished.workplace(there.parent))

    def _write(self, path: Path, media: Path | None, replies: Replies) -> Export:
        masthead = Masthead.objects.current()
        pieces = Article.objects.exclude(status=Article.Status.DELETED).order_by("pk")
        self.pieces, self.pictures = pieces.count(), 0
        path.touch(mode=0o600, exist_ok=False)
        with path.open("w", encoding="utf-8") as out, Progress(self.stdout) as tell:
            export = Export(out, media)
            export.begin(masthead.name, masthead.tagline)
            of = Image.objects.count()
            for self.pictures, _picture in enumerate(export.pictures(), 1):
                tell("pictures", self.pictures, of)
            self.pictures -= len(export.lost) + len(export.held)
            whole = pieces.select_related(
                "section", "film", "lead_image", "edition__festival", "screening__edition__festival"
            ).prefetch_related(
                "bylines__reviewer", "tags", "body_images", "film__countries", "covered_films__film"
            )
            for number, article in enumerate(whole.iterator(AT_ONCE), 1):
                export.article(article, replies.of(article))
                tell("pieces", number, self.pieces)
            last = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            export.page(last + 1, _("About"), "about", masthead.about)
            export.page(
                last + 2, _("How comment data is processed"), "privacy", masthead.comment_privacy
            )
            export.end()
        return export


def _put_in_place(file: Path, target: Path, pictures: Path | None, media: Path | None) -> None:
    """Both, or none of them."""
    if pictures and media:
        pictures.rename(media)
    try:
        unfinished.put_in_place(file, target)
    except BaseException:  # Ctrl-C, too
        if pictures and media:
            media.rename(pictures)
        raise


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read inside is of one moment, and nobody who writes waits for it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
