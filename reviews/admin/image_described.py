"""The list's action that writes the words of many pictures on one page, each beside its picture."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from .. import library
from ..models import Image
from .image_form import ImageForm
from .image_list import address_of_small

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

MOST_AT_ONCE = 48  # a page of the list
WIDE = forms.TextInput({"class": "vTextField"})


class DescribedForm(ImageForm):
    """What was shown is sent along, so that only what its editor changed is saved, and nothing over
    what a colleague wrote meanwhile."""

    file: Any = None
    credit_source: Any = None

    class Meta:
        model = Image
        fields = ("credit_line", "alt_text", "decorative")
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


DescribedFormSet = forms.modelformset_factory(Image, form=DescribedForm, extra=0)


class WritesWords(Base):
    @admin.action(description="Write their credits and alternative texts", permissions=["change"])
    def write_words(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        ticked = Image.objects.filter(pk__in=[image.pk for image in queryset[: MOST_AT_ONCE + 1]])
        mine = [image.pk for image in ticked if self.has_change_permission(request, image)]
        if len(mine) > MOST_AT_ONCE or not mine:
            few = f"Tick {MOST_AT_ONCE} pictures at most."
            messages.error(request, few if mine else "Only an editor changes these pictures.")
            return None
        held = ticked.filter(pk__in=mine).order_by("pk").select_for_update(no_key=True)
        formset = DescribedFormSet(request.POST if "write" in request.POST else None, queryset=held)
        if not (formset.is_bound and formset.is_valid()):
            return self._ask_words(request, formset)
        changed: list[Any] = [form for form in formset.forms if form.columns()]
        for form in changed:
            form.instance.save(update_fields=form.columns())
            library.words_changed(form.instance, form.columns())
            said = self.construct_change_message(request, form, [])
            self.log_change(request, form.instance, said)
        number = f"{len(changed)} picture{'' if len(changed) == 1 else 's'}"
        messages.success(request, f"The words of {number} are saved.")
        return None

    def _ask_words(self, request: HttpRequest, formset: Any) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "Write their words",
            "list_url": request.get_full_path(),  # with its filters
            "formset": formset,
            "rows": [(form, address_of_small(form.instance)) for form in formset.forms],
            "media": self.media,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        status = 422 if formset.is_bound else 200
        return render(request, "admin/reviews/write_words.html", context, status=status)
