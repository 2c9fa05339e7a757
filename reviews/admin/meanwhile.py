"""Two people with one form open: the second to save is told who was first, and nothing is lost.

What a colleague changed and oneself did not comes into the form; of what both changed the editor
chooses, in the form, which version stays. What was deleted comes back as a new one.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from . import as_sent
from .as_sent import Part, Rows
from .colleagues import deleted_meanwhile, history, moment, saved_meanwhile, who_of
from .deleted import Returning, ReturningForm, typed, typed_below
from .each_once import each_once
from .mixin import Mixin
from .once_more import hold_what_is_named, looks_once_more, say_what_is_not_kept
from .two_versions import Choice, Opened, meld

OPENED = "as_opened"  # the name of the hidden field
DIGITS = 16  # hexadecimal; tells two states of one row apart
ONLY = (
    "readers see it now, or soon will, so only an editor may change it. Send your words to an "
    "editor."
)


@dataclass
class Meeting:
    """What a post met: why it is refused (“”: it is not), by whom others were, and the choices,
    open and made."""

    refused: SafeString | str = ""
    who: str = ""
    choices: Sequence[Choice] = ()
    kept: Sequence[Choice] = ()


class NothingOverwritten(Mixin):
    """For every admin with a form: what a colleague saved after it was opened is not overwritten.

    The form carries a digest of what it was filled from, with the rows of its inlines, one of each
    part of it, and when that was. A post holds all these rows until its transaction ends, and is
    refused where they are not what they were; its form comes back as it was typed.
    """

    def as_it_stands(self, request: HttpRequest, form: "forms.ModelForm[Any]") -> str:
        """What a form is filled from, as a short word without a full stop. One query an inline."""
        mine = {name: _plain(form.initial.get(name)) for name in _compared(form)}
        below = [list(rows.values_list()) for rows in self._below(request, form.instance)]
        said = json.dumps([mine, below], default=str, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:DIGITS]

    @looks_once_more
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            obj = self._held(request, object_id)
            if obj is None:
                return self._gone(request, object_id, extra_context)
            if self.has_change_permission(request, obj):
                self.compare(request, obj)
            elif self.has_change_permission(request):
                name = self.opts.verbose_name
                said = f"This {name} is not yours to change any more, so nothing was saved: {ONLY}"
                return self._typed(request, f"This {name} is the editors’", said, 403)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def compare(self, request: HttpRequest, obj: Any) -> None:
        """Puts into what was sent what a colleague changed meanwhile; what is to be said of it, and
        whether it may be saved, is the request's `meanwhile`."""
        opened = Opened.read(request.POST.get(OPENED, ""))
        form = self._form(request, obj)
        state = self.as_it_stands(request, form)
        request.meanwhile = Meeting()  # type: ignore[attr-defined]
        if opened.state == state and not opened.asked:
            return
        fields, lists = _fields(form), self._lists(request, obj)
        melded = meld(request.POST.copy(), opened, fields, lists)
        opened_at = moment(opened.at) if opened.state != state else None
        entries = history(obj, since=opened_at)
        who = who_of(entries, request.user.pk)
        choices = [*melded.open, *(each for each in melded.kept if not each.returning)]
        refused: SafeString | str = ""
        if opened.state != state:
            refused = saved_meanwhile(obj, entries, who, melded.taken, bool(choices))
        elif melded.open:
            names = ", ".join(choice.label for choice in melded.open)
            refused = f"Choose which version stays, yours or that of your colleague: {names}."
        asked = frozenset(choice.key for choice in choices)
        melded.data[OPENED] = str(_opened(state, fields, lists, asked))
        request.POST = melded.data  # type: ignore[assignment]
        request.meanwhile = Meeting(refused, who, choices, melded.kept)  # type: ignore[attr-defined]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form = say_what_is_not_kept(request, form)
        if obj is None and hasattr(request, "returning"):
            return type(form.__name__, (ReturningForm, form), {"returning": request.returning})
        if obj is None or not change:
            return form
        return type(form.__name__, (_ComparingForm, form), {"request": request})

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """A row that a colleague deleted comes back as a new one, with what was typed in it."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs:
            keys = inline.model._meta.pk.name, self._parent(inline).name
            shown = kwargs["queryset"].filter(**{keys[1]: obj.pk}).order_by("pk")
            rows = shown.values_list("pk", flat=True) if obj.pk else []
            listed = partial(self._list, request, obj, inline, prefix)
            kwargs["data"] = each_once(kwargs["data"], prefix, keys, [*map(str, rows)], listed)
        return kwargs

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form, obj = context["adminform"].form, context.get("original")
        if OPENED in form.fields and not form.is_bound and obj is not None:
            state = self.as_it_stands(request, form)
            opened = _opened(state, _fields(form), self._lists(request, obj))
            form.initial[OPENED] = str(opened)
        context["meanwhile"] = getattr(request, "meanwhile", None)
        if hasattr(request, "returning"):
            context["left_over"] = typed(self, request, besides=form.fields)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        hold_what_is_named()

    def get_paginator(self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any) -> Any:
        """A history begins with what happened last."""
        if queryset.model is LogEntry:
            queryset = queryset.order_by("-action_time", "-pk")
        return super().get_paginator(request, queryset, *args, **kwargs)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        """What was chosen in place of a colleague's words is told with those words."""
        entry = super().log_change(request, obj, message or "Saved without a change.")
        if not message:
            request.unchanged = entry  # type: ignore[attr-defined]
        meeting: Meeting = getattr(request, "meanwhile", Meeting())
        kept, meeting.kept = meeting.kept, ()
        for choice in kept:
            said = f"{choice.label}: kept own version in place of what was saved meanwhile"
            super().log_change(request, obj, f"{said}: {choice.theirs}")
        return entry

    def _gone(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """What was typed into the form of a row that was deleted: as a new one, not saved yet; to
        who may add none, to be read and copied."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        said = deleted_meanwhile(self.model, object_id, request.user.pk)
        if not self.has_add_permission(request):
            said = f"{said} You may not add one, so this was not saved."
            return self._typed(request, f"This {self.opts.verbose_name} was deleted", said, 409)
        request.returning = Returning(said)  # type: ignore[attr-defined]
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return self.changeform_view(request, None, address, extra_context)

    def _typed(self, request: HttpRequest, title: str, said: str, status: int) -> HttpResponse:
        """What was typed into a form that this user may not save, to be read and copied."""
        inlines = self.get_inline_instances(request)
        below = [line for inline in inlines for line in typed_below(inline, request)]
        context = self.admin_site.each_context(request)
        context |= {"title": title, "said": said, "typed": [*typed(self, request), *below]}
        return render(request, "admin/reviews/not_saved_but_typed.html", context, status=status)

    def _form(self, request: HttpRequest, obj: Any) -> Any:
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        return self.get_form(request, obj, change=True, fields=fields)(instance=obj)

    def _lists(self, request: HttpRequest, obj: Any) -> list[Rows]:
        """The rows below, of the lists that may be changed."""
        return [
            self._list(request, obj, inline, formset.get_default_prefix())
            for formset, inline in self.get_formsets_with_inlines(request, obj)
            if inline.has_change_permission(request, obj)
        ]

    def _list(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> Rows:
        queryset = inline.get_queryset(request)
        formset = inline.get_formset(request, obj)(instance=obj, queryset=queryset, prefix=prefix)
        return as_sent.rows(formset, capfirst(inline.opts.verbose_name))

    def _held(self, request: HttpRequest, object_id: str) -> Any:
        """What the form is about, locked with its rows before any of it is read; None where it is
        gone. SQLite's writers take turns."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return None
        mine = self.model._base_manager.filter(pk=obj.pk)
        if not mine.select_for_update().values_list("pk").first():
            return None
        for rows in self._below(request, obj):
            list(rows.select_for_update().values_list("pk"))
        return self.get_object(request, unquote(object_id))

    def _below(self, request: HttpRequest, obj: Any) -> Iterator[models.QuerySet[Any]]:
        return (self._rows(inline, obj) for inline in self.get_inline_instances(request, obj))

    def _rows(self, inline: Any, obj: Any) -> models.QuerySet[Any]:
        mine = {self._parent(inline).name: obj.pk}
        rows: models.QuerySet[Any] = inline.model._base_manager.filter(**mine)
        return rows.order_by("pk")

    def _parent(self, inline: Any) -> Any:
        return _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)


