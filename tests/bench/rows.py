"""The table's rows, and the list of what is measured."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

MEASURED: list[Callable[[], "Iterable[Row]"]] = []


@dataclass(frozen=True)
class Row:
    """One figure, the same of its baseline, and whether the goal holds (None: no goal is set)."""

    what: str
    figure: float
    unit: str
    beside: str
    baseline: float
    goal: str = ""
    holds: bool | None = None

    @property
    def ratio(self) -> float:
        return self.figure / self.baseline


def measured(function: Callable[[], Iterable[Row]]) -> Callable[[], Iterable[Row]]:
    """Puts a function that yields rows on the list; `__main__` imports its module."""
    MEASURED.append(function)
    return function


def table(rows: Iterable[Row]) -> str:
    """Markdown, as docs/performance.md shows it."""
    lines = [["What", "Here", "Beside it", "", "Ratio", "Goal"]]
    for row in rows:
        verdict = {None: "", True: "held: ", False: "MISSED: "}[row.holds]
        lines.append(
            [
                row.what,
                f"{_number(row.figure)} {row.unit}".strip(),
                row.beside,
                f"{_number(row.baseline)} {row.unit}".strip(),
                f"{row.ratio:.2f}",
                verdict + row.goal,
            ]
        )
    widths = [max(len(line[n]) for line in lines) for n in range(6)]
    lines.insert(1, ["-" * width for width in widths])
    padded = (" | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in lines)
    return "\n".join(f"| {line} |" for line in padded)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3f}"
