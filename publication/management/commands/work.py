"""The worker: does what waits, row by row, until it is told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from comments import notices, privacy
from reviews import darkroom, library

PAUSE = 1.0  # seconds between looks when nothing waits: an editor notices no more
PRUNE_EVERY = 600  # looks


class Command(BaseCommand):
    help = (
        "Make the pictures' renditions, send the mails that are owed, and delete retired files. "
        "Any number of workers may run; each row is done by one. Stops after the row in hand on "
        "SIGTERM."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what waits now, then stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            done = darkroom.develop_all()
            library.prune()
            privacy.purge()
            notices.owe_digests()
            notices.send_due()
            self.stdout.write(f"Made the renditions of {done} picture{'' if done == 1 else 's'}.")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        looks = 0
        while not stop.is_set():
            if looks % PRUNE_EVERY == 0:
                library.prune()
                privacy.purge()
                notices.owe_digests()
            looks += 1
            if darkroom.develop_next() is None and not notices.send_due(limit=1):
                close_old_connections()
                stop.wait(PAUSE)
