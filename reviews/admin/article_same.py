"""What is said of many pieces at once: where they belong."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import F
from django.utils.html import format_html, format_html_join

from ..models import Article, FestivalEdition, Section, Tag
from .choosing import ChooseOne, ChooseSome
from .deleting import shortened
from .same_of_many import SameForm, SaysTheSame


class SamePieces(SameForm):
    for_all: ClassVar = ("section",)
    if_none: ClassVar = ("edition",)
    beside = "tags"

    section = forms.ModelChoiceField(
        Section.objects.all(),
        required=False,
        empty_label="As it is",
        help_text="For all of them.",
    )
    tags = forms.ModelMultipleChoiceField(
        Tag.objects.all(),
        required=False,
        widget=ChooseSome(Article._meta.get_field("tags"), admin.site),
        help_text="In addition to those they have.",
    )
    edition = forms.ModelChoiceField(
        FestivalEdition.objects.select_related("festival"),
        required=False,
        label="Festival edition",
        widget=ChooseOne(Article._meta.get_field("edition"), admin.site),
        help_text="Only for those that have none yet.",
    )


class SaysTheSameOfPieces(SaysTheSame):
    same_form = SamePieces
    same_called = "piece"

    def update_same(self, row: Article, news: dict[str, Any]) -> None:
        """Whoever has it open is told that it is of another version."""
        Article.objects.filter(pk=row.pk).update(**news, version=F("version") + 1)

    def shown_same(self, rows: list[Any]) -> Any:
        names = format_html_join("", "<li>{}</li>", ((name,) for name in shortened(map(str, rows))))
        return format_html("<ul>{}</ul>", names)
