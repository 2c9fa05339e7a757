"""What a choice is called, looked up once in each language. Django asks for the words of all
choices of a field whenever one is said."""

from django.db import models
from django.utils.translation import get_language

from .. import memoised


def label(choices: type[models.TextChoices], value: str) -> str:
    """In the language of the page; a value that is no choice is its own label, as Django has it."""
    return of(choices, value, get_language())


@memoised.remembered(most=500)
def of(choices: type[models.TextChoices], value: str, _language: str | None) -> str:
    """In the language, which has to be that of the page."""
    return str(choices(value).label) if value in choices.values else value
