"""Festivals, their yearly editions, and what they screened."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import addresses
from .films import LAST_FILM_YEAR, Film
from .labels import label

FIRST_FESTIVAL_YEAR = 1932  # Venice


class Festival(models.Model):
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    website = models.URLField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FestivalEdition(models.Model):
    """A festival in one year."""

    festival = models.ForeignKey(Festival, on_delete=models.PROTECT, related_name="editions")
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(FIRST_FESTIVAL_YEAR), MaxValueValidator(LAST_FILM_YEAR)]
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    city = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-year", "festival__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["festival", "year"],
                name="festival_has_one_edition_a_year",
                violation_error_message="This festival has an edition of that year already.",
            ),
            models.CheckConstraint(
                name="festival_ends_after_it_starts",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message="A festival ends on or after the day it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.festival.name} {self.year}"

    def get_absolute_url(self) -> str:
        return addresses.to("reviews:edition", self.festival.slug, self.year)


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def in_programme_order(self) -> "ScreeningQuerySet":
        """By strand, then by title, with the films. One more query."""
        films = self.select_related("film").prefetch_related("film__titles")
        return films.order_by("strand", "film__title", "pk")


class Screening(models.Model):
    """A film shown at a festival edition."""

    class Premiere(models.TextChoices):
        WORLD = "world", _("World premiere")
        INTERNATIONAL = "international", _("International premiere")
        EUROPEAN = "european", _("European premiere")
        UK = "uk", _("UK premiere")
        LONDON = "london", _("London premiere")

    film = models.ForeignKey(Film, on_delete=models.PROTECT, related_name="screenings")
    edition = models.ForeignKey(
        FestivalEdition, on_delete=models.PROTECT, related_name="screenings"
    )
    strand = models.CharField(max_length=80, blank=True)
    premiere_status = models.CharField(max_length=16, blank=True, choices=Premiere)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "film__title"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "edition"],
                name="film_screens_once_an_edition",
                violation_error_message="This film is in that edition's programme already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.film.title} at {self.edition}"

    def get_premiere_status_display(self) -> str:  # type: ignore[no-redef]
        return label(self.Premiere, self.premiere_status)
