"""“Replace the file”: a better one for every piece that shows a picture, its words kept."""

import logging
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path

from .. import intake, library, replacing, retired_files, storing
from ..models import Image
from .image_form import ACCEPTED, KINDS, TakesAFile, there_already
from .image_list import address_of_small
from .image_panels import file_in_words, linked, uses
from .image_upload import form_of, label_of
from .mixin import Mixin

log = logging.getLogger(__name__)

PUT_BACK = "put_back"  # the name of the button
MEANWHILE = (
    "A colleague put another file there a moment ago, so yours was not taken. Look at theirs "
    "first; if yours is better still, replace it once more."
)


class ReplaceForm(TakesAFile, forms.Form):
    file = forms.FileField(
        label="The better file",
        allow_empty_file=True,  # so that the sentence about it names the file
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=f"{KINDS}, as large as you have it.",
        error_messages={"required": "Choose the file."},
    )
    all_the_same = forms.BooleanField(
        label="Take it though it is smaller or looks otherwise",
        required=False,
        help_text="Without this tick such a file is refused, as it may be a different picture.",
    )
    seen = forms.CharField(widget=forms.HiddenInput)  # the digest of the file that was looked at

    def __init__(self, image: Image, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"seen": image.sha256})
        self.image = image

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "file" in cleaned and not cleaned["all_the_same"]:
            doubts = replacing.doubts(self.image, self.facts)
            if doubts:
                what_to_do = (
                    "If it shows another thing, add it as a new picture. If it is meant for this "
                    "place all the same, tick the box below and choose the file again."
                )
                self.add_error("file", " ".join([*doubts, what_to_do]))
        return cleaned


class ReplacesFiles(Mixin):
    """Adds the page “Replace the file”."""

    def replacing_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.replace)
        return [path("<int:pk>/replace/", view, name="reviews_image_replace")]

    def replace(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows every place and asks for the file. No transaction is open while it is read."""
        image = get_object_or_404(Image, pk=pk)
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        if request.method != "POST":
            return self._ask_for_a_file(request, image, ReplaceForm(image))
        if PUT_BACK not in request.POST:
            return self._take(request, image, ReplaceForm(image, request.POST, request.FILES))
        with replacing.former_file(image) as file:
            sent = request.POST.dict() | {"all_the_same": "on"}
            return self._take(request, image, ReplaceForm(image, sent, {"file": file}))

    def _take(self, request: HttpRequest, image: Image, form: ReplaceForm) -> HttpResponse:
        if not form.is_valid():
            return self._ask_for_a_file(request, image, form)
        was = file_in_words(image)

        def told(row: Image, outcome: replacing.Replaced) -> None:
            said = f"File replaced: {was}; now {file_in_words(row)}. {_otherwise(outcome)}"
            self.log_change(request, row, said.strip())

        try:
            if form.cleaned_data["seen"] != image.sha256:
                raise replacing.ReplacedMeanwhile
            outcome = replacing.replace(image, form.cleaned_data["file"], form.facts, told)
        except replacing.ReplacedMeanwhile:
            messages.warning(request, MEANWHILE)
            return redirect("admin:reviews_image_replace", image.pk)
        except library.InLibrary as there:
            form.add_error("file", there_already(there))
            return self._ask_for_a_file(request, image, form)
        except storing.NotStored:
            log.exception("A better file of picture %s could not be stored.", image.pk)
            form.add_error("file", f"It could not be taken in. {intake.NOT_THE_FILES_FAULT}")
            return self._ask_for_a_file(request, image, form)
        self._say_what_came(request, image, outcome)
        return redirect(form_of(image, outcome.filled))

    def _say_what_came(
        self, request: HttpRequest, image: Image, outcome: replacing.Replaced
    ) -> None:
        if otherwise := _otherwise(outcome):
            cleared = (
                "" if image.is_withdrawn() else " The picture is unverified until you clear it."
            )
            messages.warning(
                request, f"{otherwise} If the file is right, correct the words below.{cleared}"
            )
        if outcome.other_shape:
            messages.warning(
                request, "The new file has another shape: look below at what must stay in view."
            )
        messages.success(
            request,
            f"“{image}” has its new file, wherever it is shown: {file_in_words(image)}.",
        )

    def _ask_for_a_file(
        self, request: HttpRequest, image: Image, form: ReplaceForm
    ) -> HttpResponse:
        former = replacing.former(image)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "Replace the file",
            "image": image,
            "original": image,
            "file": file_in_words(image),
            "small": address_of_small(image),
            "uses": linked(uses(image)),
            "form": form,
            "former": former,
            "kept_until": former and former.retired_at + retired_files.KEPT_AFTER_RETIREMENT,
        }
        status = 422 if form.errors else 200
        return render(request, "admin/reviews/replace_image.html", context, status=status)


def _otherwise(outcome: replacing.Replaced) -> str:
    """Whose the new file says it is, where the library says another; empty where it does not."""
    said = [
        f"{label_of(each.field)} “{each.by_the_file}” (kept: “{each.kept}”)"
        for each in outcome.otherwise
    ]
    return f"The new file names another owner: {'; '.join(said)}." if said else ""
