"""The image library: pictures with the words that travel with them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .. import library, pictures, publishing
from ..models import Image
from .pictures import DESK

THUMBNAIL_SIDE = 480  # pixels; twice the width it is shown at, for dense screens


class ImageForm(forms.ModelForm):  # type: ignore[type-arg]
    """The file is judged by content when it comes in, and never swapped for another."""

    file = forms.FileField(
        label="Picture",
        allow_empty_file=True,  # so that the sentence about it names the file
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text="JPEG, PNG or WebP, as large as you have it.",
        error_messages={"required": "Choose a picture."},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            self.facts = library.accept(file)
        except library.InLibrary as there:
            raise ValidationError(
                format_html(
                    '{} <a href="{}" target="_blank">Open the picture that is there</a>.',
                    there,
                    reverse("admin:reviews_image_change", args=[there.image.pk]),
                )
            ) from None
        except pictures.UnusablePicture as refusal:
            raise ValidationError(str(refusal)) from None
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for field in ("credit_line", "alt_text"):
            if field in cleaned:
                cleaned[field] = cleaned[field].strip()
        if self.instance.pk:
            self._keep_live_pages_complete(cleaned)
        return cleaned

    def _keep_live_pages_complete(self, cleaned: dict[str, Any]) -> None:
        losses = []
        if not cleaned.get("credit_line") and "credit_line" not in self.errors:
            losses.append(("credit_line", "its credit line"))
        if not (cleaned.get("alt_text") or cleaned.get("decorative")):
            losses.append(("alt_text", "its alternative text, unless it is decorative"))
        articles = publishing.uses_on_live_pages(self.instance) if losses else []
        if articles:
            names = ", ".join(f"“{article.headline}”" for article in articles)
            for field, what in losses:
                self.add_error(field, f"Readers see this picture in {names}: it keeps {what}.")


class WordsFilter(admin.SimpleListFilter):
    title = "what is missing"
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("credit", "No credit line"), ("alt", "No alternative text"), ("use", "Unused")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        words = {"credit": "without_credit", "alt": "undescribed", "use": "unused"}
        word = words.get(self.value() or "")
        return getattr(queryset, word)() if word else queryset


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = ImageForm
    list_display = ["still", "name", "words"]
    list_display_links = ["still", "name"]
    list_filter = [WordsFilter]
    list_per_page = 48
    search_fields = ["alt_text", "caption", "credit_line", "creator", "source", "file"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    search_help_text = "Alternative text, caption, credit, creator, source or file name"
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/reviews/image_form.html"
    fieldsets = [
        (None, {"fields": ["file", "still", "credit_line", "alt_text", "decorative", "caption"]}),
        (
            "Whose it is",
            {
                "fields": [
                    *("creator", "copyright_notice", "licence_name", "licence_url", "source"),
                ]
            },
        ),
        (
            "What must stay in view when it is cropped",
            {
                "fields": [("focal_x", "focal_y")],
                "description": "In percent: 0 is the left or top edge, 50 the middle, 100 the "
                "right or bottom edge.",
            },
        ),
        ("Where it is used", {"fields": ["used_in"]}),
    ]

    @property
    def media(self) -> forms.Media:
        return super().media + DESK

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> list[str]:
        return ["file", "still", "used_in"] if obj else ["still", "used_in"]

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        """A new picture has nothing to show and no uses yet."""
        if obj is not None:
            return self.fieldsets
        first = [name for name in ImageAdmin.fieldsets[0][1]["fields"] if name != "still"]
        return [(None, {"fields": first}), *ImageAdmin.fieldsets[1:-1]]

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=[name for name in form.changed_data if name != "people"])
            library.words_changed(obj, form.changed_data)
            return
        for name, said in library.said_by(form.facts.rights).items():
            if not getattr(obj, name):
                setattr(obj, name, said)
        library.take_in(obj, form.cleaned_data["file"], form.facts)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        mine = [
            path("<int:pk>/facts/", view(self.facts), name="reviews_image_facts"),
            path("<int:pk>/thumbnail/", view(self.thumbnail), name="reviews_image_thumbnail"),
        ]
        return mine + super().get_urls()

    def facts(self, request: HttpRequest, pk: int) -> JsonResponse:
        """What the body's editor shows of a picture."""
        image = self._viewed(request, pk)
        may_change = self.has_change_permission(request, image)
        change = reverse("admin:reviews_image_change", args=[pk]) + "?_popup=1"
        return JsonResponse(
            {
                "alt_text": image.alt_text,
                "caption": image.caption,
                "credit_line": image.credit_line,
                "missing": _missing(image),
                "thumbnail": reverse("admin:reviews_image_thumbnail", args=[pk]),
                "change": change if may_change else "",
            }
        )

    def thumbnail(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The picture made small. A library's file never changes, so the browser keeps it."""
        image = self._viewed(request, pk)
        try:
            small = pictures.thumbnail(image.file, THUMBNAIL_SIDE)
        except OSError:
            raise Http404("The file cannot be read.") from None
        headers = {"Cache-Control": "private, max-age=86400"}
        return HttpResponse(small, content_type="image/webp", headers=headers)

    @admin.display(description="Picture")
    def still(self, image: Image) -> SafeString:
        return format_html(
            '<img class="still" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
            reverse("admin:reviews_image_thumbnail", args=[image.pk]),
            image.alt_text or image.file.name.rpartition("/")[2],
            image.width,
            image.height,
        )

    @admin.display(description="Name")
    def name(self, image: Image) -> str:
        return str(image)

    @admin.display(description="Credit")
    def words(self, image: Image) -> SafeString:
        missing = _missing(image)
        warning = f"No {', no '.join(missing)}" if missing else ""
        return format_html(
            '<span class="credit">{}</span> <span class="missing">{}</span>',
            image.credit_line,
            warning,
        )

    @admin.display(description="Used in")
    def used_in(self, image: Image) -> SafeString | str:
        uses: list[tuple[Model, str]] = [
            *((article, "lead picture") for article in image.lead_of.all()),
            *((article, "in the body") for article in image.articles.all()),
            *((film, "poster") for film in image.poster_of.all()),
            *((reviewer, "portrait") for reviewer in image.portrait_of.all()),
        ]
        links = (
            (reverse(f"admin:reviews_{row._meta.model_name}_change", args=[row.pk]), row, how)
            for row, how in uses
        )
        items = format_html_join("", '<li><a href="{}">{}</a>, {}</li>', links)
        return format_html("<ul>{}</ul>", items) if items else "Nowhere yet."

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Also by number, as messages about pictures name them: “no. 12” or “12”."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        number = search_term.strip().removeprefix("no.").strip()
        if number.isdecimal() and len(number) < 19:
            found |= queryset.filter(pk=number)
        return found, duplicates

    def _viewed(self, request: HttpRequest, pk: int) -> Image:
        image = get_object_or_404(Image, pk=pk)
        if not self.has_view_permission(request, image):
            raise PermissionDenied
        return image


def _missing(image: Image) -> list[str]:
    missing = [] if image.is_credited() else ["credit line"]
    return missing if image.is_described() else [*missing, "alternative text"]
