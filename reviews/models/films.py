"""Films and series: their titles in every script, where they come from, and who made them."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import addresses, names
from ..numbers import MOST, MOST_SMALL
from ..prose import validate_language_tag
from .images import Image
from .labels import label
from .loaded import loaded
from .people import Person

FIRST_FILM_YEAR = 1888  # Roundhay Garden Scene
LAST_FILM_YEAR = 2100


class Country(models.Model):
    """A country of production (ISO 3166-1 alpha-2), named as this publication names it."""

    code = models.CharField(
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", "Two capital letters (ISO 3166-1).")],
    )
    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

    def said(self) -> str:
        """Its name for readers, in the language of the pages."""
        return names.said("countries", self.code, self.name)


class Language(models.Model):
    """A language spoken in films (BCP 47)."""

    tag = models.CharField(max_length=35, primary_key=True, validators=[validate_language_tag])
    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def said(self) -> str:
        """Its name for readers, in the language of the pages."""
        return names.said("languages", self.tag, self.name)


class FilmQuerySet(models.QuerySet["Film"]):
    def for_page(self) -> "FilmQuerySet":
        """All that a film's own page shows. Four more queries."""
        return self.select_related("poster").prefetch_related(
            "titles",
            "countries",
            "languages",
            models.Prefetch("credits", Credit.objects.select_related("person")),
        )


