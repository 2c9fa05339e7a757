"""Sections and tags: where a piece stands in the publication, and what it touches."""

from django.core.validators import MaxValueValidator
from django.db import models

from .. import addresses
from ..numbers import MOST_SMALL


class Section(models.Model):
    """A department of the publication, such as Film or Music."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.TextField(
        blank=True, max_length=600, help_text="One or two sentences at the top of its page."
    )
    position = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(MOST_SMALL)],
        help_text="Sections are listed in this order, lowest number first.",
    )

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return addresses.to("reviews:section", self.slug)


class Tag(models.Model):
    """A subject that runs across sections, such as “debut” or “Korean cinema”."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return addresses.to("reviews:tag", self.slug)
