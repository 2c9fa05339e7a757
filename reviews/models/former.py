"""Addresses of what has another by now, or turned out to be another: readers who have one are led
on."""

from django.db import models

from .festivals import Festival, FestivalEdition
from .films import Film
from .people import Person, Reviewer
from .sections import Section, Tag


class Former(models.Model):
    """Each has a `slug`, and a relation that is called `former_addresses` from its other end."""

    slug: "models.SlugField[str, str]"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class FormerPerson(Former):
    slug = models.SlugField(max_length=140, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_addresses")


class FormerFilm(Former):
    slug = models.SlugField(max_length=220, unique=True)
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="former_addresses")


class FormerTag(Former):
    slug = models.SlugField(max_length=60, unique=True)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="former_addresses")


class FormerSection(Former):
    slug = models.SlugField(max_length=60, unique=True)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="former_addresses")


class FormerReviewer(Former):
    slug = models.SlugField(max_length=140, unique=True)
    reviewer = models.ForeignKey(
        Reviewer, on_delete=models.CASCADE, related_name="former_addresses"
    )


class FormerFestival(Former):
    slug = models.SlugField(max_length=120, unique=True)
    festival = models.ForeignKey(
        Festival, on_delete=models.CASCADE, related_name="former_addresses"
    )


class FormerEdition(models.Model):
    """An edition's address is its festival's and its year. Another edition that is of that year by
    now has it instead."""

    festival = models.ForeignKey(Festival, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    edition = models.ForeignKey(
        FestivalEdition, on_delete=models.CASCADE, related_name="former_addresses"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["festival", "year"], name="former_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.festival.slug}/{self.year}"
