"""Languages are typed by their names, or by their tags (BCP 47); tags are what is kept."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from ..models import Language
from ..prose import LANGUAGE_TAG

CHOICES = "languages"  # the id of the list in templates/admin/change_form.html
HELP = "A name or a code: Korean or ko. If romanised: Korean in Latin letters, or ko-Latn."
UNKNOWN = (
    "Write its English name, such as “Korean”, or its tag, such as “ko”; “Korean in Latin letters” "
    "(“ko-Latn”) is for what is romanised."
)
_TAG = re.compile(LANGUAGE_TAG)
_IN_LATIN_LETTERS = re.compile(r",?\s+(?:in latin letters|\(?romanised\)?)\Z", re.IGNORECASE)


class LanguageField(forms.CharField):
    def to_python(self, value: Any) -> str:
        """“Korean” is “ko”, “Korean in Latin letters” is “ko-Latn”; a tag stays as it is."""
        said = super().to_python(value) or ""
        name = _IN_LATIN_LETTERS.sub("", said)
        tag = Language.objects.filter(name__iexact=name).values_list("tag", flat=True).first()
        if tag:
            return tag if name == said else f"{tag.partition('-')[0]}-Latn"
        if said and not _TAG.fullmatch(said):
            raise ValidationError(UNKNOWN, code="language")
        return said


class AsksLanguages:
    """For admins and inlines whose models have a language."""

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name not in ("language", "native_language"):
            return super().formfield_for_dbfield(  # type: ignore[misc]
                db_field, request, **kwargs
            )
        field = super().formfield_for_dbfield(  # type: ignore[misc]
            db_field, request, **kwargs, form_class=LanguageField
        )
        field.help_text = HELP
        field.widget.attrs |= {"list": CHOICES, "autocomplete": "off"}
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context[CHOICES] = Language.objects.values_list("tag", "name")
        answer: HttpResponse = super().render_change_form(  # type: ignore[misc]
            request, context, *args, **kwargs
        )
        return answer
