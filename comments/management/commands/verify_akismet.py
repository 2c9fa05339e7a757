"""Ask Akismet whether key and site are good; if they are, comments are checked again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments.akismet import verdicts
from comments.spam import akismet
from comments.spam.akismet import Verdict


class Command(BaseCommand):
    help = "Ask Akismet whether AKISMET_KEY and AKISMET_SITE are good, and go on if they are."

    def handle(self, *args: Any, **options: Any) -> None:
        client = akismet.client()
        if client is None:
            raise CommandError(f"Akismet is off: {akismet.why_off()}")
        answer = verdicts.verify(client)
        if answer.verdict is not Verdict.VALID:
            raise CommandError(f"Akismet {answer.problem}.")
        self.stdout.write("Akismet accepts the key for this site.")
