"""Learning from what moderators decide: right after each decision, and unlearning.

The log of decisions is the truth (labels.py), the weights follow from it: labels are learnt in the
order of their decisions' keys. After every commit the log is read on from where it was read to,
under the row's lock. Where that would not give what the log gives from its beginning (something
learnt was undone, decided otherwise or erased, or a decision came to light late), the row says that
it is to be built again, and rebuilding.py does; until then the old weights stay in use, and go on
learning.
"""

import logging
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from ..models import Decision, Learnt
from ..spam.classifier import Classifier, Unreadable
from . import labels, learnt

log = logging.getLogger(__name__)

# Keys of decisions: transactions that end in another order than they were numbered are seen as
# long as no more than this many others were made meanwhile. What comes later still, `check` finds.
LOOK_BACK = 1_000
MOST_AT_ONCE = 200  # labels learnt under the lock: about 0.3 s. More are left to the rebuild


@dataclass
class Lessons:
    """A classifier, and which part of the log it has read."""

    classifier: Classifier
    begins_after: int = 0
    read_to: int = 0
    chain: str = ""
    recent: list[int] = field(default_factory=list)

    def news(self, limit: int) -> list[tuple[int, int]]:
        """The next acts of people that were not read, as (decision, comment). One query."""
        start = max(self.begins_after, self.read_to - LOOK_BACK)
        rows = labels.by_people().filter(pk__gt=start).values_list("pk", "comment_id")
        known = set(self.recent)
        found = rows[: limit + len(known)]
        return [row for row in found if row[0] not in known][:limit]

    def corrected_by(self, news: list[tuple[int, int]]) -> bool:
        """Whether something learnt may no longer hold, or should have been earlier. One query."""
        late = any(decision < self.read_to for decision, _ in news)
        return late or self._judged_before(news).exists()

    def learn(self, news: list[tuple[int, int]]) -> None:
        """Read them. One query."""
        keys = [decision for decision, _ in news]
        for label in labels.read(labels.in_force(self.begins_after).filter(pk__in=keys)):
            if label.decision > self.read_to:
                self.classifier.learn(label.text, label.is_spam)
                self.chain = labels.link(self.chain, label)
        self.read_to = max(self.read_to, *keys)
        kept = {*self.recent, *keys}
        self.recent = sorted(key for key in kept if key > self.read_to - LOOK_BACK)

    def _judged_before(self, news: list[tuple[int, int]]) -> QuerySet[Decision]:
        return labels.by_people().filter(
            comment__in={comment for _, comment in news},
            pk__gt=self.begins_after,
            pk__lte=self.read_to,
            to_status__in=labels.TEACHES,
        )


def follow(decision: int) -> None:
    """Learn what was decided, now that it is committed; everything before it that waits as well.

    Called with the key of each decision; the first of many learns for all. One short query when
    there is nothing to do.
    """
    seen = Learnt.objects.filter(pk=Learnt.THE_ONE).values_list("recent", flat=True).first()
    if decision not in (seen or ()):
        catch_up()


def catch_up() -> None:
    """Read the log on from where it was read to. At most `MOST_AT_ONCE` acts, else rebuild."""
    with transaction.atomic():
        row = locked()
        try:
            lessons = lessons_of(row)
        except Unreadable:
            want(row)
            return
        news = lessons.news(MOST_AT_ONCE + 1)
        if len(news) > MOST_AT_ONCE:
            want(row)
        elif news:
            if lessons.corrected_by(news):
                want(row)
            lessons.learn(news)
            save(row, lessons)


def unteach(comments: list[int]) -> None:
    """These comments' words were erased: what they taught goes. Two queries at most."""
    taught = labels.by_people().filter(comment__in=comments, to_status__in=labels.TEACHES)
    if comments and taught.exists():
        want()


def forget(*, by: User) -> None:
    """Begin anew: what was decided until now teaches nothing. `recall` takes it back."""
    with transaction.atomic():
        row = locked()
        last = Decision.objects.aggregate(last=Max("pk"))["last"] or 0
        lessons = Lessons(Classifier(), begins_after=last, read_to=last)
        facts: dict[str, object] = {"forgotten_by": by, "forgotten_at": timezone.now()}
        facts |= {"begins_after": last, "asked": F("asked") + 1}
        save(row, lessons, wanted_at=None, claimed_at=None, **facts)


def recall() -> None:
    """Learn from the whole log again, what was forgotten with it."""
    with transaction.atomic():
        row = locked()
        facts = {"forgotten_by": None, "forgotten_at": None}
        Learnt.objects.filter(pk=row.pk).update(begins_after=0, **facts)
        want(row)


def want(row: Learnt | None = None) -> None:
    """Have the weights built again from the log. One query, or three."""
    if row is None:
        Learnt.objects.get_or_create(pk=Learnt.THE_ONE)
    rows = Learnt.objects.filter(pk=Learnt.THE_ONE)
    rows.update(asked=F("asked") + 1)
    rows.filter(wanted_at=None).update(wanted_at=timezone.now())


def locked() -> Learnt:
    """The row, for this transaction alone."""
    Learnt.objects.get_or_create(pk=Learnt.THE_ONE)
    return Learnt.objects.select_for_update().get(pk=Learnt.THE_ONE)


def lessons_of(row: Learnt) -> Lessons:
    """What the row has learnt. Raises `Unreadable`."""
    saved = bytes(row.weights), row.digest
    classifier = learnt.unpacked(*saved) if row.digest else Classifier()
    return Lessons(classifier, row.begins_after, row.read_to, row.chain, list(row.recent))


def save(row: Learnt, lessons: Lessons, **facts: object) -> None:
    """Put them in force. The caller has the row locked."""
    weights = lessons.classifier.to_bytes()
    Learnt.objects.filter(pk=row.pk).update(
        weights=weights,
        digest=learnt.digest_of(weights),
        labels=lessons.classifier.learned,
        chain=lessons.chain,
        read_to=lessons.read_to,
        recent=lessons.recent,
        saved_at=timezone.now(),
        **facts,
    )
