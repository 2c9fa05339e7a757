"""What is said with a verb of many pieces: asked for on a page of its own, which names them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize
from django.utils.html import format_html, format_html_join

from . import verbs
from .article_form import NOTE, TO_WRITER, TO_WRITER_GOES, WHY, WHY_STAYS
from .deleting import shortened
from .readable import UncutForm
from .ticked import ask

MOST_AT_ONCE = 500  # keys in a form


@dataclass(frozen=True)
class Asked:
    """The label of what is said, what becomes of it, and what stands above it."""

    label: str
    help_text: str
    before: str


ASKED = {
    "return_to_draft": Asked(TO_WRITER, TO_WRITER_GOES, "They will be drafts, for their writers:"),
    "withdraw": Asked(WHY, WHY_STAYS, "Readers will not see these any more; everything is kept:"),
}


class NoteForm(UncutForm, forms.Form):
    note = forms.CharField(
        required=False, max_length=NOTE, widget=forms.Textarea({"rows": 3, "cols": 60})
    )

    def __init__(self, asked: Asked, data: Any = None) -> None:
        super().__init__(data)
        self.fields["note"].label = f"{asked.label} (optional)"
        self.fields["note"].help_text = asked.help_text


def said_first(
    desk: Any, request: HttpRequest, name: str, queryset: QuerySet[Any]
) -> HttpResponse | None:
    """Asks, and once it is answered does it."""
    keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    if len(keys) > MOST_AT_ONCE:
        messages.error(request, f"Tick {MOST_AT_ONCE} pieces at most.")
        return None
    form = NoteForm(ASKED[name], request.POST if "say" in request.POST else None)
    if form.is_valid():
        desk.each(request, name, queryset, verbs.Said(note=form.cleaned_data["note"]))
        return None
    names = format_html_join("", "<li>{}</li>", ((n,) for n in shortened(queryset, said=str)))
    number = f"{len(keys)} piece{pluralize(len(keys))}"
    return ask(
        desk,
        request,
        "admin/reviews/said_of_many.html",
        f"{verbs.VERBS[name].label}: {number}",
        wrong=form.errors,
        form=form,
        keys=keys,
        shown=format_html("<p>{}</p><ul>{}</ul>", ASKED[name].before, names),
        verb=name,
        button=verbs.VERBS[name].label,
    )
