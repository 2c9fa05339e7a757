"""What settings are read with: django-environ, that takes nothing for something else."""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
_NAMED = re.compile(r"^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=", re.MULTILINE)
# What libraries and systems read for themselves.
_OTHERS = re.compile(
    r"(AWS_|DJANGO_|PG|PYTHON|LC_|LANG|SSL_|https?_|no_proxy).*|TZ|PATH", re.IGNORECASE
)


class Environment(environ.Env):  # type: ignore[misc]  # it has no types
    """Knows what it was asked for, so that a name that is mistyped can be said."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get_value(self, var: str, *args: Any, **options: Any) -> Any:
        self.asked.add(var)
        return super().get_value(var, *args, **options)

    def bool(self, var: str, default: Any = environ.Env.NOTSET) -> bool:
        """One of a few words; django-environ takes every other for “false”, and so a slip of the
        finger would turn a protection off. Raises ImproperlyConfigured."""
        said = self.str(var, default="").strip().lower()
        if not said:
            return bool(default)
        if said not in TRUE + FALSE:
            raise ImproperlyConfigured(f"{var} is “{said}”. Write true or false.")
        return said in TRUE

    def unknown_in(self, file: Path) -> dict[str, str]:
        """The names in a file of settings that none has, and what may have been meant, or “”."""
        if not os.access(file, os.R_OK):
            return {}
        names = dict.fromkeys(_NAMED.findall(file.read_text(errors="replace")))
        unknown = [n for n in names if n not in self.asked and not _OTHERS.fullmatch(n)]
        return {name: next(iter(get_close_matches(name, self.asked, 1)), "") for name in unknown}
