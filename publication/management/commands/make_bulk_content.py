"""Fill a database that is not a publication's with articles and comments, to measure on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publication.demo import bulk
from publication.progress import Progress
from reviews.models import Article


class Command(BaseCommand):
    help = (
        "Make many invented articles and comments, to measure how pages and desk do as the "
        "publication grows. Refuses a database with articles unless told --beside-what-is-there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=int, default=20_000)
        parser.add_argument("--comments", type=int, default=1_000_000)
        parser.add_argument("--beside-what-is-there", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if min(options["articles"], options["comments"]) < 0 or not options["articles"]:
            raise CommandError("At least one article, please, and no negative number of comments.")
        if Article.objects.exists() and not options["beside_what_is_there"]:
            raise CommandError(
                "There are articles here. Name another database in DATABASE_URL, or say "
                "--beside-what-is-there: what is made cannot be told from what was there."
            )
        with Progress(self.stdout, in_a_log=True) as tell:
            bulk.make(options["articles"], options["comments"], tell)
