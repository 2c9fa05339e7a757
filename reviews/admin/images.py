"""The image library: pictures with the words that travel with them."""

from contextlib import nullcontext, suppress
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import ProtectedError, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from .. import library, picture_words, pictures, publishing, readiness, retired_files, storing
from ..models import Article, Image
from .article_form import with_link
from .choosing import ChooseOne, Chooses
from .deleting import SaysWhatGoes, shortened
from .image_described import WritesWords
from .image_form import ImageForm
from .image_list import (
    TILE,
    BeginsWith,
    FestivalFilter,
    FilmFilter,
    ImageColumns,
    TimeFilter,
    WordsFilter,
    matching,
    missing,
    states,
)
from .image_panels import ImagePanels, for_list, link, uses
from .image_replacing import ReplacesFiles
from .image_same import SaysTheSameOfPictures
from .image_upload import UploadsPictures, form_of, read_fields
from .image_withdrawal import GONE, WithdrawsPictures
from .meanwhile import NothingOverwritten
from .pictures import DESK, LIBRARY
from .released import EditorsChangeWhatIsSeen
from .unsaved import KeepsWhatIsTyped

MAY_BE_SHOWN = ("rights_status", "embargo_until", "expires_at")
THUMBNAIL_SIDE = 480  # pixels; twice the width it is shown at, for dense screens
STILL_USED = "Somebody has just used it, so nothing was deleted. Look again where it is used."


