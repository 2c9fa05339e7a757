"""The form an article is written in: nothing typed is lost, and nothing stale is saved."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import body, prose, publishing, saying, slugs
from ..models import RATINGS, Article, Image, Review, Revision
from .as_sent import rows_in
from .corrections import ANOTHER, Asked, AsksAboutCorrections
from .moments import MomentField
from .slugs import SlugForm

LEAVES_THE_PAGE = ("_withdraw", "_return_to_draft")  # such an article need not be complete
UNRATED = "unrated"
KINDS = (
    "An opinion, an essay or a column is a feature; so is what you write of a record, an "
    "exhibition or a fashion show."
)
NOTE = Revision._meta.get_field("note").max_length
TO_WRITER = "What its writer should do"
TO_WRITER_GOES = "They are mailed this, and it is shown beside the piece."
WHY = "Why"
WHY_STAYS = "Shown beside the piece in the newsroom. Readers never see it."


def _stars() -> Iterator[tuple[str, SafeString | str]]:
    """Asked by each form: what is said of them is in the language of who looks at it."""
    for rating in reversed(RATINGS):
        yield str(rating), format_html("<span>{}</span>", saying.stars(rating))
    yield UNRATED, "Unrated on purpose"
    yield "", "Not decided yet"


def zone_in_words() -> str:
    """Whose clock a moment is read by, for who writes from a festival far away: “London time”."""
    *_, place = timezone.get_current_timezone_name().split("/")
    return f"{place.replace('_', ' ')} time"


class ArticleForm(AsksAboutCorrections, SlugForm):
    """What every kind of piece has."""

    slug_from = "headline"

    def what_it_is(self) -> str:
        """The address of its film, or its kind."""
        film = self.cleaned_data.get("film")
        return str(film.slug if film else self.cleaned_data.get("kind") or self.instance.kind)

    def other_slugs(self, slug: str) -> Iterator[str]:
        """Two pieces may have one headline; their addresses are numbered."""
        return slugs.numbered(slug, Article)

    asked = Asked(required=False, widget=forms.HiddenInput)
    publish_at = MomentField(
        label="Date and time",
        required=False,
        widget=forms.DateTimeInput(
            {"type": "datetime-local", "aria-describedby": "id_publish_at_zone"},
            format="%Y-%m-%dT%H:%M",
        ),
        error_messages={"invalid": "Give a date and a time, such as 2026-03-01 10:00."},
    )
    to_writer = forms.CharField(
        label=TO_WRITER,
        required=False,
        max_length=NOTE,
        help_text=TO_WRITER_GOES,
        widget=forms.Textarea({"rows": 2}),
    )
    why = forms.CharField(
        label=WHY,
        required=False,
        max_length=NOTE,
        help_text=WHY_STAYS,
        widget=forms.Textarea({"rows": 2}),
    )
    substantive = forms.BooleanField(
        label="Correction or addition",
        required=False,
        help_text="Tick this if readers should know: the page then says when the piece was "
        "updated, and what you write below.",
    )
    note = forms.CharField(
        label="What changed",
        required=False,
        max_length=200,
        help_text="Shown to readers at the end of the piece, such as “An earlier version named the "
        "wrong cinema.”",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        article: Article = self.instance
        if article.status == Article.Status.SCHEDULED:
            self.fields["publish_at"].initial = article.publish_at
        known = article.is_released() or article.first_published_at
        if article.pk and known and "slug" in self.fields:
            self.fields["slug"].disabled = True
            self.fields[
                "slug"
            ].help_text = "Readers already have this address, so it cannot change."

    def clean_body(self) -> str:
        """The body as the sanitiser leaves it, with no picture that the library does not have."""
        html = prose.clean(self.cleaned_data["body"])
        placed = set(body.image_ids(html))
        missing = placed - set(Image.objects.filter(pk__in=placed).values_list("pk", flat=True))
        if missing:
            numbers = ", ".join(f"no. {pk}" for pk in sorted(missing))
            raise ValidationError(
                f"The body shows a picture that is not in the library ({numbers}). "
                "Choose another picture there, or remove it."
            )
        for address in prose.leads_nowhere(html):
            raise ValidationError(
                f"The link to “{address}” leads nowhere. Press it in the text, then the button for "
                "links, and write its whole address, such as https://www.bfi.org.uk/."
            )
        return html

    def clean_publish_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["publish_at"]
        saves = "_save" in self.data or "_continue" in self.data
        waits = not self.instance.is_live()
        if "_schedule" in self.data or (saves and waits and publishing.is_moved(self.instance, at)):
            if at is None:
                raise ValidationError("Say when readers are to see it.")
            if at <= timezone.now():
                raise ValidationError("That moment has passed. Choose a later one, or publish now.")
        return at

    def clean_to_writer(self) -> str:
        return self._said_beside("to_writer", "Return to draft")

    def clean_why(self) -> str:
        return self._said_beside("why", "Withdraw")

    def _said_beside(self, name: str, button: str) -> str:
        """What another button than its own would lose is refused."""
        said: str = self.cleaned_data[name]
        if said and f"_{button.lower().replace(' ', '_')}" not in self.data:
            raise ValidationError(f"Press “{button}” beside it, or clear it and press this again.")
        return said

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.must_be_complete():
            wrong_already = set(self.errors)
            # Bylines are counted by their own formset.
            for problem in publishing.checklist(self.instance, bylines=1):
                if problem.field not in wrong_already and not self._stood_there(problem):
                    self.add_error(problem.field, with_link(problem))
            if not self.errors:
                self.ask(self.cleaned_data)

    def _stood_there(self, problem: publishing.Problem) -> bool:
        """Whether it is a picture's that is on the page already: it was withdrawn or expired since,
        or came without a credit from where the publication was before. Words can still be mended;
        who may not see the picture does not."""
        if problem.image is None:
            return False
        return self.instance in publishing.uses_on_live_pages(problem.image)

    def must_be_complete(self) -> bool:
        """Whether readers see it, or will, and so no save may break the checklist."""
        released = bool(self.instance.pk) and self.instance.is_released()
        return released and not self._leaves_the_page()

    def _leaves_the_page(self) -> bool:
        return any(name in self.data for name in LEAVES_THE_PAGE)

    def columns(self) -> list[str]:
        """The columns this form may write; never the status or its times."""
        fields = self.instance._meta.concrete_fields
        return [f.name for f in fields if f.editable and f.name in self.cleaned_data]


class OtherPieceForm(ArticleForm):
    """A piece that is no review."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [choice for choice in Article.Kind.choices if choice[0] != Article.Kind.REVIEW]
        if "kind" in self.fields:
            self.fields["kind"] = forms.ChoiceField(choices=kinds, help_text=KINDS)
            if not self.instance.pk:
                self.initial["kind"] = Article.Kind.FEATURE

    def what_readers_would_miss(self, cleaned: dict[str, Any]) -> str:
        """The stars of a film stand in its row, which is another form. Those that it had and has no
        more are asked about, and not the first that it gets."""
        sent: Any = self.data
        rows = rows_in(sent, "covered_films", new=True).values()
        stars = {
            row.get("film", [""])[0]: row.get("rating", [""])[0]
            for row in rows
            if DELETION_FIELD_NAME not in row
        }
        had = self.instance.covered_films.exclude(rating=None).values_list("film", "rating")
        if any(stars.get(str(film)) != str(rating) for film, rating in had):
            return ANOTHER.format("rating")
        return super().what_readers_would_miss(cleaned)


