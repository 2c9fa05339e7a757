"""Send the mails that are owed, where no worker runs: from cron, every minute."""

from typing import Any

from django.core.management.base import BaseCommand

from comments import notices
from comments.following import sending


class Command(BaseCommand):
    help = "Send the mails that are due. Any number may run at once; what fails is tried again."

    def handle(self, *args: Any, **options: Any) -> None:
        notices.owe_digests()
        sent = notices.send_due() + sending.send_all()
        self.stdout.write(f"Sent {sent} mail{'' if sent == 1 else 's'}.")
