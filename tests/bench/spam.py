"""How well the spam classifier does on texts it has not seen, within the development data.

    DJANGO_SETTINGS_MODULE=tests.settings python -m tests.bench.spam /path/to/shared/spam

Every part learns from some of the files and measures on the rest, as docs/spam.md describes. The
Reddit file is never learnt, but in the stream of a film blog, after it was scored.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from time import process_time
from zlib import crc32

from comments.spam import seed, training
from comments.spam.classifier import REMEMBERED, SPAM_FROM, Classifier, mixed
from comments.spam.measures import Measures, measured
from comments.spam.training import Labelled

from .rows import Row
from .rows import measured as on_the_list

FOLDER = Path(__file__).parents[3] / "shared" / "spam"  # beside the repository, as in development
FOLDS = 5
KANA = re.compile("[\u3041-\u30ff]")


@dataclass(frozen=True)
class Figure:
    """One line of the table: a share from 0 to 1, or microseconds; the goal of the blind test."""

    what: str
    value: float
    goal: float | None = None
    more_is_better: bool = True
    unit: str = "%"

    @property
    def holds(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.more_is_better else self.value <= self.goal

    def __str__(self) -> str:
        number = f"{self.value:.2%}" if self.unit == "%" else f"{self.value:,.0f} {self.unit}"
        goal = "" if self.goal is None else f"goal {self.goal:.1%}" if self.unit == "%" else "goal "
        if self.unit != "%" and self.goal is not None:
            goal += f"{self.goal:,.0f} {self.unit}"
        return f"{self.what:<62}{number:>12}  {goal}"


class Files:
    """The development data, read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.youtube, self.wordpress, self.english, self.korean, self.japanese = (
            list(training.read(folder / name)) for name in training.SHIPPED
        )
        self.reddit = list(training.read(folder / "reddit-ham-en-dev.csv"))
        self.wordpress.sort(key=lambda row: datetime.strptime(row.at, "%Y-%m-%d %I:%M %p"))

    def videos(self, *names: str) -> list[Labelled]:
        return [row for row in self.youtube if row.part in names]


def taught(rows: Sequence[Labelled], orders: int = training.ORDERS) -> Classifier:
    """A classifier whose seed is made of these rows, packed and unpacked as the shipped one."""
    fitted = training.fit(rows, orders=orders)
    return Classifier(seed.unpacked(seed.packed(fitted.weights)))


def on(classifier: Classifier, rows: Sequence[Labelled]) -> Measures:
    scores = [classifier.score(row.text) for row in rows]
    return measured(scores, [row.is_spam for row in rows], SPAM_FROM)


def leave_one_video_out(files: Files) -> Iterator[Figure]:
    """Each video by a seed of the other two alone."""
    names = ("Psy", "KatyPerry", "LMFAO")
    found = []
    for name in names:
        others = files.videos(*(other for other in names if other != name))
        found.append(on(taught(others), files.videos(name)).accuracy or 0)
        yield Figure(f"accuracy on the video {name}, learnt from the other two", found[-1])
    yield Figure("accuracy, leave one video out, mean of three", sum(found) / 3, 0.96)


def cross_validation(files: Files) -> Iterator[Figure]:
    """Five folds of the three videos, no text in two of them; learnt as a seed, and one by one."""
    right = {"as a seed is made": 0, "one by one, without a seed": 0}
    for fold in range(FOLDS):
        unseen = [row for row in files.youtube if _fold(row) == fold]
        learnt = [row for row in files.youtube if _fold(row) != fold]
        Random(fold).shuffle(learnt)
        made = Classifier.of([(row.text, row.is_spam) for row in learnt], None)
        for how, classifier in zip(right, (taught(learnt), made), strict=True):
            right[how] += sum(classifier.is_spam(row.text) is row.is_spam for row in unseen)
    for how, number in right.items():
        share = number / len(files.youtube)
        yield Figure(f"accuracy, {FOLDS} folds of three videos, {how}", share, 0.973)


