"""Archives of backups: put back, or with something in them that is otherwise."""

import json
import shutil
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from publication.backups.archive import MANIFEST

needs_tools = pytest.mark.skipif(
    connection.vendor == "postgresql" and shutil.which("pg_dump") is None,
    reason="PostgreSQL's client tools are not installed",
)


def restored(path: Path, **options: bool) -> str:
    """Puts it in the place of what is here; answers what was said of that."""
    out = StringIO()
    call_command("restore", str(path), replace=True, stdout=out, **options)
    return out.getvalue()


def rewritten(source: Path, target: Path, **changed: object) -> Path:
    """The same archive with a manifest of which something is changed, or with other files."""
    more = changed.pop("more", {})
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == MANIFEST:
                data = json.dumps(json.loads(data) | changed).encode()
            new.writestr(name, data)
        for name, data in more.items():  # type: ignore[attr-defined]
            new.writestr(name, data)
    return target
