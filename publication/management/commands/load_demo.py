"""Load the demonstration where nobody has begun to write."""

from typing import Any

from django.core.management.base import BaseCommand

from publication.demo.load import is_wanted, load


class Command(BaseCommand):
    help = "Load demo articles, films, pictures and comments; does nothing where an article exists."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_wanted():
            self.stdout.write("There are articles already, so no demo content was loaded.")
            return
        self.stdout.write("Drawing pictures and loading demo content …")
        load()
        self.stdout.write("Done: the front page has something to say.")
