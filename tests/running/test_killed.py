"""Killed at any moment, on the database of this run: what a reader was told was taken is there."""

import os
import random
import signal
import threading
import time
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.db.models import Count, F

from comments.models import Comment, Decision, Finding, Notice
from tests.comments.mail_server import mail_server
from tests.comments.posting import address_of, form_data
from tests.factories import make_article

from .processes import Server, descendants, served, until

POSTERS = 3
VICTIMS = ("one", "worker", "web", "one")  # one: of the web server's processes
DIED_WITH_CLAIM = timedelta(minutes=15)  # longer than any claim is respected


class Poster(threading.Thread):
    """A reader after the other, each from an address of its own, who presses again when no answer
    comes. `taken`: the texts that were answered with the redirect to the waiting comment."""

    def __init__(self, number: int, server: Server, path: str, form: dict[str, str]) -> None:
        super().__init__()
        self.number, self.server, self.path, self.form = number, server, path, form
        self.taken: list[str] = []
        self.unanswered = 0
        self.stop = threading.Event()

    def run(self) -> None:
        count = 0
        while not self.stop.is_set():
            count += 1
            text = f"Seat {count} of row {self.number}: the sound came from behind me."
            said = {"email": f"r{self.number}.{count}@example.org", "text": text}
            address = {"X-Forwarded-For": f"10.{self.number}.{count // 250}.{count % 250 + 1}"}
            for _ in range(20):
                status = self.server.post(self.path, self.form | said, **address)
                if status == 303:
                    self.taken.append(text)
                if status or self.stop.is_set():
                    break
                self.unanswered += 1
                time.sleep(0.1)


def kill(victim: str, server: Server, chance: random.Random) -> None:
    """Now, whatever it is doing; not while it is being started again."""
    until(lambda: len(server.children()) == 2, "both run")
    if victim == "one":
        web = server.children()["web"]
        until(lambda: descendants(web), "its processes run")
        pid = chance.choice(descendants(web))
    else:
        pid = server.children()[victim]
    os.kill(pid, signal.SIGKILL)


def test_whoever_is_killed_every_comment_that_was_acknowledged_is_there_once_and_mails_go_on(
    env: dict[str, str], tmp_path: Path
) -> None:
    article, chance = make_article(), random.Random(7)
    form = form_data(article) | {"replies": "on"}
    with mail_server() as mails:
        env |= {
            "TRUSTED_PROXIES": "127.0.0.1",
            "EMAIL_URL": f"smtp://127.0.0.1:{mails.server_address[1]}",
        }
        with served(env, tmp_path / "log") as server:
            posters = [Poster(n, server, address_of(article), form) for n in range(POSTERS)]
            for poster in posters:
                poster.start()
            for victim in VICTIMS:
                before = sum(len(poster.taken) for poster in posters)
                until(lambda n=before: sum(len(p.taken) for p in posters) > n, "posts are taken")
                time.sleep(chance.uniform(0, 0.3))
                kill(victim, server, chance)
            until(lambda: server.get("/healthz")[0] == 200, "it serves again")
            for poster in posters:
                poster.stop.set()
            for poster in posters:
                poster.join()
            taken = [text for poster in posters for text in poster.taken]
            assert len(taken) > len(VICTIMS)
            until(lambda: server.get("/readyz")[0] == 200, "ready again")
            held = Comment.objects.values_list("text", flat=True)
            assert sorted(set(held)) == sorted(held), "none is there twice"
            assert set(taken) <= set(held), "none is lost"
            whole = Comment.objects.annotate(n=Count("decisions", distinct=True))
            assert not whole.exclude(n=1).exists()
            assert Decision.objects.count() == len(held)
            assert Finding.objects.values("comment").distinct().count() == len(held)
            Notice.objects.exclude(claimed_at=None).filter(sent_at=None).update(
                claimed_at=F("claimed_at") - DIED_WITH_CLAIM
            )
            owed = Notice.objects.filter(sent_at=None, dropped_at=None)
            until(lambda: not owed.exists(), "every mail that was owed is sent")
    told = {address for recipients in mails.recipients for address in recipients}
    assert {email for (email,) in Comment.objects.values_list("author_email")} == told
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)
