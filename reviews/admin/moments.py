"""A date and a time as an editor types it, by the publication's clock."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class MomentField(forms.DateTimeField):
    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(
                "The clocks change in that hour: this time comes twice or not at all. Choose one "
                "before or after it.",
                code=error.code,
            ) from None
