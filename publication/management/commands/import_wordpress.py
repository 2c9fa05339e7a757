"""A publication moves here from WordPress; may be stopped at any time, and run again."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from comments.wordpress import Comments
from publication.progress import Progress
from reviews.models import Article
from reviews.wordpress import kinds, reading
from reviews.wordpress.articles import Articles
from reviews.wordpress.kinds import Choices
from reviews.wordpress.media import BadMedia, Media
from reviews.wordpress.pictures import Pictures
from reviews.wordpress.report import About, Report
from reviews.wordpress.stream import BrokenExport

KINDS = {kind.value.replace("_", "-"): kind for kind in Article.Kind}
NO_MEDIA = "No picture came: no --media was given. Run this again with it, and they follow"


class Command(BaseCommand):
    help = (
        "Take pieces, bylines, pictures and comments from WordPress's export (Tools → Export). "
        "What is here already is left alone, or brought up to date where nobody has changed it "
        "here, so that it can be stopped and run again. No network is used."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("export", type=Path, nargs="+", help="one XML file, or all of them")
        parser.add_argument(
            "--media", type=Path, help="the media library: a folder, or WordPress.com's tar"
        )
        for name, kind in KINDS.items():
            parser.add_argument(
                f"--{name}-category",
                action="append",
                default=[],
                metavar="NAME",
                help=f"a category whose pieces are of this kind, beside {_named(kind)}",
            )
        parser.add_argument(
            "--section",
            default=Choices.section,
            metavar="NAME",
            help="of pieces whose categories say no more than a kind (“%(default)s”)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would come, and change nothing"
        )
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the whole report")

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report()
        try:
            self._import(report, options)
        except (BrokenExport, BadMedia) as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. Run it again to go on.", returncode=130) from None
        self._say(report, options)

    def _import(self, report: Report, options: dict[str, Any]) -> None:
        paths: Sequence[Path] = options["export"]
        rehearsal: bool = options["dry_run"]
        said = {kind: options[f"{name.replace('-', '_')}_category"] for name, kind in KINDS.items()}
        site = reading.survey(paths)
        media = Media(options["media"])
        if media.given is None and site.attachments:
            report.note(About.MISSING, NO_MEDIA)
        pictures = Pictures(site, media, report, rehearsal=rehearsal)
        choices = Choices(kinds.names_of(said), options["section"])
        articles = Articles(site, choices, pictures, report)
        comments = Comments(site, report)
        with Progress(self.stdout) as tell:
            pictures.take_all(tell)
            for number, post in enumerate(reading.posts(paths, site), 1):
                with _rolled_back() if rehearsal else nullcontext():
                    article = articles.take(post)
                    if article is not None:
                        comments.take(article, post)
                tell("pieces", number, site.posts)
        pictures.look_over()

    def _say(self, report: Report, options: dict[str, Any]) -> None:
        if options["dry_run"]:
            self.stdout.write("A rehearsal: nothing was changed. This would come:")
        for line in report.lines():
            self.stdout.write(line)
        if options["report"]:
            whole = "\n".join(report.lines(most=None))
            try:
                options["report"].write_text(f"{whole}\n", encoding="utf-8")
            except OSError as error:
                said = f"The report cannot be written to “{options['report']}” ({error.strerror})."
                raise CommandError(said) from None


def _named(kind: str) -> str:
    return ", ".join(f"“{name.capitalize()}”" for name in kinds.USUAL[kind])


@contextmanager
def _rolled_back() -> Iterator[None]:
    """A transaction of which nothing stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
