"""Production: the web server and the worker, kept running until SIGTERM."""

import json
import os
import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from publication import health, processes, proxies

_SOCKETS = (
    "systemd listens on {held} sockets, so that there are {held} processes and not {processes}: "
    "each answers who comes to its own. For fewer, take a ListenStream= from "
    "publication-web.socket."
)


class Command(BaseCommand):
    help = (
        "Serve the publication: web server and worker together, each started again when it dies. "
        "SIGTERM stops both, after the requests and the row in hand."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--bind",
            default="127.0.0.1:8000",
            help="address:port; 127.0.0.1:8000 unless said, or where systemd listens for us",
        )
        parser.add_argument(
            "--processes", type=int, default=2, help="of the web server; 2 unless said"
        )
        parser.add_argument(
            "--only",
            choices=["web", "worker"],
            help="One of the two alone, without a supervisor: for systemd, which is one.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Does not come back: this process becomes the supervisor, or the one that was asked for.

        Raises CommandError when what is needed is not there.
        """
        bind = _bind(options["bind"])
        if options["processes"] < 1:
            raise CommandError("--processes: at least 1.")
        if problem := health.problems_at_start():
            if not (processes.held_open() and health.unanswered()):
                raise CommandError(problem)
            self.stderr.write(problem)  # readers wait already, and are told so in words
        elif said := health.of_a_newer_version():
            self.stderr.write(said)
        if options["only"] == "worker":
            _become(processes.worker())
        _require_static_files()
        held = len(processes.held_open()) if options["only"] == "web" else 0
        if not held:
            _require_free(bind)
        if said := proxies.nobody_is_believed():
            self.stderr.write(f"{said} {proxies.NAME_IT}")
        if held > options["processes"]:
            self.stderr.write(_SOCKETS.format(held=held, **options))
        web = processes.web(bind, max(options["processes"], held))
        if options["only"] == "web":
            _become(web)
        children = [
            {"name": "The web server", "command": web, "essential": True},
            {"name": "The worker", "command": processes.worker()},
        ]
        _become([*processes.supervisor(), json.dumps(children)])


def _bind(text: str) -> processes.Bind:
    try:
        return processes.Bind.parse(text)
    except ValueError as error:
        raise CommandError(f"--bind: {error}") from None


def _require_static_files() -> None:
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise CommandError("The static files are not collected: run manage.py collectstatic first.")


def _require_free(bind: processes.Bind) -> None:
    """A server that finds its port taken says so in many lines."""
    family = socket.AF_INET6 if ":" in bind.host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((bind.host, bind.port))
        except OSError as error:
            raise CommandError(f"Cannot listen on {bind}: {error.strerror}.") from None


def _become(command: list[str]) -> None:
    os.chdir(settings.BASE_DIR)
    os.execv(command[0], command)  # noqa: S606 (our own words)
