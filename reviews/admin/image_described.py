"""The list's action that writes the words of many pictures on one page, each beside its picture."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.defaultfilters import pluralize
from django.utils.datastructures import MultiValueDict

from .. import library
from ..models import Image
from .image_form import ImageForm
from .image_list import address_of_small
from .mixin import Mixin
from .ticked import ask

MOST_AT_ONCE = 48  # a page of the list
TEXTS = ("credit_line", "alt_text")
LOST = "The picture has been deleted, or readers see it now and only an editor may change it."
WIDE = forms.TextInput({"class": "vTextField"})


class DescribedForm(ImageForm):
    """What was shown is sent along, so that only what its editor changed is saved, and nothing over
    what a colleague wrote meanwhile."""

    file: Any = None
    credit_source: Any = None

    class Meta:
        model = Image
        fields = (*TEXTS, "decorative")
        widgets = {"credit_line": WIDE, "alt_text": WIDE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].show_hidden_initial = True
            self.fields[name].help_text = ""  # it says the same in every row

    def clean(self) -> dict[str, Any]:
        for name in {*self.changed_data} & {*self.Meta.fields}:
            stored, shown = str(getattr(self.instance, name)), self.add_initial_prefix(name)
            if self.data.get(shown, stored) != stored:
                seen: Any = MultiValueDict(self.data)
                seen[shown] = stored  # seen now: whoever saves once more has decided
                self.data = seen
                said = f"A colleague wrote “{stored}” here since you opened this."
                self.add_error(name, f"{said} Save once more to put yours in its place.")
        return super().clean()


class WritesWords(Mixin):
    @admin.action(description="Write their credits and alternative texts", permissions=["change"])
    def write_words(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        sent = request.POST if "write" in request.POST else None
        # A page is of the pictures it names, though what a colleague wrote meanwhile may take one
        # from the list as it is filtered.
        named: Any = request.POST.getlist(ACTION_CHECKBOX_NAME)
        ticked = named if sent else [image.pk for image in queryset[: MOST_AT_ONCE + 1]]
        held = Image.objects.filter(pk__in=ticked).order_by("pk").select_for_update(no_key=True)
        mine = [image for image in held if self.has_change_permission(request, image)]
        lost = _words_of_others(sent, mine) if sent else []
        for words in lost:
            messages.warning(request, f"Not saved: “{words}” {LOST}")
        if len(mine) > MOST_AT_ONCE:
            messages.error(request, f"Tick {MOST_AT_ONCE} pictures at most.")
            return None
        if not mine:
            if not lost:
                messages.error(request, "Only an editor may change these pictures.")
            return None
        rows = [DescribedForm(sent, instance=image, prefix=_prefix(image.pk)) for image in mine]
        if sent is None or [form for form in rows if not form.is_valid()]:
            shown = [(form, address_of_small(form.instance)) for form in rows]
            page, title = "admin/reviews/write_words.html", "Write their words"
            return ask(self, request, page, title, wrong=sent, sent=sent, rows=shown)
        changed: list[Any] = [form for form in rows if form.columns()]
        for form in changed:
            form.instance.save(update_fields=form.columns())
            library.words_changed(form.instance, form.columns())
            said = self.construct_change_message(request, form, [])
            self.log_change(request, form.instance, said)
        number = f"{len(changed)} picture{pluralize(len(changed))}"
        messages.success(request, f"The words of {number} are saved.")
        return None


def _prefix(pk: object) -> str:
    return f"picture-{pk}"


def _words_of_others(sent: QueryDict, mine: Sequence[Image]) -> list[str]:
    """What was typed for pictures that are not among these (any more): one text for each."""
    found, known = [], {str(image.pk) for image in mine}
    for pk in sent.getlist(ACTION_CHECKBOX_NAME):
        if pk in known:
            continue
        form = DescribedForm(sent, prefix=_prefix(pk))
        typed = [str(form[name].value() or "") for name in TEXTS if name in form.changed_data]
        found += [" · ".join(filter(None, typed))] if any(typed) else []
    return found
