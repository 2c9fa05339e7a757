"""The last part of a row's address: made from words, and one that leads to no other row."""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from . import former
from .romanised import romanised

ROOM = 10  # characters that a year or a number takes behind one


def made_from(words: str, model: type[Model]) -> str:
    """Korean as it sounds; “” of what has no letter for an address."""
    slug = shortened(words, model)
    return slug if re.search("[a-z]", slug) else shortened(romanised(words), model)


def shortened(words: str, model: type[Model]) -> str:
    return slugify(words)[: _limit(model)].strip("-")


def what_it_is(model: type[Model]) -> str:
    """For what is called by nothing that an address can hold."""
    return slugify(str(model._meta.verbose_name))


def followed_by(slug: str, what: int, model: type[Model]) -> str:
    """One with a year or a number behind it."""
    return f"{slug[: _limit(model) - ROOM]}-{what}"


def numbered(slug: str, model: type[Model]) -> Iterator[str]:
    return (followed_by(slug, number, model) for number in count(2))


def is_taken(slug: str, model: type[Model], *, but: Any = None) -> bool:
    """Whether another row than the one of the key `but` has it, or had it and readers come to that
    by it."""
    rows = model._meta.concrete_model._default_manager  # type: ignore[union-attr]
    if rows.exclude(pk=but).filter(slug=slug).exists():
        return True
    row = leads_to(slug, model)
    return row is not None and row.pk != but


def leads_to(slug: str, model: type[Model]) -> Model | None:
    """The row to which readers come by it though it has another by now."""
    row: Model | None = former.leads_to(model, slug) if hasattr(model, "former_addresses") else None
    return row


def first_free(wished: Iterable[str], model: type[Model], *, but: Any = None) -> str:
    """Raises `StopIteration` where none is."""
    return next(slug for slug in wished if not is_taken(slug, model, but=but))


def _limit(model: type[Model]) -> int:
    return model._meta.get_field("slug").max_length or 0  # type: ignore[union-attr]
