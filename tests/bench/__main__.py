"""Measures everything, or the parts whose names are given, and prints one table."""

import os
import sys
import tempfile
import time
import traceback
from pathlib import Path


def main(wanted: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        _set_up(Path(folder))
        from . import (  # noqa: F401
            akismet,
            attack,
            growth,
            importing,
            listed_phrases,
            making,
            near_copies,
            pages,
            rows,
            spam,
            spam_zones,
            stills,
            twenty_four_megapixels,
        )

        names = [function.__name__ for function in rows.MEASURED]
        found, failed = [], []
        for function in rows.MEASURED:
            if wanted and function.__name__ not in wanted:
                continue
            started = time.monotonic()
            try:
                found += list(function())
            except Exception:  # the figures of the others took minutes
                traceback.print_exc()
                failed.append(function.__name__)
            took = time.monotonic() - started
            sys.stderr.write(f"{function.__name__}: {took:.0f} s\n")
    if not found and not failed:
        sys.exit(f"There is: {', '.join(names)}.")
    sys.stdout.write(rows.table(found) + "\n")
    if failed:
        sys.exit(f"Not measured, see above: {', '.join(failed)}.")


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


if __name__ == "__main__":
    main(sys.argv[1:])
