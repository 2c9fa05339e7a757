"""“Add pictures”: many files with one press, each with its own answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode

from .. import intake, picture_words
from ..models import CreditSource, FestivalEdition, Film, Image, Person
from .choosing import ChooseOne, ChooseSome
from .image_form import ACCEPTED, KINDS
from .image_list import BeginsWith, missing
from .image_panels import small_links
from .mixin import Mixin
from .readable import UncutForm

READ = "read"  # in a form's address: the fields that the file filled
MAY_BE_READ = (*picture_words.READ_FROM_FILES, "taken_at")
MEGABYTE = 1024 * 1024
PATIENCE = 20  # seconds; proxies commonly give a request 60, one picture takes about two


class UploadForm(UncutForm, forms.Form):
    """What is true of all the files that come in together; nothing of it must be said.

    `alt_text` is of one file: a script sends each by itself, with what was typed beside it.
    """

    credit_line = forms.CharField(
        required=False,
        max_length=Image._meta.get_field("credit_line").max_length,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="As the source asks: “Image © Courtesy of London Korean Film Festival”. Leave "
        "it empty to keep what each file says.",
    )
    alt_text = forms.CharField(
        required=False,
        max_length=Image._meta.get_field("alt_text").max_length,
        label="Alternative text",
        widget=forms.HiddenInput,
    )
    source = forms.ModelChoiceField(
        CreditSource.objects.all(),
        required=False,
        label="Credit source",
        empty_label="– a source that asks for certain words –",
        help_text="Fills in what the file itself does not say.",
    )
    film = forms.ModelChoiceField(
        Film.objects.all(),
        required=False,
        widget=ChooseOne(Image._meta.get_field("film"), admin.site),
    )
    edition = forms.ModelChoiceField(
        FestivalEdition.objects.select_related("festival"),
        required=False,
        label="Festival edition",
        widget=ChooseOne(Image._meta.get_field("edition"), admin.site),
    )
    people = forms.ModelMultipleChoiceField(
        Person.objects.all(),
        required=False,
        label="People shown",
        widget=ChooseSome(Image._meta.get_field("people"), admin.site),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not CreditSource.objects.exists():
            del self.fields["source"]  # nothing to choose

    def batch(self) -> intake.Batch:
        return intake.Batch(**self.cleaned_data)


class UploadsPictures(Mixin):
    """Adds the page “Add pictures”. It answers a script with the outcome of each file as JSON.

    Sent again by a reload, every file is in the library already: nothing is taken in twice.
    """

    def upload_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.upload)
        return [path("upload/", view, name="reviews_image_upload")]

    def upload(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(
            request.POST if request.method == "POST" else None, initial=_about(request)
        )
        files = request.FILES.getlist("files")
        sent = request.method == "POST"
        outcomes = list(self._take_in(request, form, files)) if sent and form.is_valid() else []
        if request.accepts("text/html"):
            return self._page(request, form, outcomes, asked_for_nothing=sent and not files)
        wrong = [
            f"{form[at].label}: {said}" for at, errors in form.errors.items() for said in errors
        ]
        answer = [_answer(request, outcome) for outcome in outcomes]
        return JsonResponse({"outcomes": answer, "errors": wrong}, status=422 if wrong else 200)

    def _take_in(
        self, request: HttpRequest, form: UploadForm, files: Sequence[UploadedFile]
    ) -> Iterator[intake.Outcome]:
        batch, size, start = form.batch(), 0, monotonic()
        for number, file in enumerate(files, start=1):
            size += file.size or 0
            late = number > 1 and monotonic() - start > PATIENCE
            many = number > settings.PICTURES_AT_ONCE or size > settings.PICTURES_AT_ONCE_MAX_BYTES
            if late or many:
                yield _left_out(file)
                continue
            outcome = intake.take_in(file, batch, told=partial(self._tell_of_new, request))
            there = None if outcome.is_new() else outcome.image
            if there and self.has_change_permission(request, there):
                outcome = self._filled_in(request, outcome, batch)
            yield outcome

    def _tell_of_new(self, request: HttpRequest, image: Image) -> None:
        self.log_addition(request, image, [{"added": {}}])

    def _filled_in(
        self, request: HttpRequest, outcome: intake.Outcome, batch: intake.Batch
    ) -> intake.Outcome:
        """Of a file that is there already, what was typed for it is not lost where it is wanted."""
        image = outcome.image
        with transaction.atomic():
            filled = intake.fill_in(image, batch) if image else []
            if image and filled:
                names = [label_of(name) for name in filled]
                self.log_change(request, image, [{"changed": {"fields": names}}])
        return replace(outcome, filled=filled)

    def _page(
        self,
        request: HttpRequest,
        form: UploadForm,
        outcomes: Sequence[intake.Outcome],
        *,
        asked_for_nothing: bool,
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "Add pictures",
            "list_url": reverse("admin:reviews_image_changelist"),
            "form": form,
            "media": self.media + form.media,
            "answers": [_answer(request, outcome) for outcome in outcomes],
            "asked_for_nothing": asked_for_nothing,
            "is_popup": _in_window(request),
            "first": request.GET.get(BeginsWith.parameter_name, ""),
            "accepted": ACCEPTED,
            "kinds": KINDS,
            "at_once": settings.PICTURES_AT_ONCE,
            "most_bytes": settings.PICTURE_MAX_BYTES,
            "most_megabytes": settings.PICTURE_MAX_BYTES // MEGABYTE,
        }
        status = 422 if form.errors or asked_for_nothing else 200
        return render(request, "admin/reviews/upload_images.html", context, status=status)


def read_fields(request: HttpRequest) -> list[str]:
    """The fields that the file filled, said in the address a form was opened by."""
    said = request.GET.get(READ, "").split(",") if request.method == "GET" else []
    return [name for name in MAY_BE_READ if name in said]


def form_of(image: Image, read: Sequence[str] = ()) -> str:
    """The address of a picture's form that marks what was read from the file."""
    query = f"?{urlencode({READ: ','.join(read)})}" if read else ""
    return reverse("admin:reviews_image_change", args=[image.pk]) + query


