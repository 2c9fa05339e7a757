"""One module of the bench in a process, a database and folders of its own: what one leaves behind
would be part of what the next one measures."""

import os
import sys
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from . import rows


class Measured(NamedTuple):
    """What one module has measured, which of its parts failed, and the names of all of them."""

    found: list[rows.Row]
    failed: list[str]
    names: list[str]


def measure(module: str, wanted: list[str]) -> Measured:
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        try:
            return process.submit(_measure, module, wanted).result()
        except Exception:  # the figures of the others took minutes
            traceback.print_exc()
            return Measured([], [module], [])


def _measure(module: str, wanted: list[str]) -> Measured:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        _set_up(Path(folder))
        own = import_module(f"tests.bench.{module}").__name__
        functions = [function for function in rows.MEASURED if function.__module__ == own]
        measured = Measured([], [], [function.__name__ for function in functions])
        for function in functions:
            if wanted and function.__name__ not in wanted:
                continue
            started = time.monotonic()
            try:
                measured.found.extend(function())
            except Exception:
                traceback.print_exc()
                measured.failed.append(function.__name__)
            took = time.monotonic() - started
            sys.stderr.write(f"{function.__name__}: {took:.0f} s\n")
    return measured


def _set_up(folder: Path) -> None:
    """A publication of its own in a folder that goes away; your data is not touched."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "publication.settings",
        "SECRET_KEY": "only-for-measuring-" + "x" * 40,
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "PAGE_STORE": str(folder / "pages.sqlite3"),
        "ORIGINALS_ROOT": str(folder / "originals"),
        "HTTPS": "false",
    }
    import django

    django.setup()
