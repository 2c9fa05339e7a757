"""The form of one picture: judged by content when it comes in, confirmed by the editor after."""

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AdminRadioSelect
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import library, picture_words, pictures, publishing
from ..models import CreditSource, Image
from .naming import name_moments
from .readable import ReadableForm

if TYPE_CHECKING:
    Base = forms.BaseForm
else:
    Base = object

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif,image/heic,image/heif"
KINDS = pictures.READABLE


class SourceSelect(forms.Select):
    """Each source with its words, which the script puts into empty fields."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        source: CreditSource | None = getattr(value, "instance", None)
        if source:
            words = {field: getattr(source, field) for field in picture_words.PRESETS}
            option["attrs"]["data-words"] = json.dumps({k: v for k, v in words.items() if v})
        return option


def there_already(there: library.InLibrary) -> SafeString:
    """The sentence about a file that is in the library, with the way to it."""
    return format_html(
        '{} <a href="{}" target="_blank">Open the picture that is there</a>.',
        there,
        reverse("admin:reviews_image_change", args=[there.image.pk]),
    )


class TakesAFile(Base):
    """A form whose `file` becomes a picture; `facts` are what is known of it then."""

    facts: pictures.PictureFacts

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            self.facts = library.accept(file)
        except library.InLibrary as there:
            raise ValidationError(there_already(there)) from None
        except pictures.UnusablePicture as refusal:
            raise ValidationError(str(refusal)) from None
        return file


class ImageForm(TakesAFile, ReadableForm):
    """The file is judged by content when it comes in; another has a page of its own."""

    file = forms.FileField(
        label="Picture",
        allow_empty_file=True,  # so that the sentence about it names the file
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=f"{KINDS}, as large as you have it. What the file says fills in the "
        "fields you leave empty.",
        error_messages={"required": "Choose a picture."},
    )
    credit_source = forms.ModelChoiceField(
        CreditSource.objects.all(),
        required=False,
        label="Credit source",
        empty_label="– a source that asks for certain words –",
        widget=SourceSelect({"data-preset": ""}),
        help_text="Fills in the empty fields below, and changes nothing you have written.",
    )

    class Meta:
        widgets = {"rights_status": AdminRadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_moments(self)
        if "rights_status" in self.fields:
            field: Any = self.fields["rights_status"]
            field.choices = [c for c in field.choices if c[0] != Image.Rights.WITHDRAWN]
            field.help_text = (
                "Cleared: somebody has checked that we may show it. Readers see unverified "
                "pictures too; the form of an article says which of its pictures they are."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for field in ("credit_line", "alt_text"):
            if field in cleaned:
                cleaned[field] = cleaned[field].strip()
        self._fill(cleaned)
        if self.instance.pk:
            self._keep_live_pages_complete(cleaned)
        return cleaned

    def columns(self) -> list[str]:
        """The columns this form may write: what was changed, and what a source filled."""
        mine = {f.name for f in Image._meta.concrete_fields if f.editable}
        return sorted(mine & {*self.changed_data, *self.filled})

    def _fill(self, cleaned: dict[str, Any]) -> None:
        """A source's words where nothing else is said; what the file says goes before them."""
        source = cleaned.get("credit_source")
        read = picture_words.said_by(self.facts.rights) if hasattr(self, "facts") else {}
        self.filled = [
            field
            for field in picture_words.PRESETS
            if field in cleaned and not (cleaned[field] or read.get(field))
            if getattr(source, field, "")
        ]
        for field in self.filled:
            cleaned[field] = getattr(source, field)

    def _keep_live_pages_complete(self, cleaned: dict[str, Any]) -> None:
        losses = []
        if not cleaned.get("credit_line") and "credit_line" not in self.errors:
            losses.append(("credit_line", "its credit line"))
        if not (cleaned.get("alt_text") or cleaned.get("decorative")):
            losses.append(("alt_text", "its alternative text, unless it is decorative"))
        articles = publishing.uses_on_live_pages(self.instance) if losses else []
        if articles:
            names = ", ".join(article.headline for article in articles)
            for field, what in losses:
                self.add_error(field, f"Readers see this picture in {names}: it keeps {what}.")
