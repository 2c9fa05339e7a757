"""People in films and in the news, and the reviewers who write about them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import covered, slugs
from ..models import Article, Credit, Person, Reviewer, ReviewerLink
from ..written_in import told_by_letters
from .article_list import status_in_words
from .deleting import SaysWhatGoes, shortened
from .image_panels import link
from .in_order import InOrder
from .languages import AsksLanguages
from .meanwhile import NothingOverwritten
from .merging import Merges
from .naming import NamedCells
from .newcomers import AsksOfNewcomers, NewcomerForm
from .pictures import HasPictures
from .readable import ReadableForm
from .released import EditorsChangeWhatIsSeen
from .slugs import LeadsOn, SlugForm
from .unsaved import KeepsWhatIsTyped


class NameForm(SlugForm):
    """Two people may have one name; their addresses are numbered."""

    def other_slugs(self, slug: str) -> Iterator[str]:
        return slugs.numbered(slug, type(self.instance))


class PersonForm(NewcomerForm, NameForm):
    def namesakes(self, cleaned: dict[str, Any]) -> models.QuerySet[Any]:
        name = models.Q(name__iexact=cleaned.get("name", "").strip())
        native = cleaned.get("native_name", "").strip()
        return Person.objects.filter(name | models.Q(native_name=native) if native else name)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sort_name" in self.fields:
            self.fields["sort_name"].required = False
            self.fields[
                "sort_name"
            ].help_text += " Leave it empty to sort by the name as it stands."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["sort_name"] = cleaned.get("sort_name") or cleaned.get("name", "")
        if cleaned.get("native_language") == "":
            cleaned["native_language"] = told_by_letters(cleaned.get("native_name", ""))
        return cleaned


@admin.register(Person)
class PersonAdmin(
    EditorsChangeWhatIsSeen,
    NothingOverwritten,
    LeadsOn,
    SaysWhatGoes,
    AsksOfNewcomers,
    AsksLanguages,
    Merges,
    admin.ModelAdmin,  # type: ignore[type-arg]
):
    form = PersonForm
    merging_counts = {"credits": "credit", "articles": "piece", "pictures": "picture"}
    list_display = ["name", "native", "sort_name"]
    fields = ["name", "native_name", "native_language", "sort_name", "slug"]
    search_fields = ["name", "native_name", "sort_name"]
    search_help_text = "Name in any script"

    def is_released(self, row: Person) -> bool:
        return covered.shown(Article.objects.released()).filter(pk=row.pk).exists()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What keeps them are the films that name them."""
        *found, protected = super().get_deleted_objects(objs, request)
        if protected:
            named = Credit.objects.filter(person__in=objs).select_related("film")
            protected = shortened(link(c.film, c.get_role_display().lower()) for c in named)
        return *found, protected

    @admin.display(description="Native name", ordering="native_name", empty_value="–")
    def native(self, person: Person) -> SafeString | None:
        name, tag = person.native_name, person.native_language
        return format_html('<span lang="{}">{}</span>', tag, name) if name else None


class ReviewerLinkInline(NamedCells, InOrder, admin.TabularInline):  # type: ignore[type-arg]
    model = ReviewerLink
    form = ReadableForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = ["label", "url", "position"]
    extra = 1


@admin.register(Reviewer)
class ReviewerAdmin(
    KeepsWhatIsTyped,
    NothingOverwritten,
    LeadsOn,
    SaysWhatGoes,
    HasPictures,
    Merges,
    admin.ModelAdmin,  # type: ignore[type-arg]
):
    form = NameForm
    merging_counts = {"articles": "piece"}
    list_display = ["name", "user"]
    list_select_related = ["user"]
    fields = ["name", "slug", "bio", "portrait", "user"]
    raw_id_fields = ["portrait"]
    search_fields = ["name"]
    inlines = [ReviewerLinkInline]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What keeps them are the pieces that are by them."""
        *found, protected = super().get_deleted_objects(objs, request)
        if protected:
            pieces = Article.objects.filter(bylines__reviewer__in=objs).distinct()
            protected = shortened(link(piece, status_in_words(piece).lower()) for piece in pieces)
        return *found, protected
