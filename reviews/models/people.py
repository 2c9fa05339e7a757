"""People in films, and the people who write about them."""

import re

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from .. import addresses
from ..numbers import MOST_SMALL
from ..prose import validate_language_tag
from .images import Image

_PARAGRAPHS = re.compile(r"(?:\r?\n[^\S\n]*){2,}")  # forms send both signs of a line's end


class Person(models.Model):
    """Somebody credited on a film, or whom a piece is with or about."""

    name = models.CharField(max_length=120, help_text="As this publication writes it.")
    native_name = models.CharField(
        max_length=120, blank=True, help_text="In its own script, such as 홍성은."
    )
    native_language = models.CharField(
        max_length=35,
        blank=True,
        validators=[validate_language_tag],
        help_text="Language of the native name, such as “ko”, so that it is read aloud well.",
    )
    sort_name = models.CharField(
        max_length=120, help_text="How lists sort it: “Hong Sung-eun”, “Varda, Agnès”."
    )
    slug = models.SlugField(max_length=140, unique=True)

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name_plural = "people"
        indexes = [models.Index(fields=["sort_name", "id"], name="person_sort_name")]

    def __str__(self) -> str:
        return f"{self.name} ({self.native_name})" if self.native_name else self.name

    def get_absolute_url(self) -> str:
        return addresses.to("reviews:person", self.slug)


class Reviewer(models.Model):
    """A byline. Not a login: guests have bylines, and people who leave keep theirs."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    bio = models.TextField(
        "biography",
        blank=True,
        max_length=2000,
        help_text="The first paragraph stands under each of their pieces, all of it on their page. "
        "A blank line starts a new paragraph.",
    )
    portrait = models.ForeignKey(
        Image, null=True, blank=True, on_delete=models.PROTECT, related_name="portrait_of"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reviewer",
        verbose_name="login",
        help_text="Only if they have a login here: new pieces from it get this byline.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return addresses.to("reviews:reviewer", self.slug)

    def in_short(self) -> str:
        """The first paragraph of the biography."""
        return _PARAGRAPHS.split(self.bio.strip(), maxsplit=1)[0]


class ReviewerLink(models.Model):
    """An address a reviewer wants named: own site, newsletter, social account."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(max_length=60)
    url = models.URLField("address")
    position = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_SMALL)]
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "link"

    def __str__(self) -> str:
        return self.label
