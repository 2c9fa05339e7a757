"""Articles: reviews on a desk of their own, the other kinds beside them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_prose_editor.fields import ProseEditorField

from .. import publishing, revisions
from ..models import Article, Byline, CoveredFilm, RelatedChoice, Review, Section
from ..numbers import key
from . import verbs
from .article_actions import ArticleActions
from .article_form import (
    BylineFormSet,
    CoveredFilmForm,
    OtherPieceForm,
    ReviewForm,
    zone_in_words,
)
from .article_list import (
    NEWEST_FIRST,
    ArticleColumns,
    FestivalFilter,
    FilmFilter,
    MonthFilter,
    ReviewerFilter,
    StatusFilter,
    for_list,
    status_in_words,
)
from .article_preview import PreviewsUnsaved
from .article_same import SaysTheSameOfPieces
from .before import TellsWhatWasBefore
from .choosing import ChooseOne, Chooses
from .deleting_pieces import PiecesCanBeBroughtBack
from .in_order import InOrder
from .languages import AsksLanguages
from .meanwhile import NothingOverwritten
from .naming import NamedCells
from .pictures import BodyWidget, HasPictures
from .preview_addresses import GivesPreviewAddresses
from .searching import SearchesPieces, TextFilter
from .unsaved import PLACE, KeepsWhatIsTyped
from .versions import ShowsVersions


class BylineInline(NamedCells, InOrder, Chooses, admin.TabularInline):  # type: ignore[type-arg]
    model = Byline
    formset = BylineFormSet
    fields = ["reviewer", "role", "position"]
    autocomplete_fields = ["reviewer"]
    extra = 1
    verbose_name = "byline"
    verbose_name_plural = "Bylines, in the order of their numbers"


class AlsoAboutInline(NamedCells, InOrder, Chooses, admin.TabularInline):  # type: ignore[type-arg]
    """What a review is about beside its film."""

    model = CoveredFilm
    fields = ["film", "position"]
    autocomplete_fields = ["film"]
    extra = 0
    verbose_name = "film"
    verbose_name_plural = "Also about: it is listed on the pages of these films"


class FilmInline(AlsoAboutInline):
    """What any other piece is about, with the stars that it gives each."""

    form = CoveredFilmForm
    fields = ["film", "rating", "position"]
    verbose_name_plural = "Films it is about, in the order of their numbers"

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A row to begin with, where there is none yet."""
        return 0 if obj and obj.covered_films.exists() else 1


class RelatedChoiceInline(NamedCells, InOrder, Chooses, admin.TabularInline):  # type: ignore[type-arg]
    """What stands under “Read next” before what is nearest, and what never does."""

    model = RelatedChoice
    fk_name = "article"
    fields = ["other", "choice", "position"]
    autocomplete_fields = ["other"]
    extra = 0
    verbose_name = "piece"
    verbose_name_plural = "Read next: pieces to show first, or to leave out"


