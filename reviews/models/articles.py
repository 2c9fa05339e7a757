"""Articles: one table for every kind of piece."""

from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from .. import addresses, prose
from .article_parts import ON_SCALE, Byline, CoveredFilm, Placement
from .article_queries import ArticleQuerySet as ArticleQuerySet
from .article_queries import Stars
from .festivals import FestivalEdition, Screening
from .films import Film
from .images import Image
from .labels import label
from .loaded import loaded
from .people import Person, Reviewer
from .sections import Section, Tag

NEWEST = ("first_published_at", "id", "status", "publish_at")  # how indexes of lists end
_ASKED = ("first_published_at", "status", "publish_at")
LONGEST_OPEN = 3_650  # days until comments close; who wants ten years wants them open
BODY_LIMIT = 200_000  # characters; some 30,000 words, a small book
LONGEST_GUID = 500  # WordPress has half of it; before there were any, whole addresses were


def new_guid() -> str:
    """Says nothing that could change: no address, no kind, no name of the site (RFC 9562)."""
    return uuid4().urn


class Article(models.Model):
    """A piece of the publication.

    `rating` counts half-stars, 1 to 10. `publish_at` is the moment from which readers see it;
    `first_published_at` the moment they first did, kept when it is withdrawn and comes back;
    `updated_at` moves only on a substantive change after that; `deleted_at` says since when it is
    deleted, and can still be brought back; `previews_ended_at` when somebody last ended the address
    for people without a login; `submitted_by` who last handed it in, at `submitted_at`. `version`
    counts saves, so that two editors cannot overwrite each other. `guid` is what feed readers know
    it by, for life. `status` is written by reviews/publishing.py alone.
    """

    class Kind(models.TextChoices):
        REVIEW = "review", _("Review")
        INTERVIEW = "interview", _("Interview")
        FEATURE = "feature", _("Feature")
        NEWS = "news", _("News")
        FESTIVAL_REPORT = "festival_report", _("Festival report")

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        SCHEDULED = "scheduled", "Scheduled"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DELETED = "deleted", "Deleted"

    class CommentPolicy(models.TextChoices):
        USUAL = "usual", "As on the whole site"
        OPEN = "open", "Always open"
        CLOSED = "closed", "Closed"
        CLOSES_AFTER = "closes_after", "Closes after some days"

    class Seen(models.TextChoices):
        CINEMA = "cinema", _("In a cinema")
        FESTIVAL = "festival", _("At a festival")
        SCREENER = "screener", _("On a screener")

    kind = models.CharField(max_length=16, choices=Kind, default=Kind.REVIEW)
    headline = models.CharField(max_length=200)
    slug = models.SlugField(
        max_length=200,
        unique=True,
        help_text="The last part of its web address. Leave it empty and it is made from the "
        "headline.",
        error_messages={
            "unique": "Another article has this address. Change a word or add the year."
        },
    )
    standfirst = models.TextField(
        blank=True,
        max_length=400,
        help_text="One or two sentences under the headline, on cards and in search results.",
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="articles", db_index=False
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="articles")
    language = models.CharField(
        max_length=35,
        default="en-GB",
        validators=[prose.validate_language_tag],
        help_text="Language it is written in: “en-GB”, “ko” …",
    )
    body = ProseEditorField(
        blank=True, max_length=BODY_LIMIT, extensions=prose.EXTENSIONS, sanitize=prose.clean
    )
    lead_image = models.ForeignKey(
        Image,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lead_of",
        verbose_name="lead picture",
    )
    body_images: "models.ManyToManyField[Image, Placement]" = models.ManyToManyField(
        Image, through="Placement", related_name="articles", editable=False
    )
    reviewers: "models.ManyToManyField[Reviewer, Byline]" = models.ManyToManyField(
        Reviewer, through="Byline", related_name="articles"
    )
    edition = models.ForeignKey(
        FestivalEdition,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
        db_index=False,
        verbose_name="festival edition",
        help_text="For a festival report, or a piece that belongs to a festival's coverage.",
    )
    related_films: "models.ManyToManyField[Film, CoveredFilm]" = models.ManyToManyField(
        Film, through="CoveredFilm", blank=True, related_name="mentioned_in"
    )
    people = models.ManyToManyField(
        Person,
        blank=True,
        related_name="articles",
        help_text="Who is interviewed, or whom the piece is about. It is listed on their pages.",
    )

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    publish_at = models.DateTimeField(null=True, editable=False)
    first_published_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    previews_ended_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        editable=False,
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    guid = models.CharField(max_length=LONGEST_GUID, unique=True, default=new_guid, editable=False)

    comment_policy = models.CharField(
        max_length=12, choices=CommentPolicy, default=CommentPolicy.USUAL
    )
    comments_close_after_days = models.PositiveSmallIntegerField(
        "days until comments close",
        null=True,
        blank=True,
        validators=[
            MaxValueValidator(LONGEST_OPEN, f"At most {LONGEST_OPEN}; or leave the comments open.")
        ],
    )
    content_note = models.CharField(
        max_length=300,
        blank=True,
        help_text="What some readers may want to know first, such as “Contains scenes of …”.",
    )
    contains_spoilers = models.BooleanField(default=False)
    leads = models.BooleanField(
        "lead the front page",
        default=False,
        help_text="It stays at the top until a newer piece is ticked or it is no longer among the "
        "newest. If no piece is ticked, the newest leads.",
    )

    # A review alone:
    film = models.ForeignKey(
        Film,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews",
        db_index=False,
    )
    rating = models.PositiveSmallIntegerField(null=True, blank=True, validators=ON_SCALE)
    unrated = models.BooleanField(default=False, help_text="Published without stars on purpose.")
    verdict = models.CharField(
        max_length=200, blank=True, help_text="The review in one line, shown beside the stars."
    )
    seen = models.CharField("how it was seen", max_length=10, blank=True, choices=Seen)
    screening = models.ForeignKey(
        Screening,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews",
        db_index=False,
        help_text="The festival screening named at the end of the review.",
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-first_published_at", "-pk"]
        permissions = [
            ("publish_article", "Can publish, schedule and withdraw articles"),
        ]
        indexes = [
            # Read from their end for what is newest; whether readers see it stands in the index
            # too, so that the few pieces they do not see are passed over there, and counted there.
            models.Index(fields=NEWEST, name="article_newest"),
            *(
                models.Index(fields=[about, *NEWEST], name=f"article_{about}")
                for about in ("kind", "section", "edition")
            ),
            # Reviews are found by what they are of, and their lists ask for the kind as well.
            *(
                models.Index(fields=[about, *NEWEST, "kind"], name=f"article_{about}")
                for about in ("film", "screening")
            ),
            # All that a list asks of pieces that something else names, for PostgreSQL to look up
            # without reading their rows, which are as long as their bodies.
            models.Index(fields=["id", *_ASKED, "kind"], name="article_listed"),
            models.Index("kind", Stars("rating"), *NEWEST, name="article_stars"),
            models.Index(fields=["updated_at", "status", "publish_at"], name="article_corrected"),
            # The moment first: by status SQLite 3.46 would take all that is published, and sort it.
            models.Index(fields=["publish_at", "status"], name="article_moment"),
            models.Index(fields=["status", "created_at"], name="article_desk"),
        ]
        constraints = [
            models.CheckConstraint(
                name="article_rating_on_scale",
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=10),
                violation_error_message="A rating goes from ½ to 5 stars.",
            ),
            models.CheckConstraint(
                name="article_unrated_has_no_rating",
                condition=Q(unrated=False) | Q(rating__isnull=True),
                violation_error_message="Choose stars or “unrated”, not both.",
            ),
            models.CheckConstraint(
                name="article_only_reviews_rate_a_film",
                condition=Q(kind="review")
                | Q(
                    film__isnull=True,
                    rating__isnull=True,
                    unrated=False,
                    verdict="",
                    seen="",
                    screening__isnull=True,
                ),
                violation_error_message="Film, rating, verdict and screening belong to reviews.",
            ),
            models.CheckConstraint(
                name="article_live_has_its_times",
                condition=~Q(status__in=["published", "scheduled"])
                | Q(publish_at__isnull=False, first_published_at__isnull=False),
                violation_error_message="A published or scheduled article has its times.",
            ),
            models.CheckConstraint(
                name="article_deleted_says_when",
                condition=Q(status="deleted", deleted_at__isnull=False)
                | (~Q(status="deleted") & Q(deleted_at__isnull=True)),
                violation_error_message="What is deleted says since when.",
            ),
            models.CheckConstraint(
                name="article_closing_says_when",
                condition=~Q(comment_policy="closes_after")
                | Q(comments_close_after_days__isnull=False),
                violation_error_message="Say after how many days the comments close.",
            ),
            models.CheckConstraint(
                name="article_closing_is_a_date",  # a day no calendar has would break its page
                condition=Q(comments_close_after_days__isnull=True)
                | Q(comments_close_after_days__lte=LONGEST_OPEN),
                violation_error_message=f"Comments close after at most {LONGEST_OPEN} days.",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        """Its public address, whether or not readers can see it yet."""
        return addresses.to(f"reviews:{self.kind}", self.slug)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label(self.Kind, self.kind)

    def get_seen_display(self) -> str:  # type: ignore[no-redef]
        return label(self.Seen, self.seen)

    def is_live(self) -> bool:
        """Whether readers see it at this moment; `published()` asks the same of many."""
        return (
            self.status in (self.Status.PUBLISHED, self.Status.SCHEDULED)
            and self.publish_at is not None
            and self.publish_at <= timezone.now()
        )

    def is_released(self) -> bool:
        """Whether readers see it, or will at a moment that is set: held to the checklist."""
        return self.status in (self.Status.PUBLISHED, self.Status.SCHEDULED)

    def stars(self) -> float | None:
        """The rating in stars, 0.5 to 5.0."""
        return None if self.rating is None else self.rating / 2

    def festival_edition(self) -> FestivalEdition | None:
        """The edition it belongs to, by its screening or directly."""
        return self.screening.edition if self.screening else self.edition

    def writers(self) -> list[Reviewer]:
        """Who wrote it, in order; no query when bylines are prefetched."""
        bylines = loaded(self, "bylines")
        return [line.reviewer for line in bylines if line.role != Byline.Role.PHOTOGRAPHS]

    def introduced(self) -> list[Reviewer]:
        """Those of its bylines who have a biography, each once; no query when prefetched."""
        people = dict.fromkeys(line.reviewer for line in loaded(self, "bylines"))
        return [reviewer for reviewer in people if reviewer.bio.strip()]

    def whom(self) -> list[Person]:
        """Whom it is with or about, by name; no query when people are prefetched. A review is of
        its film, and of whoever made that."""
        return [] if self.kind == self.Kind.REVIEW else [*loaded(self, "people")]

    def films(self) -> list[CoveredFilm]:
        """The films it is about, as its page names them; no query when `covered_films` is
        prefetched. A review's page has the film it is of."""
        return [] if self.kind == self.Kind.REVIEW else [*loaded(self, "covered_films")]

    def bylines_by_role(self) -> list[tuple[str, list[Reviewer]]]:
        """(“Written by”, its reviewers) for each role there is; no query when prefetched."""
        by_role: dict[str, list[Reviewer]] = {}
        for line in loaded(self, "bylines"):
            by_role.setdefault(line.said(), []).append(line.reviewer)
        return list(by_role.items())
