"""Comments written for this project, where the development data has none: the seed learns them too.

`seed/written/honest.txt` and `spam.txt` hold templates, one text a line: `{a|b}` is a choice,
`$name` a choice from the list of that name, in which there may be choices too. Pure.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

HONEST_EACH = 36  # texts made of a template: which choices fall together is chance, and evens out
SPAM_EACH = 18

_FOLDER = Path(__file__).with_name("seed") / "written"
_CHOICE = re.compile(r"\{([^{}]*)\}")
_NAMED = re.compile(r"\$([a-z]+)")
_LIST = re.compile(r"\$([a-z]+) = (.+)")
_BETWEEN = re.compile(r"\|(?![^{}]*\})")  # the entries of a list, not the choices within one

_BOLD = {97 + n: chr(0x1D41A + n) for n in range(26)}
_CYRILLIC = dict(zip("aeocp", "аеоср", strict=True))


def texts(filling: int = 0) -> Iterator[tuple[str, bool]]:
    """What one filling of the templates makes, and whether it is spam; the same at every call."""
    for name, is_spam, each in (
        ("honest.txt", False, HONEST_EACH),
        ("spam.txt", True, SPAM_EACH),
    ):
        lists, templates = _read(name)
        change = _disguised if is_spam else _careless
        for number, template in enumerate(templates):
            random = Random(f"{name} {number} {filling}")  # noqa: S311 - can be repeated
            made = (_filled(template, lists, random) for _ in range(each))
            for text in dict.fromkeys(made):
                yield change(text, random), is_spam


def source(random: Random) -> str:
    """An address that a reader might cite."""
    return _filled("$source", _read("honest.txt")[0], random)


@cache
def _read(name: str) -> tuple[dict[str, list[str]], list[str]]:
    lists, templates = {}, []
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        named = _LIST.fullmatch(line)
        if named:
            lists[named[1]] = _BETWEEN.split(named[2])
        elif line and not line.startswith("#"):
            templates.append(line)
    return lists, templates


def _filled(template: str, lists: dict[str, list[str]], random: Random) -> str:
    while "{" in template or _NAMED.search(template):
        template = _CHOICE.sub(lambda found: random.choice(found[1].split("|")), template)
        if "{" not in template:
            template = _NAMED.sub(lambda found: random.choice(lists[found[1]]), template)
    return template.strip()


def _disguised(text: str, random: Random) -> str:
    """Now and then in capitals, in styled letters, or with Cyrillic letters among the Latin."""
    how = random.randrange(12)
    if how == 0:
        return text.upper()
    if how == 1:
        return text.lower()
    if how == 2:
        return text.translate(_BOLD)
    if how == 3:
        return "".join(_CYRILLIC.get(c, c) if random.randrange(2) else c for c in text)
    return text


def _careless(text: str, random: Random) -> str:
    """Now and then without the care for capitals and full stops."""
    how = random.randrange(18)
    return (text.lower(), text.upper(), text.rstrip(".!") or text)[how] if how < 3 else text
