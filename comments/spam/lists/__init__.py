"""Words and hosts by kind, as text files beside this one. Pure."""

from pathlib import Path


def read(name: str) -> dict[str, str]:
    """Each entry of a file with its kind: the [heading] above it. The first kind keeps an entry."""
    kinds: dict[str, str] = {}
    kind = ""
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif not line.startswith("#"):
            for entry in line.split():
                kinds.setdefault(entry, kind)
    return kinds