class _OpenedField(forms.CharField):
    def has_changed(self, initial: Any, data: Any) -> bool:
        """Nothing that an editor changes, nor that the history tells."""
        return False


class _ComparingForm(forms.ModelForm):  # type: ignore[type-arg]
    """`as_opened` is what the editor saw when the form was opened, and when that was."""

    request: HttpRequest

    as_opened = _OpenedField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if refused := self.request.meanwhile.refused:  # type: ignore[attr-defined]
            self.add_error(None, ValidationError(refused, code="conflict"))
        return cleaned


def _opened(
    state: str, fields: Sequence[Part], lists: Sequence[Rows], asked: frozenset[str] = frozenset()
) -> Opened:
    parts = [*fields, *(part for rows in lists for part in rows.parts.values())]
    now = str(int(timezone.now().timestamp() * 1000))
    return Opened(state, now, {part.key: part.digest() for part in parts}, asked)


def _fields(form: Any) -> list[Part]:
    return [as_sent.part(name, form[name]) for name in _compared(form)]


def _compared(form: "forms.ModelForm[Any]") -> list[str]:
    """The fields that a save would write. What is disabled is not written."""
    opts = form.instance._meta
    known = {field.name for field in (*opts.concrete_fields, *opts.many_to_many)}
    return [
        name
        for name, field in form.fields.items()
        if name in known and not field.disabled and not isinstance(field, forms.FileField)
    ]


def _plain(value: Any) -> Any:
    """Rows of a many-to-many field as their keys, in one order; anything else as it is."""
    is_rows = isinstance(value, Iterable) and not isinstance(value, str | bytes | models.Model)
    return sorted(row.pk for row in value) if is_rows and _are_rows(value) else value


def _are_rows(value: Iterable[Any]) -> bool:
    return all(isinstance(row, models.Model) for row in value)
