"""A world in which things happen: each happening picks rows of its own and does one thing to them,
or nothing where there are none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, models, transaction
from django.db.models import ProtectedError

from comments import rate_limits, reports, trust, welcome, writers
from reviews import library, publishing, replacing

# How a door says no. What it has begun is then taken back, as a request's transaction would.
REFUSALS = (
    *(publishing.Conflict, publishing.NotAllowed, publishing.NotReady, replacing.ReplacedMeanwhile),
    *(library.InLibrary, ProtectedError, ObjectDoesNotExist, ValidationError, DatabaseError),
    *(welcome.Refused, rate_limits.TooMany, reports.Refused, writers.TooLate, writers.Moved),
    *(trust.Gone, ValueError),
)
WORDS = ("Quieter", "A second look", "그 여자", "Night & day", "<b>Bold</b>", "")


class Nothing(Exception):
    """There is no row to which it could happen."""


@dataclass
class World:
    """Where rows and words are drawn from; `now` is the clock that happenings move."""

    luck: Random
    now: datetime
    said: list[str] = field(default_factory=list)

    def any_of(self, some: Sequence[Any]) -> Any:
        if not some:
            raise Nothing
        return self.luck.choice(some)

    def row(self, rows: Any) -> Any:
        found: Any = rows.all() if isinstance(rows, models.Manager) else rows
        one = self.any_of(list(found.order_by("pk")))
        self.said.append(f"{one._meta.model_name} {one.pk}")
        return one

    def words(self) -> str:
        return f"{self.any_of(WORDS)} {self.luck.randint(1, 99)}"

    def moment(self) -> datetime:
        return self.now + timedelta(minutes=self.any_of((-90, -1, 1, 7, 60, 3_000)))


HAPPENINGS: dict[str, Callable[[World], None]] = {}
UNSEEN: set[str] = set()  # those of which readers see nothing
ALONE = {"time_goes_by", "the_worker_works"}  # in no transaction


def happening(what: Callable[[World], None]) -> Callable[[World], None]:
    HAPPENINGS[what.__name__] = what
    return what


def unseen(what: Callable[[World], None]) -> Callable[[World], None]:
    UNSEEN.add(what.__name__)
    return happening(what)


def it_happens(name: str, world: World) -> bool:
    """Whether anything did. Refused, it has left nothing behind."""
    world.said = [name]
    try:
        if name in ALONE:
            HAPPENINGS[name](world)
        else:
            with transaction.atomic():
                HAPPENINGS[name](world)
    except (Nothing, *REFUSALS) as refused:
        world.said.append(f"({type(refused).__name__}: {str(refused)[:80]})")
        return False
    return True