def later_campaigns(files: Files) -> Iterator[Figure]:
    """The later half of the WordPress spam by a seed of the earlier; a fifth of all ham unseen."""
    earlier = files.wordpress[: len(files.wordpress) // 2]
    known = {row.text for row in earlier}
    later = [row for row in files.wordpress[len(earlier) :] if row.text not in known]
    english, korean, japanese = map(_fifth, (files.english, files.korean, files.japanese))
    learnt = [*earlier, *files.videos("Psy", "KatyPerry"), *english[1], *korean[1], *japanese[1]]
    made = seed.unpacked(seed.packed(training.fit(learnt).weights))
    classifier = Classifier(made)
    yield Figure(f"recall on {len(later)} later WordPress spam", _recall(classifier, later), 0.85)
    far = _unlike(later, earlier)
    what = f"recall on the {len(far)} of them unlike any earlier one"
    yield Figure(what, _recall(classifier, far), 0.85)
    random = Random(7)
    citing = [Labelled(training.citing(row.text, random), False) for row in english[0]]
    for name, rows, goal in (
        ("rude informal English (Reddit)", files.reddit, 0.03),
        ("English film reviews", english[0], 0.002),
        ("Korean film comments", korean[0], 0.002),
        ("Japanese reviews", japanese[0], 0.002),
        ("English film reviews with a made-up source", citing, None),
    ):
        lost = on(classifier, rows).ham_lost or 0.0
        yield Figure(f"ham lost, {len(rows)} {name}", lost, goal, more_is_better=False)
    unseen = [*later, *files.videos("LMFAO"), *english[0], *korean[0], *japanese[0], *files.reddit]
    whole = on(classifier, unseen)
    yield Figure(f"accuracy on these and LMFAO, {len(unseen)} texts", whole.accuracy or 0, 0.992)
    at_loss = whole.recall_at_allowed_loss or 0
    yield Figure("recall on them at 0.5 % ham loss", at_loss, 0.98)
    yield Figure("ROC AUC on them", whole.area_under_curve or 0)
    half = len(files.reddit) // 2
    honest = [(row.text, False) for row in files.reddit[:half]]
    known_here = Classifier.of(honest, made)
    rest = [*later, *files.videos("LMFAO"), *english[0], *korean[0], *japanese[0]]
    after = on(known_here, [*rest, *files.reddit[half:]])
    what = f"accuracy on them once {half} honest comments, no spam, were learnt"
    yield Figure(what, after.accuracy or 0)


def unseen_scripts(files: Files) -> Iterator[Figure]:
    """Languages of which the seed has read nothing; Chinese is tried as Japanese without kana."""
    latin = [*files.youtube, *files.wordpress, *files.english]
    classifier = taught(latin)
    only_han = [Labelled(KANA.sub("", row.text)[:80], False) for row in files.japanese]
    for name, rows in (
        ("Korean", files.korean),
        ("Japanese", files.japanese),
        ("Han characters alone", only_han),
    ):
        lost = on(classifier, rows).ham_lost or 0.0
        yield Figure(f"ham lost, {name}, by a seed of Latin letters alone", lost, 0.002, False)


def streams(files: Files) -> Iterator[Figure]:
    """Each comment scored before it is learnt; the error is the share of wrong verdicts."""
    seeded = taught(beside_the_streams(files))
    video, blog = files.videos("LMFAO"), film_blog(files)
    for name, rows, goal in (("a video", video, 0.03), ("a film blog", blog, 0.018)):
        for how, classifier in (("no seed", Classifier(None)), ("a seed", seeded.copy())):
            wrong = _wrong(classifier, rows)
            what = f"error on {len(rows)} comments of {name}, {how}"
            yield Figure(what, sum(wrong) / len(wrong), goal, False)
            for start, end, early in ((0, 25, 0.08), (25, 50, 0.07), (50, 100, 0.04)):
                share = sum(wrong[start:end]) / (end - start)
                limit = early if how == "a seed" else None
                yield Figure(f"… {how}, labels {start} to {end}", share, limit, False)


def film_blog(files: Files, order: int = 5) -> list[Labelled]:
    """The later half of the WordPress spam among honest film comments and rude ones, mixed."""
    blog = [*files.wordpress[700:], *files.english[1::2], *files.reddit[:500]]
    Random(order).shuffle(blog)
    return blog


def beside_the_streams(files: Files) -> list[Labelled]:
    """What a seed may learn that is then measured on the video LMFAO and on the film blog."""
    others = [*files.videos("Psy", "KatyPerry"), *files.wordpress[:700], *files.english[::2]]
    return [*others, *files.korean[::3], *files.japanese[::2]]


def speed(files: Files) -> Iterator[Figure]:
    """Processor time of texts of about 200 characters, beside the shipped seed and some labels."""
    every = [*files.youtube, *files.wordpress, *files.english, *files.reddit]
    rows = [row for row in every if 180 <= len(row.text) <= 220]
    labels = mixed((row.text, row.is_spam) for row in every)
    classifier = Classifier.of(labels[: 2 * REMEMBERED])
    for what, act, goal in (
        ("a score", lambda row: classifier.score(row.text), 1000),
        ("a learned label", lambda row: classifier.learn(row.text, row.is_spam), 2000),
    ):
        took = sorted(_timed(act, row) for row in rows)
        for part in (0.5, 0.99):
            value = took[int(part * len(took))] * 1e6
            yield Figure(f"{what}, {part:.0%} of {len(rows)} within", value, goal, False, "µs")


PARTS: tuple[Callable[[Files], Iterator[Figure]], ...] = (
    leave_one_video_out,
    cross_validation,
    later_campaigns,
    unseen_scripts,
    streams,
    speed,
)


def _fold(row: Labelled) -> int:
    return crc32(row.text.encode()) % FOLDS


def _fifth(rows: list[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """A fifth for measuring and the rest: by film where films are known, else by text."""
    parts: tuple[list[Labelled], list[Labelled]] = ([], [])
    for row in rows:
        key = row.part if row.part.isdigit() else row.text
        parts[crc32(key.encode()) % 5 > 0].append(row)
    return parts


def _unlike(later: list[Labelled], earlier: list[Labelled]) -> list[Labelled]:
    """Those that share less than a tenth of their four-word runs with all earlier ones."""
    known = {run for row in earlier for run in _runs(row.text)}
    found = []
    for row in later:
        runs = _runs(row.text)
        if runs and len(runs & known) < 0.1 * len(runs):
            found.append(row)
    return found


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))}


