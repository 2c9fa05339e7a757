"""Text that can be read: what a browser garbled on the way is not saved as if it were meant."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"  # what stands where bytes were not UTF-8
UNREADABLE = (
    f"Some characters here could not be read and show as “{REPLACEMENT}”. Write them again."
)


class ReadableForm(forms.ModelForm):  # type: ignore[type-arg]
    """Refuses text with characters that were lost, at the field they are in."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and REPLACEMENT in value:
                self.add_error(name, ValidationError(UNREADABLE, code="unreadable"))
        return cleaned
