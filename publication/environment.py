"""What settings are read with: django-environ, that takes nothing for something else."""

import os
import re
from collections.abc import Collection
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
_NAMED = re.compile(r"^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=", re.MULTILINE)
# What libraries and systems read for themselves.
_OTHERS = re.compile(
    r"(AWS_|DJANGO_|PG|PYTHON|LC_|LANG|SSL_|https?_|no_proxy).*|TZ|PATH", re.IGNORECASE
)


class Environment(environ.Env):  # type: ignore[misc]  # it has no types
    """Knows what it was asked for, so that a name that is mistyped can be said. What cannot be
    meant raises ImproperlyConfigured."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get_value(self, var: str, *args: Any, **options: Any) -> Any:
        self.asked.add(var)
        return super().get_value(var, *args, **options)

    def read(self, file: str) -> None:
        if Path(file).is_file() and not os.access(file, os.R_OK):
            raise ImproperlyConfigured(
                f"{file} is not for this user to read. Run this as the user whose it is, or give "
                "it their group: chgrp publication .env && chmod 640 .env"
            )
        self.read_env(file)

    def bool(self, var: str, default: Any = environ.Env.NOTSET) -> bool:
        """One of a few words; django-environ takes every other for “false”, and so a slip of the
        finger would turn a protection off."""
        said = self.str(var, default="").strip().lower()
        if not said:
            return bool(default)
        if said not in TRUE + FALSE:
            raise ImproperlyConfigured(f"{var} is “{said}”. Write true or false.")
        return said in TRUE

    def words(self, var: str, default: Collection[str] = ()) -> list[str]:
        """With commas between them, and spaces where somebody put some."""
        said: list[str] = self.list(var, default=[*default])
        return [word for each in said if (word := each.strip())]

    def one_of(self, var: str, choices: Collection[str], default: str) -> str:
        said: str = self.str(var, default=default).strip().lower()
        if said not in choices:
            raise ImproperlyConfigured(f"{var} is “{said}”. Write one of: {', '.join(choices)}.")
        return said

    def time_zone(self, var: str, default: str) -> str:
        said: str = self.str(var, default=default)
        try:
            ZoneInfo(said)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ImproperlyConfigured(
                f"{var} is “{said}”, which is none. Write one like Europe/London or Asia/Seoul."
            ) from None
        return said

    def networks(self, var: str) -> list[str]:
        """Addresses and networks; and “unix”, for sockets of this machine."""
        named = self.words(var)
        for name in named:
            try:
                if name != "unix":
                    ip_network(name, strict=False)
            except ValueError:
                raise ImproperlyConfigured(
                    f"{var} names “{name}”, which is no address, no network and not “unix”. Write "
                    "it like 10.0.0.1, 10.0.0.0/8 or unix, with commas between several."
                ) from None
        return named

    def unknown_in(self, file: Path) -> dict[str, str]:
        """The names in a file of settings that none has, and what may have been meant, or “”."""
        if not os.access(file, os.R_OK):
            return {}
        names = dict.fromkeys(_NAMED.findall(file.read_text(errors="replace")))
        unknown = [n for n in names if n not in self.asked and not _OTHERS.fullmatch(n)]
        return {name: next(iter(get_close_matches(name, self.asked, 1)), "") for name in unknown}
