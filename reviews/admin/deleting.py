"""What goes when something is deleted, and what stays without it, in the words of the desk."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import NestedObjects
from django.db import models, router
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import capfirst

from ..models import Article, Placement, Review
from .article_list import status_in_words
from .image_panels import link, linked_name
from .mixin import Mixin

MOST_NAMED = 20  # of each kind; how many more there are is said
Said = list[Any]  # lines, each before the list of those below it, as Django's pages take them


class SaysWhatGoes(Mixin):
    """For admins whose rows can be deleted: the page that asks says what is lost by name. Django's
    own lists the tables between, and the rows of each by number."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        rows = list(objs)
        collector = _collected(rows)
        lacking = self.not_theirs_to_delete(rows, request)
        needs = shortened(collector.protected, said=_of_its_kind)
        return said_of(rows, collector), {}, lacking, needs

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Whoever misses it in what stays finds in the history of that what it was, and who."""
        for row in queryset:
            lost = f"Lost the {self.opts.verbose_name} {row}, which was deleted."
            stays = _at_their_desks(_staying([row], _collected([row])))
            LogEntry.objects.log_actions(cast(Any, request.user.pk), stays, CHANGE, lost)
        return super().log_deletions(request, queryset)

    def not_theirs_to_delete(self, objs: Any, request: HttpRequest) -> set[str]:
        """The kind of the rows, where somebody may not delete one. What goes with a row is a part
        of it, and asks for no permission of its own: nobody deletes comments but with their piece.
        """
        may = all(self.has_delete_permission(request, row) for row in objs)
        return set() if may else {str(self.opts.verbose_name)}


def said_of(rows: Sequence[models.Model], collector: Any) -> Said:
    """The rows themselves, what is theirs and goes with them, and what stays without them."""
    if not rows:
        return []
    kind = rows[0]._meta.concrete_model
    goes: Said = []
    for model, found in [*collector.model_objs.items(), *collector.below.items()]:
        if model is not Placement and _is_part_of(kind, model):
            names = shortened(found, most=3, said=str)
            goes.append(f"{_called(model, kind)}: {', '.join(names)}")
    stays = _staying(rows, collector)
    return [
        *shortened(rows, said=_named),
        *(["This goes too:", goes] if goes else []),
        *(["This stays, but without it:", shortened(stays, said=_named)] if stays else []),
    ]


def shortened(
    rows: Iterable[Any], most: int = MOST_NAMED, said: Callable[[Any], Any] = lambda line: line
) -> Said:
    """What is `said` of the first of them, and how many more there are. Of a query no others are
    read."""
    if isinstance(rows, models.QuerySet):
        first, count = list(rows[:most]), rows.count()
    else:
        first = list(rows)
        count = len(first)
    more = count - most
    lines = [said(row) for row in first[:most]]
    return lines if more <= 0 else [*lines, f"and {more} more"]


class _Collector(NestedObjects):
    """Does not read what another floor hangs on the rows and goes with them, nor what is below
    that: the comments of a piece are thousands, and all of it is theirs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.below: dict[Any, models.QuerySet[Any]] = {}

    def related_objects(self, related_model: Any, related_fields: Any, objs: Any) -> Any:
        found = super().related_objects(related_model, related_fields, objs)
        goes = all(field.remote_field.on_delete is models.CASCADE for field in related_fields)
        if not goes or related_model._meta.app_label == Article._meta.app_label:
            return found
        self.below[related_model] = found.order_by()
        return found.none()


def _collected(rows: Sequence[models.Model]) -> _Collector:
    """What Django would delete with them, and what protects them."""
    model = type(rows[0]) if rows else models.Model
    collector = _Collector(router.db_for_write(model), origin=None)
    collector.collect(rows)
    return collector


def _staying(rows: Sequence[models.Model], collector: Any) -> list[Any]:
    """What names the rows, and goes on without them."""
    stays = [
        row
        for row in chain.from_iterable(chain.from_iterable(collector.field_updates.values()))
        if admin.site.is_registered(type(row))  # what has no form is nobody's to know of
    ]
    kind = rows[0]._meta.concrete_model
    for model, found in collector.model_objs.items():
        if chosen_by := _chosen_by(kind, model):
            stays += _choosers(chosen_by, model, found)
    return stays


def _chosen_by(kind: Any, between: Any) -> Any:
    """Whose rows choose those of a kind, where a table stands between the two and says no more than
    that, or something of it beside; None for any other table."""
    relations = (each for each in kind._meta.related_objects if each.many_to_many)
    return next((each.related_model for each in relations if each.through is between), None)


def _at_their_desks(rows: Sequence[Any]) -> list[Any]:
    """Pieces as the forms of their kinds know them, by which their histories go."""
    reviews = Review.objects.in_bulk([row.pk for row in rows if isinstance(row, Article)])
    return [reviews.get(row.pk, row) if isinstance(row, Article) else row for row in rows]


def _choosers(chosen_by: Any, between: Any, found: Iterable[Any]) -> list[Any]:
    """The rows that chose what goes: the pieces of a tag."""
    name = next(f.name for f in between._meta.fields if f.related_model is chosen_by)
    keys = [getattr(row, f"{name}_id") for row in found]
    return list(chosen_by._default_manager.filter(pk__in=keys))


def _is_part_of(kind: Any, model: Any) -> bool:
    """Its rows themselves: what is a part of them goes unsaid, as the findings of comments."""
    between = model._meta.auto_created or _chosen_by(kind, model)
    other = model._meta.concrete_model is not kind and not between
    return other and any(f.related_model is kind for f in model._meta.fields)


def _called(model: Any, kind: Any) -> str:
    """“Former addresses”: what the rows are to that whose they are."""
    ours = (f.remote_field for f in model._meta.fields if f.related_model is kind)
    names = [relation.get_accessor_name() for relation in ours]
    name = next((name for name in names if name), model._meta.verbose_name_plural)
    return str(capfirst(str(name).replace("_", " ")))


def _of_its_kind(row: Any) -> Any:
    name = linked_name(row) if admin.site.is_registered(type(row)) else row
    return format_html("{}: {}", capfirst(row._meta.verbose_name), name)


def _named(row: Any) -> Any:
    if isinstance(row, Article):
        return link(row, status_in_words(row).lower())
    return linked_name(row)
