"""How far a long command has come: a line that is written over, for who watches a terminal."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from django.core.management.base import OutputWrapper

Tell = Callable[[str, int, int], None]  # what is done, how many, of how many (0: unknown)
WIDTH = 40  # characters of the bar
_EVERY = 0.1  # seconds: as often as an eye follows


def nobody(_what: str, _done: int, _of: int) -> None:
    """Told where nobody watches."""


class Progress:
    """A line for each thing that is done, one after the other. Where nobody watches it says
    nothing, or with `in_a_log` each line once, when that thing is done."""

    def __init__(self, stdout: OutputWrapper, *, in_a_log: bool = False) -> None:
        self.stdout, self.in_a_log = stdout, in_a_log
        self.watched = stdout.isatty()
        self._what, self._said, self._told_at = "", "", 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end_line()

    def __call__(self, what: str, done: int, of: int) -> None:
        begins = what != self._what  # and may take long without a word
        if begins:
            self._end_line()
            self._what = what
        bar = f"[{'#' * (WIDTH * done // of):<{WIDTH}}] " if of and self.watched else ""
        self._said = f"{what.capitalize():<24}{bar}{done:,}{f' of {of:,}' if of else ''}"
        now = time.monotonic()
        if self.watched and (begins or done == of or now - self._told_at >= _EVERY):
            self._told_at = now
            self.stdout.write(f"\r{self._said}", ending="")
            self.stdout.flush()

    def _end_line(self) -> None:
        if self._said and self.watched:
            self.stdout.write(f"\r{self._said}")
        elif self._said and self.in_a_log:
            self.stdout.write(self._said)
        self._what, self._said = "", ""