def _recall(classifier: Classifier, rows: list[Labelled]) -> float:
    return on(classifier, rows).recall or 0.0


def _wrong(classifier: Classifier, rows: list[Labelled]) -> list[bool]:
    wrong = []
    for row in rows:
        wrong.append(classifier.is_spam(row.text) != row.is_spam)
        classifier.learn(row.text, row.is_spam)
    return wrong


def _timed(act: Callable[[Labelled], object], row: Labelled) -> float:
    start = process_time()
    act(row)
    return process_time() - start


@on_the_list
def spam_classifier() -> Iterator[Row]:
    """The figures that have a goal, beside it; nothing where the development data is not."""
    if not FOLDER.is_dir():
        sys.stderr.write(f"spam_classifier: no development data in {FOLDER}, nothing measured.\n")
        return
    files = Files()
    for part in PARTS:
        for figure in part(files):
            if figure.goal is not None:
                yield row_of(figure, figure.goal)


def row_of(figure: Figure, goal: float) -> Row:
    """A figure beside its goal, for the table."""
    times = 100 if figure.unit == "%" else 1
    bound = "at least" if figure.more_is_better else "at most"
    said = f"{bound} {goal * times:g} {figure.unit}"
    value = figure.value * times
    return Row(
        figure.what.strip(), value, figure.unit, "the goal", goal * times, said, figure.holds
    )


def main(folder: Path) -> None:
    files = Files(folder)
    for part in PARTS:
        for figure in part(files):
            sys.stdout.write(f"{figure}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
