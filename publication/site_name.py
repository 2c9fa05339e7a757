"""What the publication is called, on pages that must not ask the database: its name as this process
read it last, which a process does before its first reader (ready.py)."""

from urllib.parse import urlsplit

from django.conf import settings

_read: dict[str, str] = {}


def remember(name: str) -> None:
    _read["name"] = name


def known() -> str:
    """No query. Where none was read yet, the host of SITE_URL: there readers are, all the same."""
    return _read.get("name") or urlsplit(settings.SITE_URL).hostname or ""
