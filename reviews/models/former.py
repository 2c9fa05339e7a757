"""Addresses of what has another by now, or turned out to be another: readers who have one are led
on."""

from django.db import models

from .festivals import Festival
from .films import Film
from .people import Person, Reviewer
from .sections import Section, Tag


class FormerPerson(models.Model):
    slug = models.SlugField(max_length=140, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_addresses")

    def __str__(self) -> str:
        return self.slug


class FormerFilm(models.Model):
    slug = models.SlugField(max_length=220, unique=True)
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="former_addresses")

    def __str__(self) -> str:
        return self.slug


class FormerTag(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="former_addresses")

    def __str__(self) -> str:
        return self.slug


class FormerSection(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="former_addresses")

    def __str__(self) -> str:
        return self.slug


class FormerReviewer(models.Model):
    slug = models.SlugField(max_length=140, unique=True)
    reviewer = models.ForeignKey(
        Reviewer, on_delete=models.CASCADE, related_name="former_addresses"
    )

    def __str__(self) -> str:
        return self.slug


class FormerFestival(models.Model):
    slug = models.SlugField(max_length=120, unique=True)
    festival = models.ForeignKey(
        Festival, on_delete=models.CASCADE, related_name="former_addresses"
    )

    def __str__(self) -> str:
        return self.slug
