"""The worker: does what waits, row by row, until it is told to stop."""

import faulthandler
import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import pluralize
from django.utils.text import get_text_list

from publication import health, processes, ready, worker

NICENESS = 10  # encoding pictures takes what processor time serving pages leaves


class Command(BaseCommand):
    help = (
        "Make the pictures' renditions, send the mails that are owed, build the spam classifier "
        "again when something it learnt was corrected, and delete what is kept no longer. Any "
        "number of workers may run; each row is done by one. Stops after the row in hand on "
        "SIGTERM."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what waits now, then stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self._once()
            return
        own = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, own))
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        faulthandler.enable()  # systemd ends one that hangs by SIGABRT: the log says where it was
        ready.read_templates("emails")
        processes.say_ready()
        worker.work(stop)

    def _once(self) -> None:
        if problem := health.problems_at_start():
            raise CommandError(problem)
        done = worker.work_once()
        made = done.pictures
        self.stdout.write(f"Made the renditions of {made} picture{pluralize(made)}.")
        if done.failed:
            names = get_text_list([f"“{name}”" for name in done.failed], "and")
            raise CommandError(
                f"Not done: {names}. Why is said above; everything else was done, and the next "
                "run tries again."
            )
