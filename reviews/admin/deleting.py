"""What goes when something is deleted, and what stays without it, in the words of the desk."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db import models, router
from django.http import HttpRequest
from django.utils.text import capfirst

from ..models import Article, Placement
from .article_list import status_in_words
from .image_panels import link, linked_name

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

MOST_NAMED = 20  # of each kind; how many more there are is said
Said = list[Any]  # lines, each before the list of those below it, as Django's pages take them


class SaysWhatGoes(Base):
    """For admins whose rows can be deleted: the page that asks says what is lost by name. Django's
    own lists the tables between, and the rows of each by number."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        _lines, _counts, lacking, protected = super().get_deleted_objects(objs, request)
        return said_of(list(objs)), {}, lacking, shortened(protected)


def said_of(rows: Sequence[models.Model]) -> Said:
    """The rows themselves, what is theirs and goes with them, and what stays without them."""
    if not rows:
        return []
    kind = rows[0]._meta.concrete_model
    collector: Any = NestedObjects(router.db_for_write(type(rows[0])), origin=rows[0])
    collector.collect(rows)
    goes: Said = []
    stays = [
        row
        for row in chain.from_iterable(chain.from_iterable(collector.field_updates.values()))
        if admin.site.is_registered(type(row))  # what has no form is nobody's to know of
    ]
    for model, found in collector.model_objs.items():
        chosen_by: Any = model._meta.auto_created
        if chosen_by:
            stays += [] if chosen_by is kind else _choosers(chosen_by, model, found)
        elif model is not Placement and model._meta.concrete_model is not kind:
            names = shortened([str(row) for row in found], most=3)
            goes.append(f"{_called(model, kind)}: {', '.join(names)}")
    return [
        *shortened([_named(row) for row in rows]),
        *(["This goes too:", goes] if goes else []),
        *(["This stays, but without it:", shortened(map(_named, stays))] if stays else []),
    ]


def shortened(lines: Iterable[Any], most: int = MOST_NAMED) -> Said:
    all_of_them = list(lines)
    more = len(all_of_them) - most
    return all_of_them if more <= 0 else [*all_of_them[:most], f"and {more} more"]


def _choosers(chosen_by: Any, between: Any, found: Iterable[Any]) -> list[Any]:
    """The rows that chose what goes: the pieces of a tag."""
    name = next(f.name for f in between._meta.fields if f.related_model is chosen_by)
    keys = [getattr(row, f"{name}_id") for row in found]
    return list(chosen_by._default_manager.filter(pk__in=keys))


def _called(model: Any, kind: Any) -> str:
    """“Former addresses”: what the rows are to that whose they are."""
    ours = (f.remote_field for f in model._meta.fields if f.related_model is kind)
    names = [relation.get_accessor_name() for relation in ours]
    name = next((name for name in names if name), model._meta.verbose_name_plural)
    return str(capfirst(str(name).replace("_", " ")))


def _named(row: Any) -> Any:
    if isinstance(row, Article):
        return link(row, status_in_words(row).lower())
    return linked_name(row)