@admin.register(Image)
class ImageAdmin(
    KeepsWhatIsTyped,
    EditorsChangeWhatIsSeen,
    NothingOverwritten,
    SaysWhatGoes,
    Chooses,
    ImageColumns,
    ImagePanels,
    UploadsPictures,
    WithdrawsPictures,
    ReplacesFiles,
    SaysTheSameOfPictures,
    WritesWords,
    admin.ModelAdmin,  # type: ignore[type-arg]
):
    form = ImageForm
    list_display = ["tile", "name", "words"]
    list_display_links = ["name"]
    list_filter = [
        *(WordsFilter, "rights_status", TimeFilter, FilmFilter, FestivalFilter),
        BeginsWith,
    ]
    actions = ["write_words", "say_the_same"]
    list_per_page = 48
    search_fields = ["file"]  # that there is a search; what it finds, `matching` says
    search_help_text = "Film (any title), person, festival, credit, creator, file name or number"
    show_facets = admin.ShowFacets.NEVER
    autocomplete_fields = ["film", "edition", "people"]
    radio_fields = {"rights_status": admin.HORIZONTAL}
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    change_form_template = "admin/reviews/image_form.html"
    change_list_template = "admin/reviews/image_list.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("still", "original", "credit_source", "credit_line", "alt_text"),
                    *("decorative", "caption", "headline"),
                ]
            },
        ),
        (
            "Whose it is",
            {
                "fields": [
                    *("creator", "copyright_notice", "licence_name", "licence_url"),
                    *("web_statement", "licensor_url", "source", "taken_at"),
                ]
            },
        ),
        ("May it be shown?", {"fields": MAY_BE_SHOWN}),
        ("What it shows", {"fields": ["film", "edition", "people"]}),
        (
            "What must stay in view when it is cropped",
            {
                "fields": ["focal_point", ("focal_x", "focal_y")],
                "description": "In percent: 0 is the left or top edge, 50 the middle, 100 the "
                "right or bottom edge.",
            },
        ),
        ("In the library", {"fields": ["used_in", "lookalikes", "sizes"]}),
    ]

    @property
    def media(self) -> forms.Media:
        chosen_by_typing = ChooseOne(FilmFilter.field, self.admin_site)
        return super().media + chosen_by_typing.media + DESK + LIBRARY

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return for_list(super().get_queryset(request))

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [*BeginsWith.ordering(request), *(self.opts.ordering or [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> list[str]:
        panels = ["still", "original", "focal_point", "used_in", "lookalikes", "sizes"]
        if obj is None:
            return panels
        return [*panels, "file", *(["rights_status"] if obj.is_withdrawn() else [])]

    def is_released(self, row: Image) -> bool:
        return publishing.is_on_pages(row)

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        """A new picture has a file and nothing to show yet; its words can be filled in only by
        who may change them."""
        (title, first), *others = self.fieldsets
        left_out = {"still", "original"} if obj is None else set()
        if obj is not None and not self.has_change_permission(request, obj):
            left_out = {"credit_source"}
        fields = [name for name in first["fields"] if name not in left_out]
        if obj is None:
            return [(title, {"fields": ["file", *fields]}), *others[:-2]]
        return [(title, {"fields": fields}), *others]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return matching(queryset, search_term), False

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        image: Image | None = context["original"]
        form = context["adminform"].form
        read = [name for name in read_fields(request) if image and form.initial.get(name)]
        for name in read:
            if name in form.fields:
                form.fields[name].widget.attrs["data-read"] = ""
                form.fields[name].help_text = "Read from the file: please confirm."
        context |= {
            "read": read,
            "states": states(image) if image else [],
            "may_withdraw": bool(image) and self.has_withdraw_permission(request),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=form.columns())
            library.words_changed(obj, form.columns())
            return
        form.read = picture_words.said_by(form.facts.rights)
        for name, said in form.read.items():
            if not getattr(obj, name) and not (name == "alt_text" and obj.decorative):
                setattr(obj, name, said)
        library.take_in(obj, form.cleaned_data["file"], form.facts)
        request.taken_in = obj  # type: ignore[attr-defined]
        form.read = [name for name in form.read if not form.cleaned_data.get(name)]

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file is decoded before the form's transaction begins.

        A colleague put the same file in after the form had looked: it looks once more, and
        says so at its field with every word kept."""
        if (file := request.FILES.get("file")) and self.has_add_permission(request):
            with suppress(pictures.UnusablePicture):  # the form says why
                library.look_at(file)
        try:
            return super().add_view(request, *args, **kwargs)
        except library.InLibrary as there:
            retired_files.retire(*there.left)  # again: what was written was rolled back
            return super().add_view(request, *args, **kwargs)
        except Exception:  # whatever it was, the row is rolled back: no file is left behind
            if taken_in := getattr(request, "taken_in", None):
                library.put_away(taken_in)
            raise

    def response_add(self, request: HttpRequest, obj: Image, *args: Any) -> HttpResponse:
        """On to the picture's own form, where what the file said is confirmed."""
        if IS_POPUP_VAR in request.POST or "_addanother" in request.POST:
            return super().response_add(request, obj, *args)
        messages.success(request, f"“{obj}” is in the library.")
        return redirect(form_of(obj, request.said_by_file))  # type: ignore[attr-defined]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        request.said_by_file = getattr(form, "read", [])  # type: ignore[attr-defined]

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        library.delete(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for image in queryset:
            with suppress(Image.DoesNotExist):  # a colleague was a moment faster
                library.delete(image)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What keeps them is said as where they are used."""
        *found, protected = super().get_deleted_objects(objs, request)
        said = [link(*use) for image in objs for use in uses(image)] if protected else []
        return *found, shortened(said or protected)

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, *args)
        except ProtectedError:
            messages.error(request, STILL_USED)
            return redirect("admin:reviews_image_change", object_id)
        except Image.DoesNotExist:
            messages.warning(request, GONE)
            return redirect("admin:reviews_image_changelist")

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An action on many is done to all of them or to none."""
        whole = transaction.atomic() if request.method == "POST" else nullcontext()
        try:
            with whole:
                return super().changelist_view(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, STILL_USED)
            return HttpResponseRedirect(request.get_full_path())

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        mine = [
            path("<int:pk>/facts/", view(self.facts), name="reviews_image_facts"),
            path("<int:pk>/thumbnail/", view(self.thumbnail), name="reviews_image_thumbnail"),
        ]
        more = self.upload_urls() + self.withdrawal_urls() + self.replacing_urls()
        return mine + more + super().get_urls()

    def facts(self, request: HttpRequest, pk: int) -> JsonResponse:
        """What the body's editor shows of a picture, and a field says of it."""
        image = self._viewed(request, pk)
        may_change = self.has_change_permission(request, image)
        change = reverse("admin:reviews_image_change", args=[pk]) + "?_popup=1"
        found = readiness.of_picture(image, Article(), timezone.now())
        return JsonResponse(
            {
                "alt_text": image.alt_text,
                "caption": image.caption,
                "credit_line": image.credit_line,
                "missing": missing(image),
                "problems": [with_link(each) for each in found],
                "thumbnail": reverse("admin:reviews_image_thumbnail", args=[pk]),
                "change": change if may_change else "",
            }
        )

    def thumbnail(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A small rendition where there is one; else the original made small."""
        image = self._viewed(request, pk)
        if address := image.address(TILE):
            return redirect(address)
        etag = f'"{image.sha256}"'
        if unchanged := get_conditional_response(request, etag=etag):
            return unchanged
        try:
            with storing.opened(image.file) as file:
                small = pictures.thumbnail(file, THUMBNAIL_SIDE)
        except (OSError, storing.NotRead):
            raise Http404("The file cannot be read.") from None
        headers = {"Cache-Control": "private, no-cache", "ETag": etag}
        return HttpResponse(small, content_type="image/webp", headers=headers)

    def _viewed(self, request: HttpRequest, pk: int) -> Image:
        image = get_object_or_404(Image, pk=pk)
        if not self.has_view_permission(request, image):
            raise PermissionDenied
        return image
