"""The list's action that says the same of many pictures: whose they are, of what, and whether they
may be shown."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .. import library
from ..models import FestivalEdition, Film, Image, Person
from .choosing import ChooseOne, ChooseSome
from .image_panels import small_links

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

MOST_AT_ONCE = 100  # each is written by itself, and looked at before


class SameForm(forms.Form):
    credit_line = forms.CharField(
        required=False,
        max_length=Image._meta.get_field("credit_line").max_length,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="For those that have none yet; a credit line that is there is kept.",
    )
    rights_status = forms.ChoiceField(
        required=False,
        choices=[
            ("", "As it is"),
            *(choice for choice in Image.Rights.choices if choice[0] != Image.Rights.WITHDRAWN),
        ],
        help_text="For all but those that are withdrawn.",
    )
    film = forms.ModelChoiceField(
        Film.objects.all(),
        required=False,
        widget=ChooseOne(Image._meta.get_field("film"), admin.site),
        help_text="For those that are of none yet.",
    )
    edition = forms.ModelChoiceField(
        FestivalEdition.objects.select_related("festival"),
        required=False,
        label="Festival edition",
        widget=ChooseOne(Image._meta.get_field("edition"), admin.site),
        help_text="For those that are of none yet.",
    )
    people = forms.ModelMultipleChoiceField(
        Person.objects.all(),
        required=False,
        label="People shown",
        widget=ChooseSome(Image._meta.get_field("people"), admin.site),
        help_text="Beside those that are named already.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Say something of them, or leave them as they are.")
        return cleaned

    def news_of(self, image: Image) -> dict[str, Any]:
        """The columns that change."""
        said = self.cleaned_data
        kept = {name for name in ("credit_line", "film", "edition") if getattr(image, name)}
        if image.is_withdrawn():
            kept.add("rights_status")
        return {
            name: said[name]
            for name in ("credit_line", "film", "edition", "rights_status")
            if said[name] and name not in kept and said[name] != getattr(image, name)
        }


class SaysTheSame(Base):
    @admin.action(description="Say the same of all of them", permissions=["change"])
    def say_the_same(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        images = list(queryset.order_by("pk")[: MOST_AT_ONCE + 1])
        if len(images) > MOST_AT_ONCE:
            messages.error(request, f"Tick {MOST_AT_ONCE} pictures at most.")
            return None
        form = SameForm(request.POST if "say" in request.POST else None)
        if not form.is_valid():
            return self._ask_what(request, images, form)
        held = Image.objects.select_for_update(no_key=True).order_by("pk")
        ticked = held.filter(pk__in=[image.pk for image in images])
        changed = sum(self._say(request, form, image) for image in ticked)
        rest = len(images) - changed
        also = f" {rest} said it already, or are for an editor to change." if rest else ""
        number = f"{changed} picture{'' if changed == 1 else 's'}"
        messages.success(request, f"Said of {number}.{also}")
        return None

    def _say(self, request: HttpRequest, form: SameForm, image: Image) -> bool:
        """Whether anything of it changed."""
        if not self.has_change_permission(request, image):
            return False
        news = form.news_of(image)
        added = set(form.cleaned_data["people"]) - set(image.people.all())
        if not news and not added:
            return False
        Image.objects.filter(pk=image.pk).update(**news)
        image.people.add(*added)
        library.words_changed(image, news)
        labels = [str(form[name].label) for name in [*news, *(["people"] if added else [])]]
        self.log_change(request, image, f"Said of many at once: {', '.join(labels)}.")
        return True

    def _ask_what(self, request: HttpRequest, images: list[Image], form: SameForm) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "Say the same of all of them",
            "list_url": request.get_full_path(),  # with its filters
            "images": images,
            "small": small_links(images),
            "form": form,
            "media": self.media,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        status = 422 if form.errors else 200
        return render(request, "admin/reviews/say_the_same.html", context, status=status)
