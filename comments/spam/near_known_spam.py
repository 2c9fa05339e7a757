"""The rule that knows near copies of recent spam, and the index it looks them up in.

Most campaigns are one tool that repeats itself with other names and links. Of each spam comment the
`KEPT` runs with the lowest numbers are kept, a sample that two texts share in proportion to how
alike they are (Broder's sketch); what it finds is then compared run by run.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from reviews import batches

from ..evidence import said
from ..models import Comment, SpamRun
from .screening import FindingFacts, Submission
from .shingles import Run, numbers, runs

REMEMBERED = timedelta(days=90)  # since the spam came in; then its runs are dropped
KEPT = 16  # runs of a comment; more find no more of the development data
MOST_OF_A_RUN = 20  # comments kept for one run: a campaign of thousands is known by its first ones
LOOKED_AT = 6  # comments that share most of the sample, some of them perhaps the very text
COMPARED = 3  # of these, compared run by run
SHORTEST = 40  # characters; shorter texts (“best song ever”) are alike honestly
FEWEST = 6  # runs of its own, nine words; with fewer, half is soon reached
# Shares of the post's own runs. Dev data: from 0.4 on, 1 in 2 of the WordPress spam resembles an
# earlier one, and of 6,317 honest texts one does.
ALIKE, NEARLY_THE_SAME = 0.4, 0.8
POINTS = {ALIKE: 5, NEARLY_THE_SAME: 8}  # below SPAM_SCORE: alone it waits
MOST_QUOTES = 20
SHORTEST_QUOTE = 8  # characters
# Written out: to put it together from querysets takes ten times as long as to answer it. The runs
# are asked for by keys alone: for recent spam as well, SQLite begins with all the spam there is.
_SHARING_MOST = f"""
    SELECT id, text, text_digest, status, submitted_at
    FROM comments_comment JOIN (
        SELECT comment_id, COUNT(*) AS times FROM comments_spamrun
        WHERE number IN ({", ".join(["%s"] * KEPT)})
        GROUP BY comment_id ORDER BY times DESC, comment_id DESC LIMIT %s
    ) AS sharing ON id = comment_id
    ORDER BY times DESC, id DESC
"""  # noqa: S608 (places for values)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True)
class _Likeness:
    """A spam comment, and the runs of the post that it has too, of all those of the post's own."""

    comment: int
    shared: list[Run]
    of: int

    @property
    def share(self) -> float:
        return len(self.shared) / self.of if self.of else 0.0


def near_known_spam(post: Submission) -> FindingFacts | None:
    """Much of it stands in a spam comment of the last 90 days too: 5 points, or 8 for nearly all of
    it. One query.

    What it quotes does not count, nor what stands in the article or in the comment it answers.
    """
    own = runs(post.text)
    if len(post.text) < SHORTEST or len(own) < FEWEST:
        return None
    found = _most_alike(post, own)
    if found is not None and found.share >= ALIKE:
        found = _beside_its_context(found, own, post)
    if found is None or found.share < ALIKE:
        return None
    points = POINTS[NEARLY_THE_SAME if found.share >= NEARLY_THE_SAME else ALIKE]
    return FindingFacts(
        "near_known_spam",
        points,
        said("near_spam", shared=len(found.shared), of=found.of),
        _passages(post.text, found.shared),
        resembles=found.comment,
    )


def remember(comment: Comment) -> None:
    """It is spam now: keep its runs. Three queries."""
    forget(comment)
    lowest = _lowest(numbers(comment.text))
    known = SpamRun.objects.filter(number__in=lowest).values_list("number").annotate(Count("pk"))
    full = {number for number, times in known if times >= MOST_OF_A_RUN}
    SpamRun.objects.bulk_create(
        [SpamRun(comment=comment, number=number) for number in lowest if number not in full],
        ignore_conflicts=True,
    )


def forget(comment: Comment) -> None:
    """It is no longer spam, or its words are gone. One query."""
    SpamRun.objects.filter(comment=comment).delete()


def purge(now: datetime) -> int:
    """Drop the runs of what is no longer recent; how many."""
    return batches.deleted(SpamRun.objects.filter(comment__submitted_at__lt=now - REMEMBERED))


def _lowest(found: frozenset[int]) -> list[int]:
    return sorted(found)[:KEPT]


def _most_alike(post: Submission, own: list[Run]) -> _Likeness | None:
    """Of the comments that share most of the sample, the one that shares most runs. One query."""
    sample = _lowest(frozenset(run.number for run in own))
    sample += sample[-1:] * (KEPT - len(sample))  # IN takes no notice; the statement stays the same
    sharing = Comment.objects.raw(_SHARING_MOST, [*sample, LOOKED_AT])
    recent = [spam for spam in sharing if _counts(spam, post)]
    found = (_compared(spam.pk, own, numbers(spam.text)) for spam in recent[:COMPARED])
    return max(found, key=lambda likeness: (likeness.share, likeness.comment), default=None)


def _counts(spam: Comment, post: Submission) -> bool:
    """Recent, still spam, and not the very text."""
    recent = spam.submitted_at >= post.at - REMEMBERED
    return recent and spam.is_spam() and spam.text_digest != post.text_digest


def _compared(comment: int, own: list[Run], theirs: frozenset[int]) -> _Likeness:
    return _Likeness(comment, [run for run in own if run.number in theirs], len(own))


def _beside_its_context(found: _Likeness, own: list[Run], post: Submission) -> _Likeness | None:
    """The same without the words of what it is about; None if too few are left to judge."""
    known = frozenset[int]().union(*(numbers(text, most=len(text)) for text in post.about()))
    left = [run for run in own if run.number not in known]
    if len(left) < FEWEST:
        return None
    return _Likeness(
        found.comment, [run for run in found.shared if run.number not in known], len(left)
    )


def _passages(text: str, shared: list[Run]) -> tuple[str, ...]:
    """The pieces of a text where shared runs follow each other, line by line; a link ends one, as
    it is shown by itself."""
    places: list[list[int]] = []
    for run in shared:
        if places and run.start <= places[-1][1]:
            places[-1][1] = max(places[-1][1], run.end)
        else:
            places.append([run.start, run.end])
    broken = _ADDRESS.sub(lambda found: "\n" * len(found.group()), text)
    lines = (line.strip() for start, end in places for line in broken[start:end].splitlines())
    return tuple(line for line in lines if len(line) >= SHORTEST_QUOTE)[:MOST_QUOTES]
