"""/healthz: this process answers. /readyz: what it needs answers too, part by part.

Answered before anything else: a load balancer asks by an address of its own, over plain HTTP, and
must neither be redirected nor be refused for its Host. What the names mean is Kubernetes' custom,
and so is `exclude`: a load balancer leaves out all that readers lose nothing by.
"""

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response

from reviews import migrated
from reviews.finding import index

from . import heartbeat
from .backups import series
from .pagecache import purging
from .storage_trials import Trial
from .system_users import named

log = logging.getLogger(__name__)

LEAST_FREE = 200_000_000  # bytes: some of the largest pictures, with all their sizes
TRIALS = [Trial("default", "served pictures"), Trial("originals", "originals")]
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_NO_DATABASE = "Not asked, because the database does not answer."


class HealthMiddleware:
    """Stands before what looks at hosts and at HTTPS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = {"/healthz": _healthz, "/readyz": _readyz}.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "GET"})
        return answer(request)


def problems(without: frozenset[str] = frozenset()) -> dict[str, str]:
    """What is wrong with each part, in words without secrets; “” where nothing is."""
    found = {"database": _database()}
    reachable = not found["database"]
    asks: list[tuple[str, Callable[[], str]]]
    asks = [("migrations", _migrations), ("worker", heartbeat.problem)]
    if settings.CDN_PURGE:
        asks.append(("cdn", purging.problem))
    for name, ask in asks:
        if name not in without:
            found[name] = _asked(ask) if reachable else _NO_DATABASE
    for trial in TRIALS:
        if trial.alias not in without:
            found[trial.alias] = trial.problem()
    if settings.BACKUPS_DIR and "backup" not in without:
        found["backup"] = series.problem()
    if "disk" not in without:
        found["disk"] = disk_problem()
    return found


def disk_problem() -> str:
    """Of the disks on which this machine keeps the database and pictures; “” while there is room.

    SQLite reads on when its disk is full, and so does the site: nobody would notice but those who
    post.
    """
    places = {"database": Path(str(connection.settings_dict["NAME"])).parent}
    if connection.vendor != "sqlite" or not places["database"].is_absolute():
        places = {}  # on another machine, or in memory
    for trial in TRIALS:
        if location := getattr(storages[trial.alias], "location", ""):
            places[trial.what] = Path(location)
    for what, place in places.items():
        with suppress(OSError):  # not made yet
            free = shutil.disk_usage(place).free
            if free < LEAST_FREE:
                return f"{free // 1_000_000} MB are left on the disk of the {what}. Make room."
    return ""


def problems_at_start() -> str:
    """Why serving would be no use yet: the database, or what it lacks; or “”."""
    if said := unanswered():
        return said
    return f"Migrations: {said}" if (said := _asked(_migrations)) else ""


def of_a_newer_version() -> str:
    """What who goes back to an older program is told, or “”: pages are read as ever."""
    if not (ahead := migrated.ahead(migrated.applied())):
        return ""
    return (
        f"The database is of a newer version of the program ({'.'.join(ahead[0])}), and may refuse "
        "what this one writes: put that version back, or restore the backup of before."
    )


def unanswered() -> str:
    """Why the database does not answer, and what to do, for who runs a command; or “”. Its own
    words name hosts and files, and are for nobody else."""
    error = _tried()
    if error is None:
        return _unwritable()
    words = " ".join(str(error).split()).rstrip(".")
    where = connection.settings_dict
    if said := damage(error):
        return said
    if connection.vendor == "sqlite":
        what = f"The database {where['NAME']} cannot be opened: {words}."
        return (
            f"{what} Make its folder, and let this user write to it; DATABASE_URL says where it is."
        )
    what = f"The database “{where['NAME']}” does not answer: {words}."
    return f"{what} Start it, or correct DATABASE_URL, which says where it is."


def damage(error: BaseException | None) -> str:
    """What to do where SQLite finds its file broken, for who runs a command; or “”."""
    code = getattr(getattr(error, "__cause__", None) or error, "sqlite_errorcode", 0)
    if code & 0xFF not in _DAMAGED:  # without what it says beyond
        return ""
    return (
        f"The database {connection.settings_dict['NAME']} is damaged: {error}. Stop the "
        "publication, put this file aside with those beside it that end with -wal and -shm, and "
        "restore the newest backup (docs/deploying.md)."
    )


def is_away(error: BaseException | None) -> bool:
    """Whether it came of a database that does not answer; one that does may say no for many other
    reasons. One query, where a connection is open."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return connection.connection is None or not connection.is_usable()


def _healthz(_request: HttpRequest) -> HttpResponse:
    return _plain("ok\n")


def _readyz(request: HttpRequest) -> HttpResponse:
    found = problems(frozenset(request.GET.getlist("exclude")))
    text = "".join(f"{part}: {said or 'ok'}\n" for part, said in found.items())
    wrong = " ".join(f"{part}: {said}" for part, said in found.items() if said)
    if not wrong:
        return _plain(text)
    response = _plain(text, HTTPStatus.SERVICE_UNAVAILABLE)
    # In place of Django's line, which has no reason: a monitor wakes people, who read the log.
    log_response("/readyz 503. %s", wrong, response=response, logger=log, level="error")
    return response


def _plain(text: str, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    kind = "text/plain; charset=utf-8"
    return HttpResponse(text, status=status, content_type=kind, headers=headers)


def _unwritable() -> str:
    """SQLite reads what it may not write, and says so to the first who posts. It writes beside its
    file, too."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not Path(name).is_file():
        return ""
    for path in (Path(name), Path(name).parent):
        if os.access(path, os.W_OK):
            continue
        if os.statvfs(path).f_flag & os.ST_RDONLY:  # also what Linux makes of a disk that fails
            return (
                f"{path}, of the database, is on a disk that can only be read now. Look at dmesg, "
                "then mount it so that it can be written."
            )
        return (
            f"{path}, of the database, cannot be written by {named(os.geteuid())}: it belongs "
            f"to {named(path.stat().st_uid)}. Let this user write to it "
            "(chown), or run this as that one."
        )
    return ""


def _was_moved() -> bool:
    """SQLite goes on in the file that it opened, whatever became of its name; and makes one of that
    name where nothing is open yet."""
    name = Path(str(connection.settings_dict["NAME"]))
    return connection.vendor == "sqlite" and name.is_absolute() and not name.is_file()


def _database() -> str:
    error = _tried()
    if error is None and _was_moved():
        return "Its file was moved or deleted. Put it back, then restart the publication."
    if error is None and _unwritable():
        return "It cannot be written by this user."
    if damage(error):
        return "It is damaged."
    return "" if error is None else f"It does not answer ({type(error).__name__})."


def _tried() -> Exception | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError) as error:
        connection.close()
        return error
    return None


def _asked(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except (DatabaseError, InterfaceError) as error:
        what = "is damaged" if damage(error) else f"could not say ({type(error).__name__})"
        return f"The database {what}."


def unmigrated() -> str:
    """One query, and one for the list of tables."""
    missing = migrated.missing()
    return f"{missing} not applied yet. Run manage.py migrate." if missing else ""


def _migrations() -> str:
    """Whether `migrate` came to its end: after its last step it makes the index of the search, and
    what notes changes for it. Two queries more."""
    if said := unmigrated():
        return said
    if not index.is_ready():
        return "All applied, but the search has no index. Run manage.py migrate."
    return ""
