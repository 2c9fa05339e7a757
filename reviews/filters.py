"""The filters of the list of reviews: a form whose choices are what the list holds."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import covered
from .models import Article, ArticleQuerySet

Choices = list[tuple[str, str]]

NO_SUCH_CHOICE = _("Nothing here goes by that, so this filter was left out.")


class ReviewFilter(forms.Form):
    """A value that is not among the choices is named kindly and otherwise ignored."""

    rating = forms.ChoiceField(required=False, label=_("Rating"))
    year = forms.ChoiceField(required=False, label=_("Year of the film"))
    country = forms.ChoiceField(required=False, label=_("Country"))
    festival = forms.ChoiceField(required=False, label=_("Festival"))
    reviewer = forms.ChoiceField(required=False, label=_("Reviewer"))
    sort = forms.ChoiceField(
        required=False,
        label=_("Order"),
        choices=[("", _("Newest first")), ("rating", _("Highest rated first"))],
    )

    def __init__(self, data: QueryDict) -> None:
        """Five queries, for the choices."""
        super().__init__(data, auto_id="filter_%s", label_suffix="")
        for name, choices in _choices().items():
            field: Any = self.fields[name]
            field.choices = [("", _("Any")), *choices]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = NO_SUCH_CHOICE

    def chosen(self) -> ArticleQuerySet:
        """The reviews that were asked for, in the order that was asked for."""
        self.is_valid()
        reviews, said = Article.objects.published().reviews(), self.cleaned_data
        if said.get("rating"):
            reviews = reviews.rated(int(said["rating"]))
        if said.get("year"):
            reviews = reviews.of_film_year(int(said["year"]))
        if said.get("country"):
            reviews = reviews.from_country(said["country"])
        if said.get("festival"):
            reviews = reviews.from_festival(said["festival"])
        if said.get("reviewer"):
            reviews = reviews.by(said["reviewer"])
        return reviews.best_first() if said.get("sort") == "rating" else reviews.newest_first()

    def is_used(self) -> bool:
        """Whether the list is narrowed or ordered in another way than usual."""
        return any(self.cleaned_data.values())


def _choices() -> dict[str, Choices]:
    given = _covered(_stars_given)
    return {
        "rating": [(str(rating), _in_words(rating)) for rating in given],
        "year": [(str(year), str(year)) for year in _covered(covered.years)],
        "country": sorted(
            ((country.code, country.said()) for country in _covered(covered.countries)),
            key=lambda choice: choice[1],
        ),
        "festival": [(festival.slug, festival.name) for festival in _covered(covered.festivals)],
        "reviewer": [(reviewer.slug, reviewer.name) for reviewer in _covered(covered.reviewers)],
    }


def _covered(what: covered.Asked) -> list[Any]:
    return covered.by_published(what, kind=Article.Kind.REVIEW)


def _stars_given(reviews: ArticleQuerySet) -> Any:
    return reviews.order_by().stars_given()


def _in_words(rating: int) -> str:
    """Half-stars as a list says them: “½ star”, “1 star”, “3½ stars”."""
    whole, half = divmod(rating, 2)
    number = f"{whole or ''}{'½' if half else ''}"
    # Translators: a rating; the number may have a half, such as 3½.
    said = ngettext("%(number)s star", "%(number)s stars", 1 if rating <= 2 else 2)
    return said % {"number": number}
