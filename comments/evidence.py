"""What a rule found, as codes and values; the words are found when somebody reads it.

`comments/spam/sentences.py` has the sentence of each code, in the reader's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

AS_WRITTEN = "as_written"  # a sentence that was kept as such: `words`
LONGEST_SENTENCE = 300  # characters


@dataclass(frozen=True)
class Said:
    """One sentence: its code, and the values it names. They are what JSON can keep."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


# A rule may also say a sentence of its own, in whatever language; it is kept as it is.
Evidence = str | Said | Sequence[Said]


def said(code: str, **values: object) -> Said:
    return Said(code, values)


def sentences(evidence: Evidence) -> tuple[Said, ...]:
    """One by one."""
    if isinstance(evidence, str):
        return (said(AS_WRITTEN, words=evidence[:LONGEST_SENTENCE]),)
    return (evidence,) if isinstance(evidence, Said) else tuple(evidence)


def kept(evidence: Evidence) -> list[Any]:
    """As a finding keeps it: pairs of a code and its values."""
    return [[each.code, each.values] for each in sentences(evidence)]


def read(rows: list[Any]) -> tuple[Said, ...]:
    """What `kept` made."""
    return tuple(Said(code, values) for code, values in rows)
