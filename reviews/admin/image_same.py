"""What is said of many pictures at once: whose they are, of what, and whether they may be shown."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.utils.html import format_html

from .. import library
from ..models import FestivalEdition, Film, Image, Person
from .choosing import ChooseOne, ChooseSome
from .image_panels import small_links
from .same_of_many import SameForm, SaysTheSame


class SamePictures(SameForm):
    for_all: ClassVar = ("rights_status",)
    if_none: ClassVar = ("credit_line", "film", "edition")
    beside = "people"

    credit_line = forms.CharField(
        required=False,
        max_length=Image._meta.get_field("credit_line").max_length,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="Only for those that have none yet, unless you tick the next line.",
    )
    corrected = forms.BooleanField(
        required=False,
        label="Correct the credit line",
        help_text="Puts it in place of the credit lines that are there, too.",
    )
    rights_status = forms.ChoiceField(
        required=False,
        choices=[
            ("", "As it is"),
            *(choice for choice in Image.Rights.choices if choice[0] != Image.Rights.WITHDRAWN),
        ],
        help_text="For all except withdrawn ones.",
    )
    film = forms.ModelChoiceField(
        Film.objects.all(),
        required=False,
        widget=ChooseOne(Image._meta.get_field("film"), admin.site),
        help_text="Only for those that have none yet.",
    )
    edition = forms.ModelChoiceField(
        FestivalEdition.objects.select_related("festival"),
        required=False,
        label="Festival edition",
        widget=ChooseOne(Image._meta.get_field("edition"), admin.site),
        help_text="Only for those that have none yet.",
    )
    people = forms.ModelMultipleChoiceField(
        Person.objects.all(),
        required=False,
        label="People shown",
        widget=ChooseSome(Image._meta.get_field("people"), admin.site),
        help_text="In addition to those already named.",
    )

    def clean_corrected(self) -> bool:
        corrected: bool = self.cleaned_data["corrected"]
        if corrected and not self.cleaned_data.get("credit_line"):
            raise forms.ValidationError("Write the credit line that is to stand there.")
        return corrected

    def is_kept(self, row: Image, name: str) -> bool:
        corrected = name == "credit_line" and self.cleaned_data["corrected"]
        return not corrected and super().is_kept(row, name)

    def news_of(self, row: Image) -> dict[str, Any]:
        news = super().news_of(row)
        if row.is_withdrawn():
            news.pop("rights_status", None)
        return news


class SaysTheSameOfPictures(SaysTheSame):
    same_form = SamePictures
    same_called = "picture"

    def update_same(self, row: Image, news: dict[str, Any]) -> None:
        Image.objects.filter(pk=row.pk).update(**news)
        library.words_changed(row, news)

    def shown_same(self, rows: list[Any]) -> Any:
        return format_html('<ul class="small-pictures">{}</ul>', small_links(rows))
