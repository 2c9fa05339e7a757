"""The filters of the list of reviews: a form whose choices are what the list holds."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from . import covered, memoised, names, saying
from .models import RATINGS, Article, ArticleQuerySet, Country
from .options import Choices

NO_SUCH_CHOICE = _("Nothing here goes by that, so this filter was left out.")


class OneOf(forms.Field):
    """One of its `choices`, or none. Django's own field looks at each of hundreds three times."""

    default_error_messages = {"invalid_choice": NO_SUCH_CHOICE}
    choices: Choices = ()

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value not in dict(self.choices):
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")


class ReviewFilter(forms.Form):
    """A value that is not among the choices is named kindly and otherwise ignored."""

    rating = OneOf(required=False, label=_("Rating"))
    year = OneOf(required=False, label=_("Year of the film"))
    country = OneOf(required=False, label=_("Country"))
    festival = OneOf(required=False, label=_("Festival"))
    reviewer = OneOf(required=False, label=_("Reviewer"))
    sort = OneOf(required=False, label=_("Order"))

    def __init__(self, data: QueryDict) -> None:
        """Five queries, for the choices."""
        super().__init__(data, auto_id="filter_%s", label_suffix="")
        fields: dict[str, Any] = self.fields
        for name, choices in _choices().items():
            fields[name].choices = (("", gettext("Any")), *choices)
        newest, best = gettext("Newest first"), gettext("Highest rated first")
        fields["sort"].choices = (("", newest), ("rating", best))

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

    def goes_by_index(self) -> bool:
        """Whether an index has the chosen reviews in their order. Needs `chosen()`."""
        return not (self.cleaned_data.get("festival") or self.cleaned_data.get("reviewer"))

    def is_used(self) -> bool:
        """Whether the list is narrowed or ordered in another way than usual."""
        return any(self.cleaned_data.values())


def _choices() -> dict[str, Choices]:
    return {
        "rating": _stars(tuple(_covered(_stars_given)), get_language()),
        "year": tuple([(str(year), str(year)) for year in _covered(covered.years)]),
        "country": _countries(tuple(_covered(_codes)), get_language()),
        "festival": _by_name(tuple(_covered(_festivals))),
        "reviewer": _by_name(tuple(_covered(_reviewers))),
    }


def _covered(what: covered.Asked) -> list[Any]:
    return covered.by_published(what, kind=Article.Kind.REVIEW)


def _stars_given(reviews: ArticleQuerySet) -> Any:
    return reviews.stars_given()


def _codes(reviews: ArticleQuerySet) -> Any:
    return covered.countries(reviews).values_list("code", "name")


def _festivals(reviews: ArticleQuerySet) -> Any:
    return covered.festivals(reviews).values_list("slug", "name")


def _reviewers(reviews: ArticleQuerySet) -> Any:
    return covered.reviewers(reviews).values_list("slug", "name")


@memoised.remembered(most=50)
def _stars(given: tuple[tuple[bool, ...], ...], _language: str | None) -> Choices:
    said = [rating for row in given for rating, is_one in zip(RATINGS, row, strict=True) if is_one]
    return tuple((str(rating), saying.stars(rating)) for rating in said)


@memoised.remembered(most=50)
def _countries(rows: tuple[tuple[str, str], ...], _language: str | None) -> Choices:
    """By the names that they have in the language of the page."""
    return _by_name(tuple((code, Country(code=code, name=name).said()) for code, name in rows))


@memoised.remembered(most=50)
def _by_name(choices: tuple[tuple[str, str], ...]) -> Choices:
    return tuple(sorted(choices, key=lambda choice: names.in_order(choice[1])))