class DeskAdmin(
    KeepsWhatIsTyped,
    GivesPreviewAddresses,
    PreviewsUnsaved,
    ShowsVersions,
    TellsWhatWasBefore,
    NothingOverwritten,
    PiecesCanBeBroughtBack,
    HasPictures,
    Chooses,
    AsksLanguages,
    ArticleColumns,
    ArticleActions,
    SaysTheSameOfPieces,
    SearchesPieces,
    admin.ModelAdmin,  # type: ignore[type-arg]
):
    """What the desks of all kinds share. `new_kind`: of what a new piece starts as."""

    new_kind = Article.Kind.REVIEW

    change_form_template = "admin/reviews/article_form.html"
    change_list_template = "admin/reviews/article_list.html"
    formfield_overrides = {ProseEditorField: {"widget": BodyWidget}}
    raw_id_fields = ["lead_image"]
    prepopulated_fields = {"slug": ["headline"]}
    list_select_related = ["film", "section"]
    list_per_page = 50
    ordering: ClassVar[Any] = NEWEST_FIRST
    show_facets = admin.ShowFacets.NEVER

    @property
    def media(self) -> Media:
        chosen_by_typing = ChooseOne(Byline._meta.get_field("reviewer"), self.admin_site)
        return super().media + chosen_by_typing.media + PLACE

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return for_list(super().get_queryset(request))

    def is_released(self, row: Article) -> bool:
        return row.is_released()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        mine = Article.objects.filter(bylines__reviewer__user=request.user.pk)
        last = mine.order_by("-created_at", "-pk").values_list("section", flat=True).first()
        first = Section.objects.values_list("pk", flat=True).first()
        return {"section": last or first} | super().get_changeform_initial_data(request)

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """A new piece is by the one who writes it, until they say otherwise."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        reviewer = getattr(request.user, "reviewer", None)
        if request.method == "GET" and obj.pk is None and reviewer:
            kwargs["initial"] = [{"reviewer": reviewer.pk}]
        return kwargs

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Who may only look sees stars for a number, and reads the body on the page itself. What
        leads the front page is for those to say who publish."""
        fieldsets = super().get_fieldsets(request, obj)
        if not self.has_publish_permission(request):
            *others, (title, last) = fieldsets
            left = [name for name in last["fields"] if name != "leads"]
            fieldsets = [*others, (title, {"fields": left})]
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        (title, first), *others = fieldsets
        seen = ["stars" if name == "rating" else name for name in first["fields"]]
        return [(title, {"fields": [name for name in seen if name != "body"]}), *others]

    def view_on_site(self, obj: Article) -> str:
        """Its page; while readers do not see it, the staff's preview of it."""
        if obj.is_live():
            return obj.get_absolute_url()
        return reverse("reviews:preview", args=[obj.pk])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = context["original"]
        blank = self.model(kind=self.new_kind)
        context |= {
            "standing": status_in_words(article) if article else "New",
            "released": bool(article and article.is_released()),
            "zone": zone_in_words(),
            "verbs": verbs.offered(article, may_publish=self.has_publish_permission(request)),
            "may_publish": self.has_publish_permission(request),
            "checklist": verbs.checklist(article or blank),
            "notes": verbs.notes(article) if article else "",
            "outside": self.outside(request, article),
            "returned": article and revisions.notes_to_writers([article]).get(article.pk),
            "withdrawal": article and revisions.why_withdrawn(article),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def as_it_stands(self, request: HttpRequest, form: Any) -> str:
        """Its version: each save is one more, and so is each verb."""
        return str(form.instance.version)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """A new row, or the columns of the form and one version more; never the status."""
        if not change:
            obj.save()
            return
        obj.version += 1  # the row is held since it was read
        obj.save(update_fields=[*form.columns(), "version"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        publishing.record_edit(
            form.instance,
            by=request.user,  # type: ignore[arg-type]
            substantive=form.cleaned_data["substantive"],
            note=form.cleaned_data["note"],
            before=[form.initial[name] for name in revisions.WORDS] if change else (),
        )
        typed = form.cleaned_data
        note = typed["to_writer"] or typed["why"] if self.has_publish_permission(request) else ""
        request.said = verbs.Said(typed["publish_at"], note)  # type: ignore[attr-defined]


@admin.register(Review)
class ReviewAdmin(DeskAdmin):
    form = ReviewForm
    inlines = [BylineInline, AlsoAboutInline, RelatedChoiceInline]
    list_display = ["titled", "standing", "film", "stars", "by", "section", "first_shown"]
    list_filter = [
        TextFilter,
        StatusFilter,
        MonthFilter,
        "section",
        ReviewerFilter,
        FilmFilter,
        FestivalFilter,
    ]
    autocomplete_fields = ["film", "tags", "screening", "edition"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("headline", "film", "rating", "verdict"),
                    *("standfirst", "body", "lead_image"),
                ]
            },
        ),
        ("Where it belongs", {"fields": ["slug", "section", "tags", "language"]}),
        ("How it was seen", {"fields": ["seen", "screening", "edition"]}),
        (
            "For readers",
            {
                "fields": [
                    *("leads", "contains_spoilers", "content_note"),
                    *("comment_policy", "comments_close_after_days"),
                ]
            },
        ),
    ]


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    """All kinds are listed; a review opens on its own desk."""

    form = OtherPieceForm
    inlines = [FilmInline, BylineInline, RelatedChoiceInline]
    new_kind = Article.Kind.FEATURE
    list_display = ["titled", "standing", "kind", "film", "stars", "by", "section", "first_shown"]
    list_filter = [
        TextFilter,
        StatusFilter,
        MonthFilter,
        "kind",
        "section",
        ReviewerFilter,
        FilmFilter,
        FestivalFilter,
    ]
    autocomplete_fields = ["tags", "edition", "people"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("kind", "headline", "people", "standfirst"),
                    *("body", "lead_image", "edition"),
                ]
            },
        ),
        (
            "Where it belongs",
            {"fields": ["slug", "section", "tags", "language"]},
        ),
        ReviewAdmin.fieldsets[-1],
    ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if Review.objects.filter(pk=key(object_id)).exists():
            return HttpResponseRedirect(reverse("admin:reviews_review_change", args=[object_id]))
        return super().change_view(request, object_id, form_url, extra_context)
