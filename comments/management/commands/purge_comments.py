"""Drop what of commenters has been kept long enough; the worker does so by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from comments import privacy


class Command(BaseCommand):
    help = (
        "Drop hashes of network addresses after 30 days, what was sent to Akismet after 15, rows "
        "of sent mails after 90, wishes that nobody confirmed after 30, confirmed addresses that "
        "were not used for 400, and listed senders 30 days after their last day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        touched = 0
        while some := privacy.purge():
            touched += some
        self.stdout.write(f"{touched} row{'' if touched == 1 else 's'} purged.")
