"""What a page shows of its relations, which were read before it is written.

They stand where Django keeps what it has prefetched. That has no public name; no other module knows
it. Were it another one day, `loaded` would ask Django's managers, and pages more queries than tests
allow.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

PLACE = "_prefetched_objects_cache"  # an attribute of each model that has any
_UNASKED: Any = object()


def loaded(holder: models.Model, relation: str) -> Iterable[Any]:
    """As `holder.relation.all()`, for which Django makes a manager each time: of a page's hundred
    relations that costs some milliseconds.

    No query where the relation was prefetched.
    """
    read = vars(holder).get(PLACE, {})
    return read[relation] if relation in read else getattr(holder, relation).all()  # type: ignore[no-any-return]


def keep(holder: models.Model, relation: str, rows: list[Any], ask: Callable[[], Any]) -> None:
    """What was read of a relation, as Django's own prefetching leaves it; `ask` is the relation as
    a queryset, for whoever wants more of it."""
    model: Any = holder._meta.get_field(relation).related_model
    vars(holder).setdefault(PLACE, {})[relation] = Related.of(model, rows, ask)


class Related(models.QuerySet[Any]):
    """What was read of a relation. Whoever asks it for more asks what `ask` says, which is written
    only then."""

    ask: Callable[[], Any]

    @classmethod
    def of(cls, model: type[models.Model], rows: list[Any], ask: Callable[[], Any]) -> "Related":
        """These rows of a relation."""
        of = cls(model, _UNASKED)
        of._result_cache, of.ask = rows, ask
        of._prefetch_done = True  # type: ignore[attr-defined]
        return of

    @property
    def query(self) -> Any:  # type: ignore[override]
        if vars(self)["_query"] is _UNASKED:
            vars(self)["_query"] = self.ask().query
        return vars(self)["_query"]

    def __getattr__(self, name: str) -> Any:
        """A word of the model's own."""
        if name.startswith("_") or name == "ask":
            raise AttributeError(name)
        return getattr(self.ask(), name)
