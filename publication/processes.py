"""The processes that serve the publication, as commands."""

import os
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings

_FIRST = 3  # SD_LISTEN_FDS_START


@dataclass(frozen=True)
class Bind:
    """Where the web server listens."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> "Bind":
        """Of “127.0.0.1:8000” or “[::1]:8000”. Raises ValueError."""
        host, _, port = text.rpartition(":")
        if not host or not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError(f"“{text}” is not an address and a port, such as 127.0.0.1:8000.")
        return cls(host.strip("[]"), int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def held_open() -> list[int]:
    """The descriptors on which systemd listens for us (sd_listen_fds(3)), so that whoever comes
    while we start again waits instead of being refused; none where we listen ourselves."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return []
    count = os.environ.get("LISTEN_FDS", "")
    return list(range(_FIRST, _FIRST + int(count))) if count.isdecimal() else []


def say_ready() -> None:
    """Tells systemd that we serve (sd_notify(3)), for which whoever starts us waits."""
    _say(b"READY=1")


def say_alive() -> None:
    """Tells systemd that rows are being done. After WatchdogSec= without it we are taken to hang,
    and started again."""
    _say(b"WATCHDOG=1")


def _say(what: bytes) -> None:
    name = os.environ.get("NOTIFY_SOCKET", "")
    if not name:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear, suppress(OSError):  # nobody hears
        ear.connect(name.replace("@", "\0", 1) if name.startswith("@") else name)
        ear.sendall(what)


def web(bind: Bind, processes: int) -> list[str]:
    words = [bind.host, str(bind.port), str(processes)]
    return [sys.executable, "-m", "publication.web_server", *words]


def worker() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "work"]


def supervisor() -> list[str]:
    return [sys.executable, "-m", "publication.supervisor"]
