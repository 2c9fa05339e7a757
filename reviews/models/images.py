"""Pictures of the library, with the words that must travel with them."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import Storage, default_storage, storages
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import dependencies

SOON = timedelta(days=30)  # before a picture's time ends: to find another, or ask for longer
ALT_LIMIT = 500  # characters; screen readers read it in one go
WITHDRAWN_NOTICE = _("This picture has been withdrawn at the request of its rights holder.")


def originals() -> Storage:
    """Where uploads are kept as they came: private, never served, GPS and all."""
    return storages["originals"]


class CreditSource(models.Model):
    """A source of pictures and the words it asks for, to be filled in at one choice."""

    name = models.CharField(
        max_length=120, unique=True, help_text="Such as a festival's press office."
    )
    credit_line = models.CharField(
        max_length=300, help_text="As the source asks: “Image © Courtesy of …”."
    )
    creator = models.CharField(max_length=200, blank=True)
    copyright_notice = models.CharField(max_length=300, blank=True)
    licence_name = models.CharField(max_length=100, blank=True)
    licence_url = models.URLField("licence address", blank=True)
    web_statement = models.URLField("web statement of rights", blank=True)
    licensor_url = models.URLField("licensor's address", blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ImageQuerySet(models.QuerySet["Image"]):
    def without_credit(self) -> "ImageQuerySet":
        return self.filter(credit_line="")

    def undescribed(self) -> "ImageQuerySet":
        """Without alternative text, and not said to be decorative."""
        return self.filter(alt_text="", decorative=False)

    def unused(self) -> "ImageQuerySet":
        return self.filter(placements=None, lead_of=None, poster_of=None, portrait_of=None)

    def withdrawn(self) -> "ImageQuerySet":
        return self.filter(rights_status=Image.Rights.WITHDRAWN)

    def embargoed(self) -> "ImageQuerySet":
        """Readers do not see them yet."""
        return self.filter(embargo_until__gt=timezone.now())

    def expired(self) -> "ImageQuerySet":
        """Readers do not see them any more."""
        return self.filter(expires_at__lte=timezone.now())

    def expiring(self) -> "ImageQuerySet":
        """Readers see them, but not for long."""
        now = timezone.now()
        kept = self.exclude(rights_status=Image.Rights.WITHDRAWN)
        return kept.filter(expires_at__gt=now, expires_at__lte=now + SOON)

    def undeveloped(self, now: datetime, stale: timedelta) -> "ImageQuerySet":
        """Whose renditions are to be made: waiting, or claimed longer than `stale` ago, or by a
        clock that was ahead, and never done."""
        dead = Q(renditions_claimed_at__lt=now - stale) | Q(renditions_claimed_at__gt=now + stale)
        working = Q(renditions_state=Image.Renditions.WORKING)
        return self.filter(Q(renditions_state=Image.Renditions.WAITING) | (working & dead))


class Image(models.Model):
    """A picture and its IPTC words: credit line, creator, copyright notice, licence, source.

    `width` and `height` are pixels of the original, upright; `focal_x` and `focal_y` are percent
    from the left and top; `sha256` is the hex digest of the uploaded bytes, `bytes` their number;
    `difference_hash` is 64 bits of what it looks like (reviews/pictures.py), as a signed integer.

    `renditions` says which files it is served in: crop → format → [[width, height, name], …],
    narrowest first, in the default storage. They are made by reviews/darkroom.py.
    """

    class Rights(models.TextChoices):
        CLEARED = "cleared", "Cleared"
        UNVERIFIED = "unverified", "Unverified"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Renditions(models.TextChoices):
        WAITING = "waiting", "Waiting to be made"
        WORKING = "working", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Could not be made"

    file = models.FileField(upload_to="%Y/%m", max_length=255, storage=originals)
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
        max_length=500,
        blank=True,
        help_text="Shown under the picture, unless an article gives its own.",
    )
    credit_line = models.CharField(
        max_length=300,
        blank=True,
        help_text="Shown under the picture everywhere, as the source asks: "
        "“Image © Courtesy of London Korean Film Festival”.",
    )
    headline = models.CharField(max_length=200, blank=True, help_text="Its name in the library.")
    creator = models.CharField(max_length=200, blank=True, help_text="Photographer or artist.")
    copyright_notice = models.CharField(max_length=300, blank=True)
    licence_name = models.CharField(max_length=100, blank=True)
    licence_url = models.URLField("licence address", blank=True)
    web_statement = models.URLField(
        "web statement of rights",
        blank=True,
        help_text="A page that says how it may be used.",
    )
    licensor_url = models.URLField(
        "licensor's address", blank=True, help_text="Where to ask for a licence."
    )
    source = models.CharField(max_length=300, blank=True, help_text="Where the file came from.")
    taken_at = models.DateTimeField("taken at", null=True, blank=True)

    film = models.ForeignKey(
        "reviews.Film",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stills",
        help_text="The film it is a still of.",
    )
    edition = models.ForeignKey(
        "reviews.FestivalEdition",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pictures",
        verbose_name="festival edition",
    )
    people = models.ManyToManyField(
        "reviews.Person", blank=True, related_name="pictures", verbose_name="people shown"
    )

    rights_status = models.CharField(max_length=10, choices=Rights, default=Rights.UNVERIFIED)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_notice = models.CharField(
        max_length=300, blank=True, help_text="What stands in its place."
    )
    embargo_until = models.DateTimeField(
        null=True, blank=True, help_text="Readers see it from then on."
    )
    expires_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Readers see it until then: the end of a licence, for instance.",
    )

    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    bytes = models.PositiveBigIntegerField(default=0, editable=False)
    focal_x = models.PositiveSmallIntegerField(
        "focal point, from the left", default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        "focal point, from the top", default=50, validators=[MaxValueValidator(100)]
    )
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    difference_hash = models.BigIntegerField(null=True, editable=False)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    renditions: Any = models.JSONField(default=dict, editable=False)
    renditions_state = models.CharField(
        max_length=8, choices=Renditions, default=Renditions.WAITING, editable=False
    )
    renditions_claimed_at = models.DateTimeField(null=True, editable=False)
    renditions_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    renditions_error = models.CharField(max_length=300, blank=True, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = "picture"
        ordering = ["-uploaded_at", "-pk"]
        permissions = [("withdraw_image", "Can withdraw pictures everywhere and restore them")]
        indexes = [
            models.Index(fields=["renditions_state", "uploaded_at"], name="image_to_develop"),
            models.Index(fields=["uploaded_at", "id"], name="image_newest"),
        ]
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
            models.CheckConstraint(
                name="image_expires_after_its_embargo",
                condition=Q(embargo_until__isnull=True)
                | Q(expires_at__isnull=True)
                | Q(expires_at__gt=F("embargo_until")),
                violation_error_message="It would expire before its embargo ends.",
            ),
            models.CheckConstraint(
                name="image_withdrawn_says_when",
                condition=~Q(rights_status="withdrawn") | Q(withdrawn_at__isnull=False),
                violation_error_message="Withdraw it with the button, so that its files go too.",
            ),
        ]

    def __str__(self) -> str:
        name = self.headline or self.alt_text or self.caption
        return name or self.file.name.rpartition("/")[2]

    def is_credited(self) -> bool:
        """Whether it may be shown to readers: no picture without its credit line."""
        return bool(self.credit_line.strip())

    def is_described(self) -> bool:
        """Whether a reader who cannot see it is served: alternative text, or decorative."""
        return self.decorative or bool(self.alt_text)

    def is_withdrawn(self) -> bool:
        return self.rights_status == self.Rights.WITHDRAWN

    def is_showable(self) -> bool:
        """Whether readers may see it now: credited, and free to be shown."""
        if not self.is_credited():
            return False
        dependencies.changes_at(self.embargo_until, self.expires_at)
        return self.is_free()

    def is_free(self, at: datetime | None = None) -> bool:
        """Whether its rights let anybody see it: not withdrawn, after embargo, not expired."""
        if self.is_withdrawn():
            return False
        if self.embargo_until is None and self.expires_at is None:  # nearly all
            return True
        now = at or timezone.now()
        embargoed = self.embargo_until is not None and now < self.embargo_until
        return not embargoed and (self.expires_at is None or now < self.expires_at)

    def sizes(self, crop: str = "", kind: str = "jpeg") -> list[tuple[int, int, str]]:
        """Width, height and storage name of its renditions, narrowest first; the whole picture's
        while a crop is not made yet."""
        made = self.renditions.get(crop) or self.renditions.get("") or {}
        return [tuple(size) for size in made.get(kind, [])]

    def address(self, at_least: int = 1280) -> str:
        """Where one JPEG of it is served: the narrowest of a width, else the widest; or “”."""
        sizes = self.sizes()
        wide = [name for width, _, name in sizes if width >= at_least]
        name = wide[0] if wide else sizes[-1][2] if sizes else ""
        return default_storage.url(name) if name else ""

    def notice(self) -> str:
        """What stands in its place when it is withdrawn."""
        return self.withdrawn_notice or str(WITHDRAWN_NOTICE)


class RetiredFile(models.Model):
    """A file that no row names any more: a rendition, kept a while for pages that are open already,
    or an original that was replaced, or could not be deleted yet. `image`: the picture whose file
    was replaced, so that a withdrawal finds what is left of the former one."""

    name = models.CharField(max_length=255)
    is_original = models.BooleanField(default=False)  # kept in another storage
    image = models.ForeignKey(Image, null=True, on_delete=models.SET_NULL, related_name="+")
    retired_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["retired_at"], name="retired_file_oldest")]
        constraints = [
            models.UniqueConstraint(fields=["name", "is_original"], name="retired_file_once")
        ]

    def __str__(self) -> str:
        return self.name
