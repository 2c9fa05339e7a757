"""What a browser would send of a form that nobody typed into: told apart by field and by row."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms.formsets import (
    DELETION_FIELD_NAME,
    INITIAL_FORM_COUNT,
    TOTAL_FORM_COUNT,
    ManagementForm,
)
from django.http import QueryDict
from django_prose_editor.widgets import AdminProseEditorWidget

from .. import body, prose
from ..models.articles import BODY_LIMIT
from .choosing import can_be

DIGITS = 10  # hexadecimal, of a digest: two texts of one field are told apart
REMOVED = "Removed"  # of a row, in words
DELETED = {DELETION_FIELD_NAME: ["on"]}  # of a row, as sent
_END_OF_A_LINE = re.compile(r"(</(?:p|h\d|li|figure|summary)>)")
Sent = dict[str, list[str]]  # the names of controls, and what each holds


@dataclass(frozen=True)
class Part:
    """A field of a form, or a row of a list below it, which stands or falls as a whole.

    `key` names it: “year”, or “titles:17”. In `sent` the controls of a row have the names that
    they have in it.
    """

    key: str
    called: Callable[[], str]
    fields: Mapping[str, forms.BoundField]
    sent: Sent

    @property
    def label(self) -> str:
        return self.called()

    def digest(self, sent: Sent | None = None) -> str:
        """Of what was sent, or of what it would be: the same for what means the same."""
        said = repr(sorted(self.plain(self.sent if sent is None else sent).items()))
        return blake2b(said.encode(), digest_size=DIGITS // 2).hexdigest()

    def plain(self, sent: Sent) -> Sent:
        """Without what browsers add, and without what is empty."""
        if DELETION_FIELD_NAME in sent:
            return DELETED
        found: Sent = {}
        for name, field in self.fields.items():
            for control in _controls(field.field, name):
                values = [_tidy(field, each) for each in sent.get(control, [])]
                values = sorted(value for value in values if value)
                found |= {control: values} if values else {}
        return found

    def in_words(self, sent: Sent) -> str:
        """What an editor reads; a row with the names of its columns."""
        if DELETION_FIELD_NAME in sent:
            return REMOVED
        said = {name: _in_words(field, name, sent) for name, field in self.fields.items()}
        if ":" not in self.key:
            return next(iter(said.values())) or "Nothing"
        return "\n".join(f"{self.fields[name].label}: {it}" for name, it in said.items() if it)

    def differing(self, sent: Sent) -> list[str]:
        """The names of a row's columns in which what was sent says something else."""
        if ":" not in self.key or DELETION_FIELD_NAME in sent:
            return []
        mine, now = self.plain(sent), self.plain(self.sent)
        return [
            str(field.label)
            for name, field in self.fields.items()
            if any(mine.get(each) != now.get(each) for each in _controls(field.field, name))
        ]


@dataclass(frozen=True)
class Rows:
    """A list below a form: its formset's `prefix`, the name of the rows' `key`, they by their
    keys, one with nothing in it, and what one of them is `called`."""

    prefix: str
    key: str
    parts: Mapping[str, Part]
    blank: Part
    called: str

    def gone(self, key: str) -> Part:
        """In the place of one that is not there any more."""
        return replace(self.blank, key=key)

    def named(self, sent: Sent) -> str:
        """One that is not there any more, by what its first column was sent."""
        return f"{self.called} “{self.blank.in_words(sent)}”"

    def read(self, said: str) -> Sent:
        """A row that a form of ours kept; what else was sent holds nothing."""
        try:
            kept = json.loads(said)
        except (ValueError, RecursionError):
            return {}
        fields = self.blank.fields.items()
        controls = {each for name, field in fields for each in _controls(field.field, name)}
        return {
            name: [str(value) for value in values]
            for name, values in (kept.items() if isinstance(kept, dict) else ())
            if name in controls and isinstance(values, list)
        }


def part(name: str, field: forms.BoundField) -> Part:
    return Part(name, lambda: str(field.label), {name: field}, _sent(name, field))


def rows(formset: Any, called: str) -> Rows:
    """Of an unbound formset of the admin; `called` is one of them."""
    key = formset.model._meta.pk.name
    hidden = {key, formset.fk.name, DELETION_FIELD_NAME}

    def row(form: Any) -> Part:
        fields = {name: form[name] for name in form.fields if name not in hidden}
        sent: Sent = {}
        for name, field in fields.items():
            sent |= _sent(name, field)
        name = f"{formset.prefix}:{form.instance.pk or ''}"
        return Part(name, lambda: f"{called} “{form.instance}”", fields, sent)

    found = {str(form.instance.pk): row(form) for form in formset.initial_forms}
    blank = Part("", str, _fields_of(formset, hidden), {})
    return Rows(formset.prefix, key, found, blank, called)


def _fields_of(formset: Any, hidden: set[str]) -> dict[str, forms.BoundField]:
    form = formset.empty_form
    return {name: form[name] for name in form.fields if name not in hidden}


def field_in(data: QueryDict, field: Part) -> Sent:
    """What was sent of a field."""
    return {name: data.getlist(name) for name in field.sent}


def rows_in(data: QueryDict, prefix: str, *, new: bool = False) -> dict[int, Sent]:
    """What was sent of the old rows of a formset, by their numbers; of the `new` ones too."""
    row, (old, total) = _row_of(prefix), _counts(data, prefix)
    count = total if new else old
    found: dict[int, Sent] = {n: {} for n in range(count)}
    for name, values in data.lists():
        match = row.fullmatch(name)
        if match and int(match[1]) < count:
            found[int(match[1])][match[2]] = [str(value) for value in values]
    return found