class ReviewForm(ArticleForm):
    """A review: one control for stars, “unrated on purpose” and “not decided yet”."""

    rating = forms.ChoiceField(
        label="Rating",
        required=False,
        choices=_stars,
        widget=forms.RadioSelect({"class": "stars"}),
        error_messages={"invalid_choice": "A rating goes from ½ to 5 stars."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        review: Review = self.instance
        self.initial["rating"] = UNRATED if review.unrated else str(review.rating or "")

    def other_slugs(self, slug: str) -> Iterator[str]:
        """Reviews of two films of one name are told apart by the film's year."""
        film = self.cleaned_data.get("film")
        of_year = [slugs.followed_by(slug, film.year, Article)] if film and film.year else []
        return chain(of_year, super().other_slugs(slug))

    def clean_rating(self) -> int | None:
        chosen = self.cleaned_data["rating"]
        self.instance.unrated = chosen == UNRATED
        return int(chosen) if chosen.isdecimal() else None

    def clean(self) -> dict[str, Any]:
        """The page says that the film under review was screened there: it must be that film."""
        cleaned = super().clean()
        film, screening = cleaned.get("film"), cleaned.get("screening")
        if screening and "film" in cleaned and screening.film != film:
            whose = f"this review is of “{film.title}”" if film else "no film is chosen yet"
            self.add_error(
                "screening",
                f"That is a screening of “{screening.film.title}”, and {whose}. Choose a screening "
                "of the film under review, or leave this empty.",
            )
        return cleaned

    def columns(self) -> list[str]:
        return [*super().columns(), "unrated"]


class CoveredFilmForm(forms.ModelForm):  # type: ignore[type-arg]
    """A film of a report, with the stars that the report gives it."""

    rating = forms.TypedChoiceField(
        label="Stars",
        required=False,
        choices=lambda: [("", "None"), *((str(each), saying.stars(each)) for each in RATINGS)],
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "A rating goes from ½ to 5 stars."},
    )


class BylineFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        """What readers see keeps at least one byline."""
        super().clean()
        gone = sum(1 for form in self.deleted_forms if form.instance.pk)
        said = sum(1 for form in self.forms if form.has_changed() or form.instance.pk)
        left = said - gone
        article = self.instance
        leaving = any(name in self.data for name in LEAVES_THE_PAGE)
        if article.pk and article.is_released() and not leaving and not left:
            raise ValidationError("Say who it is by: readers see this piece.")


def with_link(problem: publishing.Problem) -> str | SafeString:
    """A checklist problem in words; one of a picture links to the picture's own form."""
    if problem.image is None:
        return problem.message
    return format_html(
        '{} <a href="{}" target="_blank">Open the picture</a>',
        problem.message,
        reverse("admin:reviews_image_change", args=[problem.image.pk]),
    )
