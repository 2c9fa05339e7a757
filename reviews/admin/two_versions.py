"""A form that was typed into while a colleague saved: what each changed, and what both did."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.http import QueryDict

from . import differences
from .as_sent import REMOVED, Part, Rows, Sent, field_in, key_in, rows_in, with_rows

CHOICE = "stays-"  # begins the names of the controls by which an editor chooses
ROW = "-row"  # ends the name of the control with a row that a colleague deleted
MINE, THEIRS = "mine", "theirs"
LEFT_OUT = "…"  # stands for lines that both versions have
FEW_LINES = 3  # are shown whole
# Of both together, from the first that differs to the last. Lines that come again and again take
# time with the cube of their number, 500 a tenth of a second and 4,000 three quarters of a minute,
# and whoever may write a draft may send them.
MOST_LINES = 500


@dataclass(frozen=True)
class Opened:
    """What a form remembers of its opening: the `state` of all of it, the digest of each part, and
    the parts of which an editor was asked to choose a version."""

    state: str
    at: str  # milliseconds of Unix time
    parts: Mapping[str, str]
    asked: frozenset[str] = frozenset()

    def __str__(self) -> str:
        parts = {**dict.fromkeys(sorted(self.asked), ""), **self.parts}  # some are gone
        said = (f"{key}{'!' * (key in self.asked)}={it}" for key, it in parts.items())
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
    """A part of which there are two versions, in words. Of a row, the names of the columns that
    `differ`; of one that the colleague deleted, what was sent of it, to be `returning`."""

    key: str
    label: str
    mine: str
    theirs: str
    chosen: str = ""
    differ: Sequence[str] = ()
    returning: str = ""

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

    def chosen(self, key: str, opened: Opened) -> str:
        """Which version of a part its editor chose, where they were asked to; or “”."""
        return self.data.get(f"{CHOICE}{key}", "") if key in opened.asked else ""

    def note(self, choice: Choice) -> None:
        """As kept, or as still open; where theirs was chosen it is neither."""
        if choice.chosen == MINE:
            self.kept.append(choice)
        elif choice.chosen != THEIRS:
            self.open.append(choice)


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
    deleted comes back as a new one where it was changed and its editor chooses so."""
    old, gone = [], dict(_asked_before(rows, opened, melded.data))
    left = dict(rows.parts)
    for sent in rows_in(melded.data, rows.prefix).values():
        pk = key_in(sent, rows.key)
        part = left.pop(pk, None)
        if part is None:
            key = f"{rows.prefix}:{pk}"
            if _is_worth_keeping(rows, sent, opened.parts.get(key)):
                gone[key] = sent
        elif _theirs_stands(part, sent, opened, melded):
            old.append(sent | part.sent | {"DELETE": []})
        else:
            old.append(sent)
    for pk, part in left.items():
        melded.taken.append(part.label)
        old.append(part.sent | {rows.key: [pk]})
    new = [sent for key, sent in gone.items() if _comes_back(rows, key, sent, opened, melded)]
    return with_rows(melded.data, rows.prefix, {rows.key}, old, new)


def _asked_before(rows: Rows, opened: Opened, data: QueryDict) -> Iterator[tuple[str, Sent]]:
    """The rows that a colleague deleted, and what the refused form kept of each."""
    for key in sorted(opened.asked):
        if key.startswith(f"{rows.prefix}:") and (said := data.get(f"{CHOICE}{key}{ROW}")):
            yield key, rows.read(said)


def _comes_back(rows: Rows, key: str, sent: Sent, opened: Opened, melded: Melded) -> bool:
    """Whether its editor chose it; it is no choice any more, then."""
    chosen = melded.chosen(key, opened)
    mine, kept = rows.gone(key), json.dumps(sent)
    choice = Choice(key, rows.named(sent), mine.in_words(sent), REMOVED, chosen, returning=kept)
    melded.note(choice)
    return chosen == MINE


def _is_worth_keeping(rows: Rows, sent: Sent, was: str | None) -> bool:
    return not sent.get("DELETE") and was != rows.blank.digest(sent)


def _theirs_stands(part: Part, mine: Sent, opened: Opened, melded: Melded) -> bool:
    """Whether their version takes the place of what was sent; what was found goes into `melded`."""
    now, typed = part.digest(), part.digest(mine)
    if now == typed:
        return False
    was = opened.parts.get(part.key)
    chosen = melded.chosen(part.key, opened)
    words, differ = (part.in_words(mine), part.in_words(part.sent)), part.differing(mine)
    choice = Choice(part.key, part.label, *words, chosen, differ)
    if part.key in opened.asked and was == now:
        melded.note(choice)
        return chosen == THEIRS
    if was == now:
        return False
    if was == typed:
        melded.taken.append(part.label)
        return True
    melded.open.append(choice)
    return False


def _apart(mine: list[str], theirs: list[str]) -> tuple[list[str], list[str]]:
    """The lines that differ, with a sign where equal ones stand. Where there are very many, all
    from the first that differs to the last."""
    begin = _same(mine, theirs)
    end = _same(mine[begin:][::-1], theirs[begin:][::-1])
    mine, theirs = mine[begin : len(mine) - end], theirs[begin : len(theirs) - end]
    before, after = [LEFT_OUT] * bool(begin), [LEFT_OUT] * bool(end)
    if len(mine) + len(theirs) > MOST_LINES:
        return [*before, *mine, *after], [*before, *theirs, *after]
    ours: list[str] = []
    others: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        ours += [LEFT_OUT] if tag == "equal" else mine[a:b]
        others += [LEFT_OUT] if tag == "equal" else theirs[c:d]
    return [*before, *ours, *after], [*before, *others, *after]


def _same(some: list[str], others: list[str]) -> int:
    """How many lines are the same from the first on."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(some), len(others)))
