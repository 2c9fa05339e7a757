"""The tables of then in one step (docs/decisions/0021)."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import reviews.models.article_queries
import reviews.models.images
from reviews.migrations._seed import plant


class Migration(migrations.Migration):
    replaces = [
        ("reviews", "0001_the_ground_floor"),
        ("reviews", "0002_countries_and_languages"),
        ("reviews", "0003_certificates_are_named_as_the_bbfc_names_them"),
        ("reviews", "0004_pictures_have_rights_and_renditions"),
        ("reviews", "0005_comments_close_on_a_date"),
        ("reviews", "0006_articles_follow_the_sites_closing"),
        ("reviews", "0007_editors_choose_what_is_read_next"),
        ("reviews", "0008_the_next_moment_is_found_at_once"),
        ("reviews", "0009_lists_walk_their_index"),
        ("reviews", "0010_words_have_an_index"),
        ("reviews", "0011_people_are_merged"),
        ("reviews", "0012_films_and_tags_are_merged"),
        ("reviews", "0013_editions_have_plausible_years"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Country",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=2,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{2}\\Z", "Two capital letters (ISO 3166-1)."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
            ],
            options={
                "verbose_name_plural": "countries",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="CreditSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Such as a festival's press office.", max_length=120, unique=True
                    ),
                ),
                (
                    "credit_line",
                    models.CharField(
                        help_text="As the source asks: “Image © Courtesy of …”.", max_length=300
                    ),
                ),
                ("creator", models.CharField(blank=True, max_length=200)),
                ("copyright_notice", models.CharField(blank=True, max_length=300)),
                ("licence_name", models.CharField(blank=True, max_length=100)),
                ("licence_url", models.URLField(blank=True, verbose_name="licence address")),
                (
                    "web_statement",
                    models.URLField(blank=True, verbose_name="web statement of rights"),
                ),
                ("licensor_url", models.URLField(blank=True, verbose_name="licensor's address")),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Festival",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                ("website", models.URLField(blank=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Language",
            fields=[
                (
                    "tag",
                    models.CharField(
                        max_length=35,
                        primary_key=True,
                        serialize=False,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*\\Z",
                                "Use a language tag such as “en-GB”, “ko”, “zh-Hant” or “ja-Latn” (BCP 47).",
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(help_text="As this publication writes it.", max_length=120),
                ),
                (
                    "native_name",
                    models.CharField(
                        blank=True, help_text="In its own script, such as 홍성은.", max_length=120
                    ),
                ),
                (
                    "native_language",
                    models.CharField(
                        blank=True,
                        help_text="Language of the native name, such as “ko”, so that it is read aloud well.",
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*\\Z",
                                "Use a language tag such as “en-GB”, “ko”, “zh-Hant” or “ja-Latn” (BCP 47).",
                            )
                        ],
                    ),
                ),
                (
                    "sort_name",
                    models.CharField(
                        help_text="What lists are ordered by: “Hong Sung-eun”, “Varda, Agnès”.",
                        max_length=120,
                    ),
                ),
                ("slug", models.SlugField(max_length=140, unique=True)),
            ],
            options={
                "verbose_name_plural": "people",
                "ordering": ["sort_name", "pk"],
                "indexes": [models.Index(fields=["sort_name", "id"], name="person_sort_name")],
            },
        ),
        migrations.CreateModel(
            name="RetiredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, unique=True)),
                ("retired_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [models.Index(fields=["retired_at"], name="retired_file_oldest")],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                ("slug", models.SlugField(max_length=60, unique=True)),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences at the top of its page.",
                        max_length=600,
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Sections are listed in this order, smallest first."
                    ),
                ),
            ],
            options={
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                ("slug", models.SlugField(max_length=60, unique=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="FestivalEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "festival",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="reviews.festival",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1932),
                            django.core.validators.MaxValueValidator(2100),
                        ]
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("city", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "ordering": ["-year", "festival__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("festival", "year"),
                        name="festival_has_one_edition_a_year",
                        violation_error_message="This festival has an edition of that year already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="festival_ends_after_it_starts",
                        violation_error_message="A festival ends on or after the day it starts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Film",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(help_text="As this publication writes it.", max_length=200),
                ),
                (
                    "slug",
                    models.SlugField(
                        error_messages={
                            "unique": "Another film has this address; add the year, as in “drive-2011”."
                        },
                        max_length=220,
                        unique=True,
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        error_messages={"required": "Give the year of its first public screening."},
                        help_text="Year of its first public screening.",
                        validators=[
                            django.core.validators.MinValueValidator(1888),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                    ),
                ),
                (
                    "runtime_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Minutes.", null=True, verbose_name="running time"
                    ),
                ),
                (
                    "certificate",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("U", "U"),
                            ("PG", "PG"),
                            ("12A", "12A"),
                            ("12", "12"),
                            ("15", "15"),
                            ("18", "18"),
                            ("R18", "R18"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "uk_distributor",
                    models.CharField(blank=True, max_length=120, verbose_name="UK distributor"),
                ),
                (
                    "uk_release_date",
                    models.DateField(blank=True, null=True, verbose_name="UK release date"),
                ),
                ("synopsis", models.TextField(blank=True, max_length=2000)),
                (
                    "imdb_id",
                    models.CharField(
                        blank=True,
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^tt[0-9]{7,10}\\Z", "An IMDb id looks like tt13460814."
                            )
                        ],
                        verbose_name="IMDb id",
                    ),
                ),
                (
                    "tmdb_id",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="TMDB id"),
                ),
                (
                    "wikidata_id",
                    models.CharField(
                        blank=True,
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^Q[1-9][0-9]{0,10}\\Z", "A Wikidata id looks like Q42."
                            )
                        ],
                        verbose_name="Wikidata id",
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(blank=True, related_name="films", to="reviews.country"),
                ),
                (
                    "languages",
                    models.ManyToManyField(blank=True, related_name="films", to="reviews.language"),
                ),
            ],
            options={
                "ordering": ["title", "year"],
                "indexes": [
                    models.Index(fields=["year"], name="film_year"),
                    models.Index(fields=["title", "year", "id"], name="film_title"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1888), ("year__lte", 2100)),
                        name="film_year_is_plausible",
                        violation_error_message="The year lies between 1888 and 2100.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("imdb_id", ""), _negated=True),
                        fields=("imdb_id",),
                        name="film_imdb_id_unique",
                        violation_error_message="Another film has this IMDb id.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tmdb_id__isnull", False)),
                        fields=("tmdb_id",),
                        name="film_tmdb_id_unique",
                        violation_error_message="Another film has this TMDB id.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("wikidata_id", ""), _negated=True),
                        fields=("wikidata_id",),
                        name="film_wikidata_id_unique",
                        violation_error_message="Another film has this Wikidata id.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=140, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="reviews.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormerTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="reviews.tag",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "film",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credits",
                        to="reviews.film",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="reviews.person",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("director", "Director"),
                            ("writer", "Writer"),
                            ("cast", "Cast"),
                            ("cinematographer", "Cinematographer"),
                            ("editor", "Editor"),
                            ("composer", "Composer"),
                            ("producer", "Producer"),
                        ],
                        max_length=16,
                    ),
                ),
                ("character", models.CharField(blank=True, help_text="For cast.", max_length=120)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("film", "person", "role", "character"),
                        name="film_credit_said_once",
                        violation_error_message="This credit is in the list already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FilmTitle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "film",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="titles",
                        to="reviews.film",
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                (
                    "language",
                    models.CharField(
                        help_text="Such as “ko”, “ko-Latn” for a romanised title, “zh-Hant”.",
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*\\Z",
                                "Use a language tag such as “en-GB”, “ko”, “zh-Hant” or “ja-Latn” (BCP 47).",
                            )
                        ],
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("original", "Original"),
                            ("romanised", "Romanised"),
                            ("english", "English"),
                            ("uk_release", "UK release"),
                            ("festival", "Festival"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "verbose_name": "title",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["text"], name="film_title_text")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "original")),
                        fields=("film",),
                        name="film_has_one_original_title",
                        violation_error_message="A film has one original title; this one has it already.",
                    ),
                    models.UniqueConstraint(
                        fields=("film", "kind", "text"),
                        name="film_title_said_once",
                        violation_error_message="This title is in the list already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerFilm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=220, unique=True)),
                (
                    "film",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="reviews.film",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Image",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=255, storage=reviews.models.images.originals, upload_to="%Y/%m"
                    ),
                ),
                (
                    "alt_text",
                    models.CharField(
                        blank=True,
                        help_text="What the picture shows, for readers who cannot see it.",
                        max_length=500,
                        verbose_name="alternative text",
                    ),
                ),
                (
                    "decorative",
                    models.BooleanField(
                        default=False,
                        help_text="Tick only when the picture adds nothing to the words; screen readers skip it.",
                    ),
                ),
                (
                    "caption",
                    models.CharField(
                        blank=True,
                        help_text="Shown under the picture; an article may say its own.",
                        max_length=500,
                    ),
                ),
                (
                    "credit_line",
                    models.CharField(
                        blank=True,
                        help_text="Shown under the picture everywhere, as the source asks: “Image © Courtesy of London Korean Film Festival”.",
                        max_length=300,
                    ),
                ),
                (
                    "headline",
                    models.CharField(
                        blank=True, help_text="Its name in the library.", max_length=200
                    ),
                ),
                (
                    "creator",
                    models.CharField(
                        blank=True, help_text="Photographer or artist.", max_length=200
                    ),
                ),
                ("copyright_notice", models.CharField(blank=True, max_length=300)),
                ("licence_name", models.CharField(blank=True, max_length=100)),
                ("licence_url", models.URLField(blank=True, verbose_name="licence address")),
                (
                    "web_statement",
                    models.URLField(
                        blank=True,
                        help_text="A page that says what may be done with it.",
                        verbose_name="web statement of rights",
                    ),
                ),
                (
                    "licensor_url",
                    models.URLField(
                        blank=True,
                        help_text="Where a licence can be had.",
                        verbose_name="licensor's address",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Where the file came from.", max_length=300
                    ),
                ),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken at")),
                (
                    "film",
                    models.ForeignKey(
                        blank=True,
                        help_text="The film it is a still of.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stills",
                        to="reviews.film",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pictures",
                        to="reviews.festivaledition",
                        verbose_name="festival edition",
                    ),
                ),
                (
                    "rights_status",
                    models.CharField(
                        choices=[
                            ("cleared", "Cleared"),
                            ("unverified", "Unverified"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="unverified",
                        max_length=10,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "withdrawn_notice",
                    models.CharField(
                        blank=True, help_text="What stands in its place.", max_length=300
                    ),
                ),
                (
                    "embargo_until",
                    models.DateTimeField(
                        blank=True, help_text="Readers see it from this moment on.", null=True
                    ),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Readers see it until this moment: the end of a licence.",
                        null=True,
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False)),
                ("height", models.PositiveIntegerField(editable=False)),
                ("bytes", models.PositiveBigIntegerField(default=0, editable=False)),
                (
                    "focal_x",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="focal point, from the left",
                    ),
                ),
                (
                    "focal_y",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="focal point, from the top",
                    ),
                ),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True)),
                ("difference_hash", models.BigIntegerField(editable=False, null=True)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("renditions", models.JSONField(default=dict, editable=False)),
                (
                    "renditions_state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be made"),
                            ("working", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Could not be made"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("renditions_claimed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "renditions_attempts",
                    models.PositiveSmallIntegerField(default=0, editable=False),
                ),
                ("renditions_error", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "people",
                    models.ManyToManyField(
                        blank=True,
                        related_name="pictures",
                        to="reviews.person",
                        verbose_name="people shown",
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at", "-pk"],
                "permissions": [
                    ("withdraw_image", "Can withdraw pictures everywhere and restore them")
                ],
                "indexes": [
                    models.Index(
                        fields=["renditions_state", "uploaded_at"], name="image_to_develop"
                    ),
                    models.Index(fields=["uploaded_at", "id"], name="image_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decorative", False), ("alt_text", ""), _connector="OR"
                        ),
                        name="image_decorative_has_no_alt_text",
                        violation_error_message="A decorative picture has no alternative text: clear the text, or untick “decorative”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("focal_x__lte", 100), ("focal_y__lte", 100)),
                        name="image_focal_point_in_picture",
                        violation_error_message="The focal point is in percent, from 0 to 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("embargo_until__isnull", True),
                            ("expires_at__isnull", True),
                            ("expires_at__gt", models.F("embargo_until")),
                            _connector="OR",
                        ),
                        name="image_expires_after_its_embargo",
                        violation_error_message="It would expire before its embargo ends.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rights_status", "withdrawn"), _negated=True),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="image_withdrawn_says_when",
                        violation_error_message="Withdraw it with the button, so that its files go too.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="film",
            name="poster",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="poster_of",
                to="reviews.image",
            ),
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "film",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="reviews.film",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="reviews.festivaledition",
                    ),
                ),
                ("strand", models.CharField(blank=True, max_length=80)),
                (
                    "premiere_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("world", "World premiere"),
                            ("international", "International premiere"),
                            ("european", "European premiere"),
                            ("uk", "UK premiere"),
                            ("london", "London premiere"),
                        ],
                        max_length=16,
                    ),
                ),
            ],
            options={
                "ordering": ["edition", "film__title"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("film", "edition"),
                        name="film_screens_once_an_edition",
                        violation_error_message="This film is in that edition's programme already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("review", "Review"),
                            ("interview", "Interview"),
                            ("feature", "Feature"),
                            ("news", "News"),
                            ("festival_report", "Festival report"),
                        ],
                        default="review",
                        max_length=16,
                    ),
                ),
                ("headline", models.CharField(max_length=200)),
                (
                    "slug",
                    models.SlugField(
                        error_messages={
                            "unique": "Another article has this address. Change a word or add the year."
                        },
                        help_text="The last part of its web address. Left empty, it is made from the headline.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "standfirst",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the headline, on cards and in search results.",
                        max_length=400,
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="reviews.section",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default="en-GB",
                        help_text="Language it is written in: “en-GB”, “ko” …",
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*\\Z",
                                "Use a language tag such as “en-GB”, “ko”, “zh-Hant” or “ja-Latn” (BCP 47).",
                            )
                        ],
                    ),
                ),
                ("body", models.TextField(blank=True, max_length=200000)),
                (
                    "lead_image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lead_of",
                        to="reviews.image",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="For a festival report, or a piece that belongs to a festival's coverage.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="reviews.festivaledition",
                        verbose_name="festival edition",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("scheduled", "Scheduled"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("publish_at", models.DateTimeField(editable=False, null=True)),
                ("first_published_at", models.DateTimeField(editable=False, null=True)),
                ("updated_at", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "comment_policy",
                    models.CharField(
                        choices=[
                            ("usual", "As on the whole site"),
                            ("open", "Always open"),
                            ("closed", "Closed"),
                            ("closes_after", "Closes after some days"),
                        ],
                        default="usual",
                        max_length=12,
                    ),
                ),
                (
                    "comments_close_after_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                3650, "At most 3650; or leave the comments open."
                            )
                        ],
                        verbose_name="days until comments close",
                    ),
                ),
                (
                    "content_note",
                    models.CharField(
                        blank=True,
                        help_text="What some readers would want to know first, such as “Contains scenes of …”.",
                        max_length=300,
                    ),
                ),
                ("contains_spoilers", models.BooleanField(default=False)),
                (
                    "film",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="reviews.film",
                    ),
                ),
                (
                    "rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                1, "A rating goes from ½ to 5 stars."
                            ),
                            django.core.validators.MaxValueValidator(
                                10, "A rating goes from ½ to 5 stars."
                            ),
                        ],
                    ),
                ),
                (
                    "unrated",
                    models.BooleanField(
                        default=False, help_text="Published without stars on purpose."
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        help_text="The review in one line, shown beside the stars.",
                        max_length=200,
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cinema", "In a cinema"),
                            ("festival", "At a festival"),
                            ("screener", "On a screener"),
                        ],
                        max_length=10,
                        verbose_name="how it was seen",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The festival screening named at the end of the review.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="reviews.screening",
                    ),
                ),
                (
                    "tags",
                    models.ManyToManyField(blank=True, related_name="articles", to="reviews.tag"),
                ),
                (
                    "related_films",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Other films it is about; it is listed on their pages.",
                        related_name="mentioned_in",
                        to="reviews.film",
                        verbose_name="also about",
                    ),
                ),
            ],
            options={
                "ordering": ["-first_published_at", "-pk"],
                "permissions": [("publish_article", "Can publish, schedule and withdraw articles")],
                "indexes": [
                    models.Index(
                        fields=["first_published_at", "id", "status", "publish_at"],
                        name="article_newest",
                    ),
                    models.Index(
                        fields=["kind", "first_published_at", "id", "status", "publish_at"],
                        name="article_kind",
                    ),
                    models.Index(
                        fields=["section", "first_published_at", "id", "status", "publish_at"],
                        name="article_section",
                    ),
                    models.Index(
                        fields=["film", "first_published_at", "id", "status", "publish_at"],
                        name="article_film",
                    ),
                    models.Index(
                        fields=["edition", "first_published_at", "id", "status", "publish_at"],
                        name="article_edition",
                    ),
                    models.Index(
                        fields=["screening", "first_published_at", "id", "status", "publish_at"],
                        name="article_screening",
                    ),
                    models.Index(
                        models.F("kind"),
                        reviews.models.article_queries.Stars("rating"),
                        models.F("first_published_at"),
                        models.F("id"),
                        models.F("status"),
                        models.F("publish_at"),
                        name="article_stars",
                    ),
                    models.Index(
                        fields=["updated_at", "status", "publish_at"], name="article_corrected"
                    ),
                    models.Index(fields=["status", "publish_at"], name="article_moment"),
                    models.Index(fields=["status", "created_at"], name="article_desk"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rating__isnull", True),
                            models.Q(("rating__gte", 1), ("rating__lte", 10)),
                            _connector="OR",
                        ),
                        name="article_rating_on_scale",
                        violation_error_message="A rating goes from ½ to 5 stars.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unrated", False), ("rating__isnull", True), _connector="OR"
                        ),
                        name="article_unrated_has_no_rating",
                        violation_error_message="Choose stars or “unrated”, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "review"),
                            models.Q(
                                ("film__isnull", True),
                                ("rating__isnull", True),
                                ("screening__isnull", True),
                                ("seen", ""),
                                ("unrated", False),
                                ("verdict", ""),
                            ),
                            _connector="OR",
                        ),
                        name="article_only_reviews_rate_a_film",
                        violation_error_message="Film, rating, verdict and screening belong to reviews.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["published", "scheduled"]), _negated=True),
                            models.Q(
                                ("first_published_at__isnull", False), ("publish_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="article_live_has_its_times",
                        violation_error_message="A published or scheduled article has its times.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("comment_policy", "closes_after"), _negated=True),
                            ("comments_close_after_days__isnull", False),
                            _connector="OR",
                        ),
                        name="article_closing_says_when",
                        violation_error_message="Say after how many days the comments close.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("comments_close_after_days__isnull", True),
                            ("comments_close_after_days__lte", 3650),
                            _connector="OR",
                        ),
                        name="article_closing_is_a_date",
                        violation_error_message="Comments close after at most 3650 days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("slug", models.SlugField(max_length=140, unique=True)),
                ("bio", models.TextField(blank=True, max_length=2000, verbose_name="biography")),
                (
                    "portrait",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portrait_of",
                        to="reviews.image",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        help_text="Only if this person also signs in here.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reviewer",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Byline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bylines",
                        to="reviews.article",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bylines",
                        to="reviews.reviewer",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("words", "Words"),
                            ("photographs", "Photographs"),
                            ("interview", "Interview"),
                        ],
                        default="words",
                        max_length=12,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "reviewer", "role"),
                        name="byline_said_once",
                        violation_error_message="This byline is in the list already.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="reviewers",
            field=models.ManyToManyField(
                related_name="articles", through="reviews.Byline", to="reviews.reviewer"
            ),
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="reviews.article",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="reviews.image",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("article", "image"), name="placement_said_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="body_images",
            field=models.ManyToManyField(
                editable=False,
                related_name="articles",
                through="reviews.Placement",
                to="reviews.image",
            ),
        ),
        migrations.CreateModel(
            name="RelatedChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_choices",
                        to="reviews.article",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="reviews.article",
                        verbose_name="piece",
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[("pin", "Show first"), ("leave_out", "Leave out")],
                        default="pin",
                        max_length=9,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "piece to read next",
                "verbose_name_plural": "pieces to read next",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "other"),
                        name="related_choice_said_once",
                        violation_error_message="This piece is in the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("article", models.F("other")), _negated=True),
                        name="related_choice_is_another",
                        violation_error_message="A piece is not read after itself. Choose another.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("reviews.article",),
        ),
        migrations.CreateModel(
            name="ReviewerLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="reviews.reviewer",
                    ),
                ),
                ("label", models.CharField(max_length=60)),
                ("url", models.URLField(verbose_name="address")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "link",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="reviews.article",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("headline", models.CharField(max_length=200)),
                ("standfirst", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.RunPython(plant, migrations.RunPython.noop),
    ]
