"""From labelled texts to a table of weights: what the shipped seed is made with. Pure.

Development data has no honest comment with a link and few in plain, hurried writing; some are made
here of those it has, so that a reader who cites an interview is not taken for an advertiser, and
those of `written.py` are added, which also knows spam of kinds and languages that the data lacks.
"""

import csv
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from pathlib import Path
from random import Random

from . import written
from .features import Example, example
from .logistic import Regression

ORDER = 20_260_101  # the seed of every choice made here
ORDERS = 12  # the weights are the mean of what so many teach, each with made-up texts of its own
EPOCHS = 7
SHRINKING = 0.025  # keeps weights small: fewer honest comments of kinds unseen are lost
RATE = 0.1  # the first step of a weight; what is learnt once may take larger ones
HONEST_COUNTS = 1.0  # both kinds of error alike: how much a score is doubted is chosen afterwards
SHIPPED = (  # the Reddit file measures only: whether its licence reaches the texts is not settled
    "youtube-dev.csv",
    "wordpress-spam-dev.csv",
    "film-ham-en-dev.csv",
    "film-ham-ko-dev.csv",
    "review-ham-ja-dev.csv",
)
SPAM_COUNTS = 2.0  # beside an honest text, as there is little that somebody wrote …
COPIED_COUNTS = 0.7  # … and much of campaigns, half of whose texts are near copies
WRITTEN_COUNTS = 1 / 3  # of either kind, as many are made of one template
CAMPAIGNS = frozenset(("wordpress-spam-dev.csv",))
WRITTEN = "written"  # stands for a file as the source of what this project wrote
ONE_IN_CITING = 20  # of the honest comments, so many are also written with a link
ONE_IN_HURRIED = 5  # of the honest comments in Latin letters, so many are also written carelessly
ONE_IN_UNREAD = 48  # of all, so many are also shown by their structure alone

_LEADS = (
    "There is an interview with the director at", "He says so himself here:", "Source:", "See",
    "As she told the paper:", "The trailer:", "Compare", "Worth reading on this:", "cf.",
    "I read it in this interview,", "", "more here", "This explains the ending:",
)  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """A text somebody judged. `source` is the file it stands in, `part` the video, film or kind."""

    text: str
    is_spam: bool
    source: str = ""
    part: str = ""
    at: str = ""


def read(path: Path) -> Iterator[Labelled]:
    """The rows of a CSV of development data, in the order of the file. OSError, KeyError."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            part = row.get("video") or row.get("movie_id") or row.get("source") or ""
            yield Labelled(row["text"], row["label"] == "1", path.name, part, row.get("date") or "")


def fit(rows: Sequence[Labelled], epochs: int = EPOCHS, orders: int = ORDERS) -> Regression:
    """Weights learnt of rows, of what is made of them, and of `written`; the same bits always."""
    tables = [_fitted(rows, turn, epochs).weights for turn in range(orders)]
    return Regression(array("f", (fsum(each) / orders for each in zip(*tables, strict=True))))


def _fitted(rows: Sequence[Labelled], turn: int, epochs: int) -> Regression:
    random = Random(ORDER + 1000 * turn)  # noqa: S311 - can be repeated, and is no secret
    ours = (Labelled(text, is_spam, WRITTEN) for text, is_spam in written.texts(turn))
    texts = [*rows, *made_of(rows, random), *ours]
    shown = [(example(row.text), row.is_spam, counts(row)) for row in texts]
    shown += [
        (structure_alone(seen), is_spam, weight)
        for seen, is_spam, weight in shown
        if random.randrange(ONE_IN_UNREAD) == 0
    ]
    regression = Regression(rate=RATE, honest_counts=HONEST_COUNTS, shrinking=SHRINKING)
    for _ in range(epochs):
        random.shuffle(shown)
        for seen, is_spam, weight in shown:
            regression.learn(seen, is_spam, counts=weight)
    return regression


def counts(row: Labelled) -> float:
    """What a text weighs beside others."""
    if row.source == WRITTEN:
        return WRITTEN_COUNTS
    if not row.is_spam:
        return 1.0
    return COPIED_COUNTS if row.source in CAMPAIGNS else SPAM_COUNTS


def structure_alone(seen: Example) -> Example:
    """The same text in words nobody has met: its structure must carry the judgement."""
    return Example(((), (), seen.groups[2]))


def made_of(rows: Iterable[Labelled], random: Random) -> Iterator[Labelled]:
    """Honest comments with a link, and honest comments written in a hurry."""
    for row in rows:
        if row.is_spam or row.source == "youtube-dev.csv":
            continue
        if random.randrange(ONE_IN_CITING) == 0:
            yield Labelled(citing(row.text, random), False, row.source, row.part)
        if row.source == "film-ham-en-dev.csv" and random.randrange(ONE_IN_HURRIED) == 0:
            yield Labelled(hurried(row.text, random), False, row.source, row.part)


def citing(text: str, random: Random) -> str:
    """The text of a reader who gives a source."""
    link = f"{random.choice(_LEADS)} {written.source(random)}".strip()
    return f"{link} {text}" if random.randrange(5) == 0 else f"{text} {link}"


def hurried(text: str, random: Random) -> str:
    """A few words of the text, without its care for capitals and full stops."""
    words = text.split()
    size = random.randrange(2, 20)
    start = random.randrange(max(1, len(words) - size))
    piece = " ".join(words[start : start + size]).rstrip(".")
    how = random.randrange(6)
    if how == 0:
        return piece.upper()
    if how == 1:
        return f"{piece}{random.choice(('!', '!!!', '...', '?', '??', ' lol', ' :)'))}"
    return piece.lower() if how < 4 else piece
