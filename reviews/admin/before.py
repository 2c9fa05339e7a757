"""What stood in a field before it was changed, told by the history of a piece."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import Truncator

from .. import revisions
from . import as_sent
from .mixin import Mixin

BESIDE_BUTTONS = (
    "publish_at",
    "to_writer",
    "why",
)  # no save keeps them: the buttons do, and say so


class TellsWhatWasBefore(Mixin):
    """Earlier versions keep the words; of anything else a slip can be mended from the history."""

    most_told = 150  # characters of each

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        message: Any = super().construct_change_message(request, form, formsets, add)
        for told in message:
            changed = told.get("changed", {})
            if "name" not in changed and "fields" in changed:
                changed["fields"] = list(_with_before(form, changed["fields"], self.most_told))
        return [told for told in message if told != {"changed": {"fields": []}}]


def _with_before(form: Any, labels: list[str], most: int) -> Iterator[str]:
    """Each label of a changed field with what it held; Django names them in this order."""
    opened = type(form)(instance=form.instance)
    opened.initial = form.initial
    opts = form.instance._meta
    kept = {field.name for field in (*opts.concrete_fields, *opts.many_to_many) if field.editable}
    for name, label in zip(form.changed_data, labels, strict=True):
        if name in BESIDE_BUTTONS:
            continue
        if name in kept - {*revisions.WORDS}:
            part = as_sent.part(name, opened[name])
            before = strip_tags(part.in_words(part.sent))
            yield f"{label} (before: {Truncator(before).chars(most)})"
        else:
            yield label
