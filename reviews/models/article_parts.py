"""What belongs to one article alone: its bylines and films, the pictures in its body, its
revisions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..numbers import MOST_SMALL
from .films import Credit, Film
from .images import Image
from .people import Reviewer

ON_SCALE = (
    MinValueValidator(1, "A rating goes from ½ to 5 stars."),
    MaxValueValidator(10, "A rating goes from ½ to 5 stars."),
)


class Byline(models.Model):
    """Who an article is by, in order."""

    class Role(models.TextChoices):
        WORDS = "words", _("Words")
        PHOTOGRAPHS = "photographs", _("Photographs")
        INTERVIEW = "interview", _("Interview")

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="bylines")
    reviewer = models.ForeignKey(
        Reviewer,
        on_delete=models.PROTECT,
        related_name="bylines",
        db_index=False,  # the index byline_of begins with it
    )
    role = models.CharField(max_length=12, choices=Role, default=Role.WORDS)
    position = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_SMALL)]
    )

    class Meta:
        ordering = ["position", "pk"]
        # The pieces of a reviewer are read of it alone; those of a tag of article_tagged, which has
        # no model to stand in (migration 0023).
        indexes = [models.Index(fields=["reviewer", "article"], name="byline_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "reviewer", "role"],
                name="byline_said_once",
                violation_error_message="This byline is in the list already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer.name} ({self.get_role_display().lower()})"

    def said(self) -> str:
        """Its role as it stands before the name."""
        return str(
            {
                self.Role.WORDS: _("Written by"),
                self.Role.PHOTOGRAPHS: _("Photographs by"),
                self.Role.INTERVIEW: _("Interview by"),
            }[self.Role(self.role)]
        )


class CoveredFilmQuerySet(models.QuerySet["CoveredFilm"]):
    def for_page(self) -> "CoveredFilmQuerySet":
        """All that a page says of them. Two more queries."""
        directors = Credit.objects.filter(role=Credit.Role.DIRECTOR).select_related("person")
        films = self.select_related("film")
        return films.prefetch_related("film__titles", models.Prefetch("film__credits", directors))


class CoveredFilm(models.Model):
    """A film that an article is about beside the one it reviews, in the order of the article; with
    stars of its own, in half-stars, where a report gives each its own."""

    article = models.ForeignKey(
        "Article",
        on_delete=models.CASCADE,
        related_name="covered_films",
        db_index=False,  # the constraint's index begins with it
    )
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="coverings")
    rating = models.PositiveSmallIntegerField(null=True, blank=True, validators=ON_SCALE)
    position = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_SMALL)]
    )

    objects = CoveredFilmQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "film"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "film"],
                name="covered_film_said_once",
                violation_error_message="This film is in the list already.",
            ),
            models.CheckConstraint(
                name="covered_film_rating_on_scale",
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=10),
                violation_error_message="A rating goes from ½ to 5 stars.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.film)

    def stars(self) -> float | None:
        """The rating in stars, 0.5 to 5.0."""
        return None if self.rating is None else self.rating / 2


class Placement(models.Model):
    """A picture that stands in an article's body: kept by publishing.place_pictures.

    The foreign key protects: a picture that a body uses cannot be deleted.
    """

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="placements")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="placements")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "image"], name="placement_said_once")
        ]

    def __str__(self) -> str:
        return f"{self.image} in {self.article}"


class RelatedChoice(models.Model):
    """What an editor says of another piece under “Read next”: shown first, or never."""

    class Choice(models.TextChoices):
        PIN = "pin", "Show first"
        LEAVE_OUT = "leave_out", "Leave out"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="related_choices")
    other = models.ForeignKey(
        "Article", on_delete=models.CASCADE, related_name="+", verbose_name="piece"
    )
    choice = models.CharField(max_length=9, choices=Choice, default=Choice.PIN)
    position = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_SMALL)]
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "piece to read next"
        verbose_name_plural = "pieces to read next"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "other"],
                name="related_choice_said_once",
                violation_error_message="This piece is in the list already.",
            ),
            models.CheckConstraint(
                name="related_choice_is_another",
                condition=~Q(article=F("other")),
                violation_error_message="A piece is not read after itself. Choose another.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()}: {self.other}"


class Revision(models.Model):
    """The words of an article as they stood when a form saved them, or when it was published."""

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="revisions")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    headline = models.CharField(max_length=200)
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    note = models.CharField(max_length=200, blank=True)
    # Notes of before readers were told of any were written for the newsroom.
    public = models.BooleanField("readers are told the note", default=False)
    withdrawal = models.BooleanField("the note says why it was withdrawn", default=False)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.headline}, {self.made_at:%Y-%m-%d %H:%M}"
