"""What a page shows of its relations, which were read before it is written."""

from collections.abc import Iterable
from typing import Any

from django.db import models


def loaded(holder: models.Model, relation: str) -> Iterable[Any]:
    """As `holder.relation.all()`, for which Django makes a class and a queryset of it each time.

    No query where the relation was prefetched.
    """
    read = vars(holder).get("_prefetched_objects_cache", {})
    return read[relation] if relation in read else getattr(holder, relation).all()  # type: ignore[no-any-return]
