"""What the three zones do over streams of comments, each scored before it is decided about.

The limits are set anew after each decision, from the scores kept until then, as the rule does
(`comments/learning/zones.py`). A decision is the label of the data.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from comments.learning.zones import Zone, Zones, set_from
from comments.spam.classifier import Classifier
from comments.spam.training import Labelled

from .rows import Row, measured
from .spam import FOLDER, Files, beside_the_streams, film_blog, taught

ORDERS = (5, 6, 7)  # of the same comments: one says little about one honest comment in two hundred

Counts = Counter[tuple[Zone, bool]]  # of which zone, and whether it is spam


@measured
def spam_zones() -> Iterator[Row]:
    """Over three orders of a film blog, beside a single limit at one half from the first on."""
    if not FOLDER.is_dir():
        sys.stderr.write(f"spam_zones: no development data in {FOLDER}, nothing measured.\n")
        return
    files = Files()
    seeded = taught(beside_the_streams(files))
    streams = [along(seeded.copy(), film_blog(files, order)) for order in ORDERS]
    found = sum((counts for counts, _ in streams), Counts())
    allowed = Zones().allowed
    honest, lost, half = _shares(found, False)
    yield _row(f"{honest} honest comments in a stream: set aside", lost, half, allowed)
    spam, aside, half = _shares(found, True)
    yield _row(f"{spam} spam in it: set aside", aside, half)
    clean = found[Zone.CLEAN, True] / spam
    yield _row("… reads clean, and waits but for a trusted writer", clean, 1 - half)
    without = max(number for _, number in streams)
    yield Row("… decisions until there is a limit", without, "", "of each kind", 50)


def along(classifier: Classifier, rows: Sequence[Labelled]) -> tuple[Counts, int]:
    """What came into which zone, and how many decisions were made without a limit."""
    seen: dict[bool, list[float]] = {False: [], True: []}
    found, zones, without = Counts(), Zones(), 0
    for row in rows:
        score = classifier.score(row.text)
        found[zones.of(score), row.is_spam] += 1
        without += zones.limit is None
        seen[row.is_spam].append(score)
        classifier.learn(row.text, row.is_spam)
        zones = set_from(seen[False], seen[True], zones.allowed)
    return found, without


def _shares(found: Counts, is_spam: bool) -> tuple[int, float, float]:
    """How many there are, and which share the zones set aside, and one half would have."""
    number = sum(found[zone, is_spam] for zone in Zone)
    aside = found[Zone.SPAM, is_spam]
    return number, aside / number, (aside + found[Zone.HOLD, is_spam]) / number


def _row(what: str, share: float, half: float, goal: float | None = None) -> Row:
    said = "" if goal is None else f"at most {100 * goal:g} %"
    holds = None if goal is None else share <= goal
    return Row(what, 100 * share, "%", "one limit at one half", 100 * half, said, holds)
