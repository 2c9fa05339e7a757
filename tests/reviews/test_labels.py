"""Choices are called what Django calls them, in the language of the page."""

import pytest
from django.db import models
from django.utils.translation import override

from reviews.models import Article, Credit, FilmTitle, Screening

SAID = (
    (Article, "kind"),
    (Article, "seen"),
    (Credit, "role"),
    (FilmTitle, "kind"),
    (Screening, "premiere_status"),
)


@pytest.mark.parametrize(("model", "field"), SAID)
def test_a_choice_is_called_what_django_calls_it(model: type[models.Model], field: str) -> None:
    choices = dict(model._meta.get_field(field).flatchoices)  # type: ignore[union-attr]
    for language in ("en-gb", "ko", "en-gb"):
        with override(language):
            for value in (*choices, "", "no choice"):
                one = model(**{field: value})
                said = getattr(one, f"get_{field}_display")()
                assert said == str(choices.get(value, value))


def test_of_many_no_words_are_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Credit(role="editor").get_role_display()
    monkeypatch.setattr("django.utils.translation._trans.gettext", None)
    assert Credit(role="editor").get_role_display() == first