class Film(models.Model):
    """A film, or a series made for television or streaming."""

    class Kind(models.TextChoices):
        FILM = "film", _("Film")
        SERIES = "series", _("Series")

    class Certificate(models.TextChoices):
        """Ratings of the British Board of Film Classification."""

        U = "U", "U"
        PG = "PG", "PG"
        A12 = "12A", "12A"
        C12 = "12", "12"
        C15 = "15", "15"
        C18 = "18", "18"
        R18 = "R18", "R18"

    kind = models.CharField(
        max_length=6,
        choices=Kind,
        default=Kind.FILM,
        help_text="A series has episodes: a television drama, an animated series.",
    )
    title = models.CharField(max_length=200, help_text="As this publication writes it.")
    slug = models.SlugField(
        max_length=220,
        unique=True,
        error_messages={
            "unique": "Another film has this address; add the year, as in “drive-2011”."
        },
    )
    year = models.PositiveSmallIntegerField(
        help_text="Year of its first public screening; of a series, of its first episode.",
        validators=[MinValueValidator(FIRST_FILM_YEAR), MaxValueValidator(LAST_FILM_YEAR)],
        error_messages={"required": "Give the year of its first public screening."},
    )
    countries = models.ManyToManyField(Country, blank=True, related_name="films")
    languages = models.ManyToManyField(Language, blank=True, related_name="films")
    runtime_minutes = models.PositiveSmallIntegerField(
        "running time",
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_SMALL)],
        help_text="Minutes; of a series, those of one episode.",
    )
    episodes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SMALL)],
        help_text="Of a series: how many there are.",
    )
    certificate = models.CharField(max_length=3, blank=True, choices=Certificate)
    uk_distributor = models.CharField("UK distributor", max_length=120, blank=True)
    uk_release_date = models.DateField("UK release date", null=True, blank=True)
    synopsis = models.TextField(blank=True, max_length=2000)
    poster = models.ForeignKey(
        Image, null=True, blank=True, on_delete=models.PROTECT, related_name="poster_of"
    )
    imdb_id = models.CharField(
        "IMDb id",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^tt[0-9]{7,10}\Z", "An IMDb id looks like tt13460814.")],
    )
    tmdb_id = models.PositiveIntegerField(
        "TMDB id", null=True, blank=True, validators=[MaxValueValidator(MOST)]
    )
    wikidata_id = models.CharField(
        "Wikidata id",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^Q[1-9][0-9]{0,10}\Z", "A Wikidata id looks like Q42.")],
    )

    objects = FilmQuerySet.as_manager()

    class Meta:
        ordering = ["title", "year"]
        indexes = [
            models.Index(fields=["year"], name="film_year"),
            models.Index(fields=["title", "year", "id"], name="film_title"),
        ]
        constraints = [
            models.CheckConstraint(
                name="film_year_is_plausible",
                condition=Q(year__gte=FIRST_FILM_YEAR, year__lte=LAST_FILM_YEAR),
                violation_error_message="The year lies between 1888 and 2100.",
            ),
            models.CheckConstraint(
                name="film_has_no_episodes",
                condition=Q(kind="series") | Q(episodes__isnull=True),
                violation_error_message="A film has no episodes. Choose “Series”, or empty them.",
            ),
            models.UniqueConstraint(
                fields=["imdb_id"],
                condition=~Q(imdb_id=""),
                name="film_imdb_id_unique",
                violation_error_message="Another film has this IMDb id.",
            ),
            models.UniqueConstraint(
                fields=["kind", "tmdb_id"],  # TMDB counts films and series apart
                condition=Q(tmdb_id__isnull=False),
                name="film_tmdb_id_unique",
                violation_error_message="Another film has this TMDB id.",
            ),
            models.UniqueConstraint(
                fields=["wikidata_id"],
                condition=~Q(wikidata_id=""),
                name="film_wikidata_id_unique",
                violation_error_message="Another film has this Wikidata id.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"

    def get_absolute_url(self) -> str:
        return addresses.to("reviews:film", self.slug)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label(self.Kind, self.kind)

    def is_series(self) -> bool:
        return self.kind == self.Kind.SERIES

    def original_title(self) -> "FilmTitle | None":
        """Its title in its own language; no query when `titles` is prefetched."""
        return next((t for t in loaded(self, "titles") if t.kind == FilmTitle.Kind.ORIGINAL), None)

    def other_title(self) -> "FilmTitle | None":
        """The original title where it says something else than ours; no query when `titles` is
        prefetched."""
        original = self.original_title()
        return original if original and original.text != self.title else None

    def title_language(self) -> str:
        """Language of the title this publication uses, English before others; empty when not known.

        No query when `titles` is prefetched.
        """
        said = [t.language for t in loaded(self, "titles") if t.text == self.title]
        english = (tag for tag in said if tag.partition("-")[0] == "en")
        return next(english, said[0] if said else "")

    def crew(self) -> list[tuple[str, list["Credit"]]]:
        """(“Director”, its credits) for each role there is; no query when prefetched."""
        by_role: dict[str, list[Credit]] = {role: [] for role in Credit.Role.values}
        for credit in loaded(self, "credits"):
            by_role[credit.role].append(credit)
        return [(label(Credit.Role, role), theirs) for role, theirs in by_role.items() if theirs]

    def people(self, role: str) -> list[Person]:
        """Its people of one `Credit.Role`, in order; no query when credits are prefetched."""
        return [credit.person for credit in loaded(self, "credits") if credit.role == role]

    def directors(self) -> list[Person]:
        return self.people(Credit.Role.DIRECTOR)

    def cast(self) -> list[Person]:
        return self.people(Credit.Role.CAST)


class FilmTitle(models.Model):
    """One of the names a film goes by."""

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("Original")
        ROMANISED = "romanised", _("Romanised")
        ENGLISH = "english", _("English")
        UK_RELEASE = "uk_release", _("UK release")
        FESTIVAL = "festival", _("Festival")

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="titles")
    text = models.CharField(max_length=200)
    language = models.CharField(
        max_length=35,
        validators=[validate_language_tag],
        help_text="Such as “ko”, “ko-Latn” for a romanised title, “zh-Hant”.",
    )
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        ordering = ["pk"]
        verbose_name = "title"
        indexes = [models.Index(fields=["text"], name="film_title_text")]
        constraints = [
            models.UniqueConstraint(
                fields=["film"],
                condition=Q(kind="original"),
                name="film_has_one_original_title",
                violation_error_message="A film has one original title; this one has it already.",
            ),
            models.UniqueConstraint(
                fields=["film", "kind", "text"],
                name="film_title_said_once",
                violation_error_message="This title is in the list already.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return label(self.Kind, self.kind)


class CreditQuerySet(models.QuerySet["Credit"]):
    def by_film(self) -> "CreditQuerySet":
        """A person's filmography, newest film first, ready to be grouped. One more query."""
        films = self.select_related("film").prefetch_related("film__titles")
        return films.order_by("-film__year", "film__title", "film", "position", "pk")


class Credit(models.Model):
    """A person's part in a film, in billing order."""

    class Role(models.TextChoices):
        DIRECTOR = "director", _("Director")
        WRITER = "writer", _("Writer")
        CAST = "cast", _("Cast")
        CINEMATOGRAPHER = "cinematographer", _("Cinematographer")
        EDITOR = "editor", _("Editor")
        COMPOSER = "composer", _("Composer")
        PRODUCER = "producer", _("Producer")

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credits")
    role = models.CharField(max_length=16, choices=Role)
    character = models.CharField(max_length=120, blank=True, help_text="For cast.")
    position = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_SMALL)]
    )

    objects = CreditQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "person", "role", "character"],
                name="film_credit_said_once",
                violation_error_message="This credit is in the list already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person.name}, {self.get_role_display().lower()}"

    def get_role_display(self) -> str:  # type: ignore[no-redef]
        return label(self.Role, self.role)
