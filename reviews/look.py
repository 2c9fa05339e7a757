"""The publication's own look (docs/design.md), as far as pages must know of it before they paint.

Read from the stylesheets once a process: LOOK_DIR is looked at when the site starts.
"""

import os
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

FACE = "Newsreader"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_OWN_FACE = re.compile(rf"@font-face\s*\{{[^}}]*font-family\s*:\s*[\"']?{FACE}\b", re.IGNORECASE)
# What a `<meta name="theme-color">` can say: a colour that needs no other token to be known.
_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}|[a-z]+|(?!var\b|light-dark\b)[a-z-]+\([^()]*\)", re.IGNORECASE
)
_DECLARED = r"(?<![\w-]){}\s*:\s*([^;}}]+)"


@dataclass(frozen=True)
class Look:
    """`day` and `night`: the paper, empty where it is not known; `href`: the publication's own
    stylesheet, if any; `newsreader`: whether pages are set in the program's own face; `icon`: the
    publication's own, if any."""

    day: str
    night: str
    href: str = ""
    newsreader: bool = True
    icon: str = ""


def look() -> Look:
    """What pages say of their look. Until an own stylesheet or icon is collected it is the
    program's; publication.W002 says so."""
    program = _programs()
    if not settings.LOOK_IS_THERE:
        return program
    href = _collected("publication.css")
    sheet = Path(settings.LOOK_DIR) / "publication.css"
    own = _changed(program, _read(sheet)) if href else program
    return replace(own, href=href, icon=_collected("icon.png"))


def icon_address() -> str:
    """The address of the icon as a PNG: the publication's own, or the program's."""
    return look().icon or static("icon.png")


def _collected(name: str) -> str:
    """The address of a file of LOOK_DIR, empty where there is none, or none yet."""
    try:
        return static(f"look/{name}") if _is_there(Path(settings.LOOK_DIR) / name) else ""
    except ValueError:
        return ""


@lru_cache(maxsize=2)
def _changed(program: Look, css: str) -> Look:
    papers = _said(css, "--paper")
    day, night = papers_of(papers) if papers else (program.day, program.night)
    sets = [_said(css, token) for token in ("--text", "--display")]
    replaced = all(said and not any(FACE in faces for faces in said) for said in sets)
    return Look(day, night, newsreader=not replaced and not _OWN_FACE.search(css))


def papers_of(said: list[str]) -> tuple[str, str]:
    """By day and by night. Empty where it is said twice (which holds depends on more than the
    file), or through other tokens: then browsers take the paper itself or their own colour."""
    if len(said) != 1:
        return "", ""
    inner = re.fullmatch(r"light-dark\((.*)\)", said[0], re.IGNORECASE | re.DOTALL)
    if not inner:
        return (said[0], said[0]) if _COLOUR.fullmatch(said[0]) else ("", "")
    # The comma between the two, not one inside of rgb().
    two = [part.strip() for part in re.split(r",(?![^()]*\))", inner[1])]
    if len(two) != 2 or not all(_COLOUR.fullmatch(colour) for colour in two):
        return "", ""
    return two[0], two[1]


def _said(css: str, token: str) -> list[str]:
    return [said.strip() for said in re.findall(_DECLARED.format(token), css)]


@cache
def _programs() -> Look:
    return Look(*papers_of(_said(_read(settings.BASE_DIR / "static/css/site.css"), "--paper")))


@cache
def _is_there(file: Path) -> bool:
    return os.access(file, os.R_OK)


@cache
def _read(sheet: Path) -> str:
    return _COMMENT.sub(" ", sheet.read_text(encoding="utf-8", errors="replace"))
