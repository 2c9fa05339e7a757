"""What a picture's own form shows beside its fields: uses, likenesses, sizes, the focal point."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.template.defaultfilters import filesizeformat, pluralize
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .. import library
from ..models import Image
from .article_list import status_in_words
from .image_list import address_of_small

FOCAL_WIDTH = 640  # CSS pixels at most, on which a point is set to about a tenth of a percent
Use = tuple[Model, str]


def uses(image: Image) -> list[Use]:
    """Everything that shows a picture, whatever its status, and how. Four queries."""
    return [
        *((article, _with_status(article, "lead picture")) for article in image.lead_of.all()),
        *((article, _with_status(article, "in the body")) for article in image.articles.all()),
        *((film, "poster") for film in image.poster_of.all()),
        *((reviewer, "portrait") for reviewer in image.portrait_of.all()),
    ]


def linked(uses: Iterable[Use]) -> SafeString:
    """Uses as list items that lead to the form of each."""
    return format_html_join("", "<li>{}</li>", ((link(*use),) for use in uses))


def link(row: Model, how: str) -> SafeString:
    """To the form of what uses something, and how it does."""
    return format_html("{}, {}", linked_name(row), how)


def linked_name(row: Model) -> SafeString:
    address = reverse(f"admin:reviews_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, row)


def small_links(images: Iterable[Image]) -> SafeString:
    """Pictures as thumbnails that lead to their forms, each in a tab of its own."""
    return format_html_join(
        "",
        '<li><a href="{}" target="_blank"><img src="{}" alt="" loading="lazy"> {}</a></li>',
        (
            (
                reverse("admin:reviews_image_change", args=[image.pk]),
                address_of_small(image),
                image,
            )
            for image in images
        ),
    )


class ImagePanels:
    """Read-only parts of the form."""

    @admin.display(description="Used in")
    def used_in(self, image: Image) -> SafeString | str:
        items = linked(uses(image))
        return format_html("<ul>{}</ul>", items) if items else "Nowhere yet."

    @admin.display(description="Looks like")
    def lookalikes(self, image: Image) -> SafeString | str:
        items = small_links(library.similar(image))
        if not items:
            return "No other picture in the library looks like it."
        return format_html('<ul class="small-pictures">{}</ul>', items)

    @admin.display(description="Sizes for readers")
    def sizes(self, image: Image) -> SafeString:
        """The state of its renditions in words; the button's form stands under the page's own."""
        return format_html(
            "{}{}",
            _sizes_in_words(image),
            format_html(
                ' <button type="submit" form="make-again" class="button">Make again</button>'
                '<span class="help">{}</span>',
                image.renditions_error,
            )
            if image.renditions_state == Image.Renditions.FAILED
            else "",
        )

    @admin.display(description="The file")
    def original(self, image: Image) -> str:
        return f"No. {image.pk}, {file_in_words(image)}"

    @admin.display(description="On the picture")
    def focal_point(self, image: Image) -> SafeString:
        src = image.address(FOCAL_WIDTH)
        context: dict[str, Any] = {"image": image, "src": src or address_of_small(image)}
        return render_to_string("admin/reviews/_focal_point.html", context)


def file_in_words(image: Image) -> str:
    """What its file is called, and how large it is."""
    name = image.file.name.rpartition("/")[2]
    size = filesizeformat(image.bytes)
    return f"{name}, {image.width} × {image.height} pixels, {size}"


def for_list(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """All that a tile shows, in one query."""
    return queryset.select_related("film", "edition__festival")


def _with_status(article: Any, how: str) -> str:
    words = status_in_words(article)
    return f"{how} ({words[0].lower()}{words[1:]})"


def _sizes_in_words(image: Image) -> str:
    if image.is_withdrawn():
        return "None: the picture is withdrawn."
    count = sum(1 for _ in library.files_of(image))
    files = f"{count} file{pluralize(count)}"
    return {
        Image.Renditions.WAITING: f"Waiting to be made; readers get what there is ({files}).",
        Image.Renditions.WORKING: f"Being made; readers get what there is ({files}).",
        Image.Renditions.READY: f"Ready: {files}.",
        Image.Renditions.FAILED: f"Could not be made; readers get what there is ({files}).",
    }[Image.Renditions(image.renditions_state)]
