"""Where files of the default storage are served: what `default_storage.url` says, for many names.

A card's picture has a dozen files; of a folder their addresses differ in the name alone.
"""

import re
from collections.abc import Callable

from django.core.files.storage import FileSystemStorage, default_storage, storages

_PLAIN = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")  # nothing to quote, no way up


def address(name: str) -> str:
    """Of one file."""
    return addresses()(name)


def addresses() -> Callable[[str], str]:
    """What says the address of a name, until the storage is another."""
    storage = storages["default"]
    base = getattr(storage, "base_url", None) or ""
    if type(storage).url is not FileSystemStorage.url or not base.endswith("/"):
        return default_storage.url
    plain = _PLAIN.fullmatch

    def of(name: str) -> str:
        return f"{base}{name}" if plain(name) else default_storage.url(name)

    return of
