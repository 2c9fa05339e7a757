"""Addresses of what turned out to be another: readers who have one are led on."""

from django.db import models

from .films import Film
from .people import Person
from .sections import Tag


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
