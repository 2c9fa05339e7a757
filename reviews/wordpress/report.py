"""What an import did, and what it leaves to people: read by an editor."""

from collections import Counter
from enum import StrEnum

SHOWN = 12  # lines under a heading on the screen; a file has them all


class About(StrEnum):
    """The headings under which something is said, in the order in which they are read."""

    LEFT_OUT = "Left out"
    DRAFTS = "Readers saw these there, and do not here: drafts, until somebody completes them"
    PAGES = (
        "Pages: drafts. Put into the masthead what belongs under About; publish what is to stay, "
        "and its address there leads to it; delete the others"
    )
    NO_FILM = (
        "Reviews that name no film with its year: features, with their stars in the text, until "
        "somebody chooses the film"
    )
    RATINGS = "Ratings that were not understood, and stand in the text as they were"
    MISSING = "Pictures that are not there: readers see the text without them"
    NO_CREDIT = "Pictures without a credit line: readers do not see them until somebody writes one"
    NO_ALT = "Pictures without alternative text"
    EMBEDS = "Embeds, which came as links: our pages load nothing from elsewhere"
    FILES = "Links to files of the site that was left: put them elsewhere, and change the links"
    DROPPED = "Blocks and shortcodes that have no place here"
    EDITED = "The export says something else, but people changed these here: left as they are"
    COMMENTS = "Comments that did not come in as they were"
    LOOK = "Worth a look"


class Report:
    """Counts by their words, and notes under their headings, each once."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}
        self.notes: dict[About, dict[str, None]] = {about: {} for about in About}

    def count(self, what: str, of: str = "") -> None:
        """One more of what was done; `of` says of which sort it is."""
        self.counts.setdefault(what, Counter())[of] += 1

    def note(self, about: About, sentence: str) -> None:
        self.notes[about][sentence] = None

    def lines(self, most: int | None = SHOWN) -> list[str]:
        """As it is read; at most so many under a heading."""
        said = [_counted(what, sorts) for what, sorts in self.counts.items()]
        for about, notes in self.notes.items():
            if not notes:
                continue
            every = list(notes)
            shown = every if most is None else every[:most]
            said += ["", f"{about} ({len(every):,}):", *(f"  · {note}" for note in shown)]
            if len(shown) < len(every):
                said.append(f"  … and {len(every) - len(shown):,} more; --report FILE has them all")
        return said


def _counted(what: str, sorts: Counter[str]) -> str:
    of_each = ", ".join(f"{number:,} {sort}" for sort, number in sorts.most_common() if sort)
    return f"{sorts.total():>7,}  {what}{f': {of_each}' if of_each else ''}"
