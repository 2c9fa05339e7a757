"""What the form asks of whoever changes a piece that readers see, once: is it a correction?"""

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .. import body
from ..reading_time import pieces
from .article_preview import BUTTON as PREVIEW

MANY = 12  # words that came or went: more than a comma, or a name that was misspelt
FACTS = {"film": "film", "rating": "rating"}  # whose change is no matter of words
WORDS = ("headline", "verdict", "standfirst", "body")
ANOTHER = "Readers saw another {}."
ONCE_MORE = "or save once more as it is."


class Asked(forms.BooleanField):
    """That the question was put: no change of the piece, so no history tells of it."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class AsksAboutCorrections(forms.BaseModelForm):  # type: ignore[type-arg]
    """Refuses once what looks like a correction and is not called one, or does not say what it
    corrects. `asked` stands in the form from then on, so that the next press saves."""

    def ask(self, cleaned: dict[str, Any]) -> None:
        if not self.instance.is_live() or cleaned.get("asked") or PREVIEW in self.data:
            return
        if cleaned.get("substantive"):
            if not cleaned.get("note", "").strip():
                self._ask("note", f"Say in a few words what was corrected or added, {ONCE_MORE}")
        elif changed := self.what_readers_would_miss(cleaned):
            said = f"{changed} Tick this if readers should know, and say what changed; {ONCE_MORE}"
            self._ask("substantive", said)

    def _ask(self, field: str, said: str) -> None:
        self.add_error(field, ValidationError(said, code="asked"))
        sent: Any = self.data
        self.data = sent = sent.copy()
        sent["asked"] = "on"

    def what_readers_would_miss(self, cleaned: dict[str, Any]) -> str:
        for name, called in FACTS.items():
            if name in self.changed_data and name not in self.errors:
                return ANOTHER.format(called)
        words = sum(self._moved(name, cleaned) for name in WORDS if name in self.changed_data)
        return f"{words} words were added or taken out." if words >= MANY else ""

    def _moved(self, name: str, cleaned: dict[str, Any]) -> int:
        before, after = (
            Counter(pieces(_plain(name, said)))
            for said in (self.initial.get(name), cleaned.get(name, self.initial.get(name)))
        )
        return (before - after).total() + (after - before).total()


def _plain(name: str, said: str | None) -> str:
    return body.plain_text(said or "", spoilers=True) if name == "body" else said or ""
