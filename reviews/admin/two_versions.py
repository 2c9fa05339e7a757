"""A form that was typed into while a colleague saved: what each changed, and what both did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.http import QueryDict

from . import differences
from .as_sent import Part, Rows, Sent, field_in, rows_in, with_rows

CHOICE = "stays-"  # begins the names of the controls by which an editor chooses
MINE, THEIRS = "mine", "theirs"
LEFT_OUT = "…"  # stands for lines that both versions have
FEW_LINES = 3  # are shown whole


@dataclass(frozen=True)
class Opened:
    """What a form remembers of its opening: the `state` of all of it, the digest of each part, and
    the parts of which an editor was asked to choose a version."""

    state: str
    at: str  # milliseconds of Unix time
    parts: Mapping[str, str]
    asked: frozenset[str] = frozenset()

    def __str__(self) -> str:
        said = (f"{key}{'!' * (key in self.asked)}={it}" for key, it in self.parts.items())
        return f"{self.state}.{self.at}.{','.join(said)}"

    @classmethod
    def read(cls, said: str) -> "Opened":
        """Whatever was sent; what says nothing matches nothing."""
        state, at, parts = [*said.split(".", 2), "", ""][:3]
        pairs = [each.partition("=") for each in parts.split(",") if "=" in each]
        known = {key.removesuffix("!"): digest for key, _, digest in pairs}
        return cls(state, at, known, frozenset(k[:-1] for k, _, _ in pairs if k.endswith("!")))


@dataclass(frozen=True)
class Choice:
    """A part of which there are two versions, in words."""

    key: str
    label: str
    mine: str
    theirs: str
    chosen: str = ""

    @property
    def name(self) -> str:
        return f"{CHOICE}{self.key}"

    def versions(self) -> list[tuple[str, str]]:
        """(what is sent, the words), mine first; of long texts the lines that differ."""
        mine, theirs = self.mine.splitlines(), self.theirs.splitlines()
        if max(len(mine), len(theirs)) > FEW_LINES:
            mine, theirs = _apart(mine, theirs)
        return [(MINE, "\n".join(mine)), (THEIRS, "\n".join(theirs))]

    def shown(self) -> list[tuple[str, differences.Pieces]]:
        """The same, with the words in which they differ apart."""
        (_, mine), (_, theirs) = self.versions()
        return [*zip((MINE, THEIRS), differences.apart(mine, theirs), strict=True)]


@dataclass
class Melded:
    """The form's data with what only the colleague changed; `open` is to be chosen, and `kept` is
    what was chosen to stand in place of a colleague's."""

    data: QueryDict
    taken: list[str] = field(default_factory=list)
    open: list[Choice] = field(default_factory=list)
    kept: list[Choice] = field(default_factory=list)


def meld(data: QueryDict, opened: Opened, fields: Sequence[Part], lists: Sequence[Rows]) -> Melded:
    """`fields` and `lists` are what stands now; `data` is a copy, which is changed."""
    melded = Melded(data)
    for part in fields:
        mine = field_in(data, part)
        if _theirs_stands(part, mine, opened, melded):
            for name, values in part.sent.items():
                data.setlist(name, values) if values else data.pop(name, None)
    for rows in lists:
        melded.data = _rows_melded(rows, opened, melded)
    return melded


def _rows_melded(rows: Rows, opened: Opened, melded: Melded) -> QueryDict:
    """Each old row in its latest version; those that a colleague added, behind them. One that was
    deleted comes back as a new one where words of its own were typed into it."""
    old, new = [], []
    left = dict(rows.parts)
    for sent in rows_in(melded.data, rows.prefix).values():
        pk = (sent.get(rows.key) or [""])[0]
        part = left.pop(pk, None)
        if part is None:
            was = opened.parts.get(f"{rows.prefix}:{pk}")
            new += [sent] if _is_worth_keeping(rows, sent, was) else []
        elif _theirs_stands(part, sent, opened, melded):
            old.append(sent | part.sent | {"DELETE": []})
        else:
            old.append(sent)
    for pk, part in left.items():
        melded.taken.append(part.label)
        old.append(part.sent | {rows.key: [pk]})
    return with_rows(melded.data, rows.prefix, {rows.key}, old, new)


def _is_worth_keeping(rows: Rows, sent: Sent, was: str | None) -> bool:
    return not sent.get("DELETE") and was != rows.blank.digest(sent)


def _theirs_stands(part: Part, mine: Sent, opened: Opened, melded: Melded) -> bool:
    """Whether their version takes the place of what was sent; what was found goes into `melded`."""
    now, typed = part.digest(), part.digest(mine)
    if now == typed:
        return False
    was = opened.parts.get(part.key)
    chosen = melded.data.get(f"{CHOICE}{part.key}", "") if part.key in opened.asked else ""
    choice = Choice(part.key, part.label, part.in_words(mine), part.in_words(part.sent), chosen)
    if part.key in opened.asked and was == now:
        if chosen == MINE:
            melded.kept.append(choice)
        elif chosen != THEIRS:
            melded.open.append(choice)
        return chosen == THEIRS
    if was == now:
        return False
    if was == typed:
        melded.taken.append(part.label)
        return True
    melded.open.append(choice)
    return False


def _apart(mine: list[str], theirs: list[str]) -> tuple[list[str], list[str]]:
    """The lines that differ, with a sign where equal ones stand."""
    ours: list[str] = []
    others: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        ours += [LEFT_OUT] if tag == "equal" else mine[a:b]
        others += [LEFT_OUT] if tag == "equal" else theirs[c:d]
    return ours, others
