"""Names of countries and languages in the language of the pages, of colleagues, and the order of
names.

Rows have the English names of reviews/seed, until an editor writes another. What still has its
English name is said in the pages' language, where that has a file beside it (`countries.ko.csv`,
from the Unicode CLDR); what an editor wrote is said as written.
"""

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_MARKS = re.compile("[\u0300-\u036f]")
SEED = Path(__file__).resolve().parent / "seed"


def said(kind: str, key: str, name: str) -> str:
    """`kind`: “countries” or “languages”; `key`: the ISO 3166-1 code or the BCP 47 tag."""
    language = get_language() or settings.LANGUAGE_CODE
    theirs = _names(f"{kind}.{language}.csv").get(key)
    return theirs if theirs and _names(f"{kind}.csv").get(key) == name else name


def of_colleague(user: "User") -> str:
    """As the newsroom calls them; readers see how they sign."""
    return user.get_full_name() or user.get_username()


def in_order(name: str) -> tuple[str, str]:
    """What names are sorted by, whatever the database: “Émile” and “de Souza” where readers look
    for them, and not behind “Zoe”."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", name)).casefold()
    return plain, name


@cache
def _names(file: str) -> dict[str, str]:
    """By key; empty where there is no such file."""
    if not (SEED / file).exists():
        return {}
    with (SEED / file).open(encoding="utf-8", newline="") as rows:
        return dict(list(csv.reader(rows))[1:])
