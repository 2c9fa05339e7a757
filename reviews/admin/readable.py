"""Text as it was meant: what a browser garbled or cut on the way is not saved as if it were."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ..written_in import unturned

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"  # what stands where bytes were not UTF-8
UNREADABLE = (
    f"Some characters here could not be read and show as “{REPLACEMENT}”. Write them again."
)
YEARS = range(1000, 9999)  # whose moments the calendar has in every time zone
NO_SUCH_YEAR = "Write a year from 1000 to 9998."


def on_a_day_everywhere(moment: datetime) -> None:
    """A validator of moments. Raises `ValidationError`."""
    if moment.year not in YEARS:
        raise ValidationError(NO_SUCH_YEAR, code="year")


class UncutForm(forms.BaseForm):
    """Refuses what is too long: a browser that knows the limit cuts off what is pasted beyond it,
    and says nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


class ReadableForm(UncutForm, forms.ModelForm):  # type: ignore[type-arg]
    """Refuses text with characters that were lost, and moments that are on no day in some time
    zone, at the field they are in. What turns letters round comes in with a paste, unseen, and
    would turn round the words beside it in a list or a mail: it is left out."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str):
                cleaned[name] = unturned(value)
                if REPLACEMENT in value:
                    self.add_error(name, ValidationError(UNREADABLE, code="unreadable"))
            if isinstance(value, datetime):
                try:
                    on_a_day_everywhere(value)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned
