"""Films and series with all their titles, and who made them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import covered, slugs
from ..models import Article, Country, Credit, Film, FilmTitle, Language, Person
from ..written_in import told_by_letters
from .choosing import Chooses
from .deleting import SaysWhatGoes
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
from .typed_credits import FIELDS, TypesCredits
from .unsaved import KeepsWhatIsTyped


class FilmForm(TypesCredits, NewcomerForm, SlugForm):
    slug_from = "title"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "year" in self.fields:  # a model's own “required” is not handed on to its form field
            said = Film._meta.get_field("year").error_messages["required"]
            self.fields["year"].error_messages["required"] = said
        if "kind" in self.fields:
            self.fields["kind"].required = False

    def clean_kind(self) -> str:
        """A form that was opened before an upgrade does not ask for it."""
        said: str = self.cleaned_data["kind"]
        return said or self.instance.kind

    def namesakes(self, cleaned: dict[str, Any]) -> Any:
        title, year = cleaned.get("title", "").strip(), cleaned.get("year") or 0
        return Film.objects.filter(title__iexact=title, year=year)

    def other_slugs(self, slug: str) -> Iterator[str]:
        """Films of one name are told apart by their year."""
        year = self.cleaned_data.get("year")
        if year:
            yield slugs.followed_by(slug, year, Film)


class _RowForm(ReadableForm):
    """A row of a list that is saved as a whole: its formset judges it beside the others, as they
    will be, where the model would judge it beside the others as they were."""

    def validate_constraints(self) -> None:
        return


class _WholeList(BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows with constraints between them, so that two can trade places in one save."""

    text: str  # the text column that tells rows apart

    def save(self, commit: bool = True) -> Any:
        """First moves the changed rows out of each other's way, inside the admin's transaction."""
        changing = [f.instance.pk for f in self.initial_forms if f.has_changed()]
        aside = Concat(Value("\N{SYMBOL FOR UNIT SEPARATOR}"), Cast("pk", CharField()))
        rows = self.model._default_manager.filter(pk__in=changing)
        rows.update(**self.given_up(), **{self.text: aside})
        return super().save(commit=commit)

    def given_up(self) -> dict[str, Any]:
        """What else a row gives up while the others are saved."""
        return {}


class TitleForm(_RowForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            self.fields["language"].required = False

    def has_changed(self) -> bool:
        """A new row of which only the kind is chosen, by us or by them, is none yet."""
        changed = set(self.changed_data)
        return bool(changed - {"kind"} if self.instance._state.adding else changed)

    def clean(self) -> dict[str, Any]:
        """The language is asked for only where neither the kind nor the letters tell it."""
        cleaned = super().clean()
        text, said = cleaned.get("text"), cleaned.get("language")
        if not text or said is None or said:
            return cleaned
        is_english = cleaned.get("kind") == FilmTitle.Kind.ENGLISH
        cleaned["language"] = "en" if is_english else told_by_letters(text)
        if not cleaned["language"]:
            words = self.fields["language"].error_messages["required"]
            self.add_error("language", ValidationError(words, code="required"))
        return cleaned


class TitleFormSet(_WholeList):
    text = "text"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The title that is asked for first is the original one."""
        film = kwargs.get("instance")
        if film is None or film.pk is None or film.original_title() is None:
            kwargs.setdefault("initial", [{"kind": FilmTitle.Kind.ORIGINAL}])
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        left = [form for form in self.forms if form not in self.deleted_forms]
        kinds = [form.cleaned_data.get("kind") for form in left if form.is_valid()]
        if kinds.count(FilmTitle.Kind.ORIGINAL) > 1:
            raise ValidationError(
                "A film has one original title. Give the others another kind, or remove them."
            )

    def given_up(self) -> dict[str, Any]:
        return {"kind": FilmTitle.Kind.FESTIVAL}


class TitleInline(NamedCells, AsksLanguages, admin.TabularInline):  # type: ignore[type-arg]
    model = FilmTitle
    form = TitleForm
    formset = TitleFormSet
    fields = ["text", "language", "kind"]
    extra = 1
    verbose_name_plural = "Titles: the original one, and others"


class CreditFormSet(_WholeList):
    text = "character"


class CreditInline(NamedCells, InOrder, Chooses, admin.TabularInline):  # type: ignore[type-arg]
    model = Credit
    form = _RowForm
    formset = CreditFormSet
    fields = ["person", "role", "character", "position"]
    autocomplete_fields = ["person"]
    extra = 1
    verbose_name_plural = "Credits, in the order of their numbers"


@admin.register(Film)
class FilmAdmin(
    KeepsWhatIsTyped,
    EditorsChangeWhatIsSeen,
    NothingOverwritten,
    LeadsOn,
    SaysWhatGoes,
    AsksOfNewcomers,
    AsksLanguages,
    HasPictures,
    Chooses,
    Merges,
    admin.ModelAdmin,  # type: ignore[type-arg]
):
    form = FilmForm
    change_form_template = "admin/reviews/film_form.html"
    merging_counts = {"reviews": "review", "credits": "credit", "screenings": "screening"}
    list_display = ["title", "year", "kind", "original", "certificate", "uk_release_date"]
    list_filter = ["kind"]
    search_fields = ["title", "titles__text"]
    search_help_text = "Any title, in any script"
    autocomplete_fields = ["countries", "languages"]
    raw_id_fields = ["poster"]
    inlines = [TitleInline, CreditInline]
    radio_fields = {"kind": admin.HORIZONTAL}
    fieldsets = [
        (None, {"fields": ["kind", "title", "year", "slug"]}),
        (None, {"fields": FIELDS}),
        (
            "The film or series",
            {
                "fields": [
                    *["countries", "languages", "episodes", "runtime_minutes"],
                    *["synopsis", "poster"],
                ]
            },
        ),
        ("In the UK", {"fields": ["certificate", "uk_distributor", "uk_release_date"]}),
        ("Elsewhere on the web", {"fields": ["imdb_id", "tmdb_id", "wikidata_id"]}),
    ]

    def is_released(self, row: Film) -> bool:
        return covered.films(Article.objects.released()).filter(pk=row.pk).exists()

    def get_fieldsets(self, request: HttpRequest, obj: Film | None = None) -> Any:
        """People are typed by who may add them, and change the film."""
        mine = obj is None or self.has_change_permission(request, obj)
        may = mine and request.user.has_perm("reviews.add_person")
        return [
            part
            for part in super().get_fieldsets(request, obj)
            if may or part[1]["fields"] != FIELDS
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("titles")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        people = self.admin_site.get_model_admin(Person)
        for person in form.credit(form.instance):
            people.log_addition(request, person, [{"added": {}}])

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """With the people who were typed, as rows of the list are told."""
        told = super().construct_change_message(request, form, formsets, add)
        rows = ({"name": "credit", "object": str(credit)} for credit in form.credited)
        return [*told, *({"added": row} for row in rows)]

    @admin.display(description="Original title", empty_value="–")
    def original(self, film: Film) -> SafeString | None:
        title = film.original_title()
        said = '<span lang="{}">{}</span>'
        return format_html(said, title.language, title.text) if title else None


class _Kept(NothingOverwritten, admin.ModelAdmin):  # type: ignore[type-arg]
    """A list that films point into: added to and mended, never shortened."""

    form = ReadableForm

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Country)
class CountryAdmin(_Kept):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]


@admin.register(Language)
class LanguageAdmin(_Kept):
    list_display = ["name", "tag"]
    search_fields = ["name", "tag"]
