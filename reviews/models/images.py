"""Pictures of the library, with the words that must travel with them."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

ALT_LIMIT = 500  # characters; screen readers read it in one go


class ImageQuerySet(models.QuerySet["Image"]):
    def without_credit(self) -> "ImageQuerySet":
        return self.filter(credit_line="")

    def undescribed(self) -> "ImageQuerySet":
        """Without alternative text, and not said to be decorative."""
        return self.filter(alt_text="", decorative=False)

    def unused(self) -> "ImageQuerySet":
        return self.filter(placements=None, lead_of=None, poster_of=None, portrait_of=None)


class Image(models.Model):
    """A picture and its IPTC words: credit line, creator, copyright notice, licence, source.

    `width` and `height` are pixels; `focal_x` and `focal_y` are percent from the left and top;
    `sha256` is the hex digest of the uploaded bytes.
    """

    file = models.ImageField(upload_to="pictures/%Y/%m", max_length=255)
    alt_text = models.CharField(
        "alternative text",
        max_length=ALT_LIMIT,
        blank=True,
        help_text="What the picture shows, for readers who cannot see it.",
    )
    decorative = models.BooleanField(
        default=False,
        help_text="Tick only when the picture adds nothing to the words; screen readers skip it.",
    )
    caption = models.CharField(
        max_length=500, blank=True, help_text="Shown under the picture; an article may say its own."
    )
    credit_line = models.CharField(
        max_length=300,
        blank=True,
        help_text="Shown under the picture everywhere, as the source asks: "
        "“Image © Courtesy of London Korean Film Festival”.",
    )
    creator = models.CharField(max_length=200, blank=True, help_text="Photographer or artist.")
    copyright_notice = models.CharField(max_length=300, blank=True)
    licence_name = models.CharField(max_length=100, blank=True)
    licence_url = models.URLField("licence address", blank=True)
    source = models.CharField(max_length=300, blank=True, help_text="Where the file came from.")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    focal_x = models.PositiveSmallIntegerField(
        "focal point, from the left", default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        "focal point, from the top", default=50, validators=[MaxValueValidator(100)]
    )
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="image_decorative_has_no_alt_text",
                condition=Q(decorative=False) | Q(alt_text=""),
                violation_error_message="A decorative picture has no alternative text: "
                "clear the text, or untick “decorative”.",
            ),
            models.CheckConstraint(
                name="image_focal_point_in_picture",
                condition=Q(focal_x__lte=100, focal_y__lte=100),
                violation_error_message="The focal point is in percent, from 0 to 100.",
            ),
        ]

    def __str__(self) -> str:
        return self.alt_text or self.caption or self.file.name.rpartition("/")[2]

    def is_credited(self) -> bool:
        """Whether it may be shown to readers: no picture without its credit line."""
        return bool(self.credit_line.strip())

    def is_described(self) -> bool:
        """Whether a reader who cannot see it is served: alternative text, or decorative."""
        return self.decorative or bool(self.alt_text)