def with_rows(
    data: QueryDict, prefix: str, keys: Container[str], old: Sequence[Sent], new: Sequence[Sent]
) -> QueryDict:
    """A formset's data with other old rows, and with some new ones, whose `keys` are emptied,
    before the new ones that were sent."""
    row, (count, total) = _row_of(prefix), _counts(data, prefix)
    said = QueryDict(mutable=True)
    for name, values in data.lists():
        match = row.fullmatch(name)
        if not match:
            said.setlist(name, list(values))
        elif int(match[1]) >= count:
            n = int(match[1]) - count + len(old) + len(new)
            said.setlist(f"{prefix}-{n}-{match[2]}", list(values))
    for n, sent in enumerate([*old, *new]):
        for name, values in sent.items():
            holds = [""] if name in keys and n >= len(old) else values
            if holds:
                said.setlist(f"{prefix}-{n}-{name}", holds)
    said[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(total + len(old) + len(new) - count)
    said[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(old))
    return said


def is_counted(data: QueryDict, prefix: str) -> bool:
    """Whether a formset was told how many rows it has; else it refuses them."""
    return ManagementForm(data, prefix=prefix).is_valid()


def key_in(sent: Sent, name: str) -> str:
    """The key of a row that was sent, as its formset reads it."""
    return (sent.get(name) or [""])[-1]


def _row_of(prefix: str) -> re.Pattern[str]:
    """The name of a control of a formset: the number of its row, and its name in that."""
    return re.compile(rf"{re.escape(prefix)}-(\d{{1,4}})-(.+)", re.DOTALL)


def _counts(data: QueryDict, prefix: str) -> tuple[int, int]:
    """How many rows a formset was sent, the old ones and all; 0 where it is not told so. Those of
    which nothing was sent are none: a number alone would be thousands of rows to draw."""
    form = ManagementForm(data, prefix=prefix)
    if not form.is_valid():
        return 0, 0
    numbers = (int(match[1]) for name in data if (match := _row_of(prefix).fullmatch(name)))
    total = min(form.cleaned_data[TOTAL_FORM_COUNT] or 0, max(numbers, default=-1) + 1)
    old = min(form.cleaned_data[INITIAL_FORM_COUNT] or 0, total)
    return max(old, 0), max(total, 0)


def _widget(field: Any) -> Any:
    widget = field.widget
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def _controls(field: Any, name: str) -> list[str]:
    widget: Any = _widget(field)
    if isinstance(widget, forms.MultiWidget):
        return [name + suffix for suffix in widget.widgets_names]  # type: ignore[attr-defined]
    return [name]


def _sent(name: str, field: forms.BoundField) -> Sent:
    """What its controls hold, as HTML forms send it."""
    widget, value = _widget(field.field), field.value()
    if isinstance(widget, forms.MultiWidget):
        values: Any = value if isinstance(value, list) else widget.decompress(value)
        pairs = zip(_controls(field.field, name), widget.widgets, values, strict=True)
        return {control: _strings(inner, each) for control, inner, each in pairs}
    return {name: _strings(widget, value)}


def _strings(widget: Any, value: Any) -> list[str]:
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    if isinstance(value, models.QuerySet | list | tuple):
        return [str(getattr(each, "pk", each)) for each in value]
    said = widget.format_value(value)
    return [str(each) for each in said] if isinstance(said, list) else [str(said or "")]


def _tidy(field: forms.BoundField, said: str) -> str:
    said = said.replace("\r\n", "\n").strip()
    is_body = isinstance(_widget(field.field), AdminProseEditorWidget)
    return prose.clean(said) if is_body and not _is_too_long(said) else said


def _is_too_long(html: str) -> bool:
    """Whether the form refuses it, so that it is compared as it was sent: a parser's time may grow
    with the square of a text."""
    return len(html) > BODY_LIMIT


def _in_words(field: forms.BoundField, name: str, sent: Sent) -> str:
    said: defaultdict[str, list[str]] = defaultdict(list, sent)
    values = [value for control in _controls(field.field, name) for value in said[control]]
    form_field: Any = field.field
    if isinstance(_widget(form_field), AdminProseEditorWidget):
        return "\n".join(paragraphs(values))
    if isinstance(form_field, forms.BooleanField):
        return "Yes" if any(values) else "No"
    if isinstance(form_field, forms.ModelChoiceField):
        return ", ".join(map(str, _chosen(form_field, values)))
    if choices := getattr(form_field, "choices", None):
        labels = {str(value): str(label) for value, label in choices}
        return ", ".join(labels.get(value, value) for value in values)
    return " ".join(values).replace("\r\n", "\n").strip()


def paragraphs(values: list[str]) -> Iterator[str]:
    """Of a body, a line each; pictures by their numbers."""
    whole = "".join(values)
    if _is_too_long(whole):
        yield from whole.splitlines()
        return
    for html in _END_OF_A_LINE.sub("\\1\0", whole).split("\0"):
        pictures = [f"Picture no. {pk}" for pk in body.image_ids(html)]
        if line := " ".join([*pictures, body.plain_text(html, spoilers=True)]).strip():
            yield line


def _chosen(field: Any, values: list[str]) -> Sequence[Any]:
    sent = [value for value in values if value]
    key = field.queryset.model._meta.pk
    if not all(can_be(key, value) for value in sent):
        return sent
    return list(field.queryset.filter(pk__in=sent))
