"""Build the spam classifier again from the log of decisions, by hand and at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments.learning import lessons, rebuilding


class Command(BaseCommand):
    help = (
        "Build the spam classifier again from what moderators decided, in the order in which they "
        "did. The worker does this by itself after every correction; nothing is lost either way."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        lessons.want()
        labels = rebuilding.rebuild_next()
        if labels is None:
            raise CommandError(
                "It was not built here: another process is at it just now. If the newsroom still "
                "says after five minutes that it is to be built, run this again."
            )
        self.stdout.write(f"Learnt {labels} label{'' if labels == 1 else 's'} from the log.")