def _answer(request: HttpRequest, outcome: intake.Outcome) -> dict[str, Any]:
    """What the page shows of one file, and in one word what became of it."""
    image = outcome.image
    context = {
        "outcome": outcome,
        "form": form_of(image, outcome.read) if image else "",
        "is_popup": _in_window(request),
        "small": image and image.address(1),
        "read": [(label_of(name), getattr(image, name)) for name in outcome.read],
        "filled": [label_of(name) for name in outcome.filled],
        "missing": missing(image) if image else [],
        "alike": small_links(outcome.alike),
    }
    word = "in" if outcome.is_new() else "there" if image else "refused"
    html = render_to_string("admin/reviews/_upload_outcome.html", context)
    return {"word": word, "name": outcome.name, "html": html}


def _about(request: HttpRequest) -> dict[str, Any]:
    """New pictures for a piece about one film, or from one edition, are most likely of that."""
    said = {kind: BeginsWith.asked(request, kind) for kind in ("film", "edition")}
    return {kind: keys[0] for kind, keys in said.items() if len(keys) == 1}


def _in_window(request: HttpRequest) -> bool:
    return IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST


def label_of(field: str) -> str:
    """A column of pictures by the name that editors read."""
    column: Any = Image._meta.get_field(field)
    return str(column.verbose_name)


def _left_out(file: UploadedFile) -> intake.Outcome:
    most = settings.PICTURES_AT_ONCE
    megabytes = settings.PICTURES_AT_ONCE_MAX_BYTES // MEGABYTE
    return intake.Outcome(
        file.name or "",
        refusal=f"“{file.name}” was left out: at most {most} pictures and {megabytes} MB go in at "
        "once, and fewer when they are large. Send it again.",
    )
