"""Two people with one form open: the second to save is told who was first, and nothing is lost."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms.formsets import DEFAULT_MAX_NUM, INITIAL_FORM_COUNT
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

OPENED = "as_opened"  # the name of the hidden field
DIGITS = 16  # hexadecimal; tells two states of one row apart
MOST_DIGITS = 14  # of milliseconds of Unix time; what is longer was never sent by a form of ours
MOST_ENTRIES = 5  # of the history that are told, the newest


class NothingOverwritten(Base):
    """For every admin with a form: what a colleague saved after it was opened is not overwritten.

    The form carries a digest of what it was filled from, with the rows of its inlines, and when
    that was. A post holds all these rows until its transaction ends, and is refused where they are
    not what they were; its form comes back as it was typed.
    """

    def as_it_stands(self, request: HttpRequest, form: "forms.ModelForm[Any]") -> str:
        """What a form is filled from, as a short word without a full stop. One query an inline."""
        mine = {name: _plain(form.initial.get(name)) for name in _compared(form)}
        below = [list(rows.values_list()) for rows in self._below(request, form.instance)]
        said = json.dumps([mine, below], default=str, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:DIGITS]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            self._hold(request, object_id)
            return super().changeform_view(request, object_id, *args, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or not change:
            return form
        return type(form.__name__, (_ComparingForm, form), {"desk": self, "request": request})

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """A row that a colleague deleted comes back as a new one, with what was typed in it."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and obj.pk:
            key = inline.model._meta.pk.name
            there = set(map(str, self._rows(inline, obj).values_list("pk", flat=True)))
            kwargs["data"] = gone_as_new(kwargs["data"], prefix, key, there)
        return kwargs

    def _hold(self, request: HttpRequest, object_id: str) -> None:
        """Locks what the form is about, before any of it is read; SQLite's writers take turns."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return
        mine = self.model._base_manager.filter(pk=obj.pk)
        for rows in (mine, *self._below(request, obj)):
            list(rows.select_for_update().values_list("pk"))

    def _below(self, request: HttpRequest, obj: Any) -> Iterator[models.QuerySet[Any]]:
        return (self._rows(inline, obj) for inline in self.get_inline_instances(request, obj))

    def _rows(self, inline: Any, obj: Any) -> models.QuerySet[Any]:
        key: Any = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
        rows: models.QuerySet[Any] = inline.model._base_manager.filter(
            **{key.name: obj.pk}
        ).order_by("pk")
        return rows


class _OpenedField(forms.CharField):
    def has_changed(self, initial: Any, data: Any) -> bool:
        """Nothing that an editor changes, nor that the history tells."""
        return False


class _ComparingForm(forms.ModelForm):  # type: ignore[type-arg]
    """`as_opened` is what the editor saw when the form was opened, and when that was."""

    desk: NothingOverwritten
    request: HttpRequest

    as_opened = _OpenedField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stands = self.desk.as_it_stands(self.request, self)
        self.initial[OPENED] = f"{self._stands}.{int(timezone.now().timestamp() * 1000)}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        saw, _, opened = (cleaned.get(OPENED) or "").partition(".")
        if saw != self._stands:
            entries = history(self.instance, since=_moment(opened))
            said = saved_meanwhile(self.instance, entries, self.request.user.pk, _differing(self))
            self.add_error(None, ValidationError(said, code="conflict"))
        return cleaned


def gone_as_new(data: QueryDict, prefix: str, key: str, there: set[str]) -> QueryDict:
    """What a formset was sent, with the rows that are not `there` behind those that are, as new
    ones: Django's admin draws as many old rows as there are."""
    old = _number(data.get(f"{prefix}-{INITIAL_FORM_COUNT}", ""))
    names = [f"{prefix}-{n}-{key}" for n in range(old)]
    kept = [n for n, name in enumerate(names) if data.get(name) in there]
    gone = [n for n in range(old) if n not in set(kept)]
    if not gone:
        return data
    moved = {n: new for new, n in enumerate([*kept, *gone])}
    row = re.compile(rf"{re.escape(prefix)}-(\d{{1,4}})-(.+)", re.DOTALL)
    said = QueryDict(mutable=True)
    for name, values in data.lists():
        found = row.fullmatch(name)
        n = int(found[1]) if found else old
        if found and n < old:
            name, values = f"{prefix}-{moved[n]}-{found[2]}", list(values)
            values = [""] if found[2] == key and n in gone else values
        said.setlist(name, values)
    said[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(kept))
    return said


def _number(said: str) -> int:
    """Of rows; 0 for what no form of ours says."""
    is_one = said.isdecimal() and len(said) <= 4
    return min(int(said), DEFAULT_MAX_NUM) if is_one else 0


def history(obj: models.Model, since: datetime | None) -> list[LogEntry]:
    """The newest entries of the admin's history since then, oldest first; the last of all without
    a moment. Two queries at most."""
    concrete: Any = obj._meta.concrete_model
    kinds = ContentType.objects.get_for_models(concrete, type(obj), for_concrete_models=False)
    entries = LogEntry.objects.filter(content_type__in=kinds.values(), object_id=str(obj.pk))
    if since:
        entries = entries.filter(action_time__gte=since)
    newest = entries.select_related("user").order_by("-action_time", "-pk")
    return list(newest[: MOST_ENTRIES if since else 1])[::-1]


def saved_meanwhile(
    obj: models.Model, entries: list[LogEntry], me: Any, differing: list[str]
) -> SafeString:
    """Who saved what when, where this form differs, and what to do."""
    when = f" at {timezone.localtime(entries[-1].action_time):%H:%M on %-d %B}," if entries else ""
    return format_html(
        "{} saved this {}{} after you opened it, so yours is not saved yet and nothing of "
        "theirs is lost. {}{}Your words are still below. "
        '<a href="{}" target="_blank">Open the current version in a new tab</a> and bring your '
        "changes there.",
        _who(entries, me),
        obj._meta.verbose_name,
        when,
        format_html_join("", "{} ", ((entry.get_change_message(),) for entry in entries)),
        f"Yours differs from what is there now in: {', '.join(differing)}. " if differing else "",
        reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk]),
    )


def _who(entries: list[LogEntry], me: Any) -> str:
    users = {entry.user_id: cast(User, entry.user) for entry in entries}
    names = [
        "You yourself" if pk == me else user.get_full_name() or user.get_username()
        for pk, user in users.items()
    ]
    return get_text_list(names, "and") or "Somebody"


def _differing(form: "forms.ModelForm[Any]") -> list[str]:
    compared = set(_compared(form))
    return [str(form[name].label) for name in form.changed_data if name in compared]


def _compared(form: "forms.ModelForm[Any]") -> list[str]:
    """The fields that a save would write. What is disabled is not written."""
    opts = form.instance._meta
    known = {field.name for field in (*opts.concrete_fields, *opts.many_to_many)}
    return [name for name, field in form.fields.items() if name in known and not field.disabled]


def _plain(value: Any) -> Any:
    """Rows of a many-to-many field as their keys, in one order; anything else as it is."""
    is_rows = isinstance(value, Iterable) and not isinstance(value, str | bytes | models.Model)
    return sorted(row.pk for row in value) if is_rows and _are_rows(value) else value


def _are_rows(value: Iterable[Any]) -> bool:
    return all(isinstance(row, models.Model) for row in value)


def _moment(opened: str) -> datetime | None:
    known = opened.isdecimal() and len(opened) <= MOST_DIGITS
    return datetime.fromtimestamp(int(opened) / 1000, UTC) if known else None
