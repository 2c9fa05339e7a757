"""What is said with a verb of many pieces: asked for on a page of its own, which names them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from .. import publishing
from ..models import Article
from . import verbs
from .article_form import NOTE, TO_WRITER, TO_WRITER_GOES, WHY, WHY_STAYS
from .deleting import shortened
from .readable import UncutForm
from .ticked import ask

MOST_AT_ONCE = 500  # keys in a form


@dataclass(frozen=True)
class Asked:
    """The label of what is said, what becomes of it, what stands above the pieces, and above those
    of which the verb makes no sense."""

    label: str
    help_text: str
    before: str
    not_these: str


ASKED = {
    "return_to_draft": Asked(
        TO_WRITER,
        TO_WRITER_GOES,
        "They will be drafts, for their writers:",
        "These stay as they are: they are drafts already, or published and have to be withdrawn "
        "first.",
    ),
    "withdraw": Asked(
        WHY,
        WHY_STAYS,
        "Readers will not see these any more; everything is kept:",
        "These stay as they are: readers do not see them.",
    ),
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
    asked, label = ASKED[name], verbs.VERBS[name].label
    ticked = list(queryset.order_by("pk").defer("body")[: MOST_AT_ONCE + 1])
    if len(ticked) > MOST_AT_ONCE:
        messages.error(request, f"Tick {MOST_AT_ONCE} pieces at most.")
        return None
    form = NoteForm(asked, request.POST if "say" in request.POST else None)
    if form.is_valid():
        desk.each(request, name, queryset, verbs.Said(note=form.cleaned_data["note"]))
        return None
    meant = [piece for piece in ticked if name in publishing.possible(piece)]
    others = [piece for piece in ticked if piece not in meant]
    if not meant:
        messages.error(request, f"Nothing was done. {asked.not_these}")
        return None
    number = f"{len(meant)} piece{pluralize(len(meant))}"
    return ask(
        desk,
        request,
        "admin/reviews/said_of_many.html",
        f"{label}: {number}",
        wrong=form.errors,
        form=form,
        keys=[piece.pk for piece in meant],
        shown=_named([(asked.before, meant), (asked.not_these, others)]),
        verb=name,
        button=label,
    )


def _named(groups: Iterable[tuple[str, Sequence[Article]]]) -> SafeString:
    """The pieces of each below its words, where there are any."""
    return format_html_join(
        "", "<p>{}</p><ul>{}</ul>", ((words, _listed(each)) for words, each in groups if each)
    )


def _listed(pieces: Sequence[Article]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((n,) for n in shortened(pieces, said=str)))
