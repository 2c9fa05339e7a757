"""Ask and tell Akismet what is due, where no worker runs: from cron, every minute."""

from typing import Any

from django.core.management.base import BaseCommand

from comments.akismet import verdicts
from comments.spam import akismet


class Command(BaseCommand):
    help = (
        "Check the comments that wait for Akismet. Any number may run; what fails is tried again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if why := akismet.why_off():
            self.stdout.write(f"Akismet is off: {why}")
            return
        done = verdicts.work_all()
        self.stdout.write(f"Asked or told Akismet {done} thing{'' if done == 1 else 's'}.")
