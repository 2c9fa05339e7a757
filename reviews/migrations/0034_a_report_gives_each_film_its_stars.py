"""What an article is also about gets an order, and stars of its own: its table is made anew, since
Django lets no relation of many to many change into one with a model."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

# In the order in which pages had them.
COPY = """
    INSERT INTO reviews_coveredfilm (article_id, film_id, position)
    SELECT joined.article_id, joined.film_id,
        ROW_NUMBER() OVER (
            PARTITION BY joined.article_id ORDER BY film.title, film.year, film.id
        ) - 1
    FROM reviews_article_related_films joined JOIN reviews_film film ON film.id = joined.film_id
    ORDER BY joined.article_id, film.title, film.year, film.id
"""
COPY_BACK = """
    INSERT INTO reviews_article_related_films (article_id, film_id)
    SELECT article_id, film_id FROM reviews_coveredfilm
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0033_numbers_that_each_database_holds")]

    operations = [
        migrations.CreateModel(
            name="CoveredFilm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(32767)]
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covered_films",
                        to="reviews.article",
                    ),
                ),
                (
                    "film",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverings",
                        to="reviews.film",
                    ),
                ),
            ],
            options={
                "verbose_name": "film",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "film"),
                        name="covered_film_said_once",
                        violation_error_message="This film is in the list already.",
                    ),
                    models.CheckConstraint(
                        name="covered_film_rating_on_scale",
                        condition=models.Q(rating__isnull=True)
                        | models.Q(rating__gte=1, rating__lte=10),
                        violation_error_message="A rating goes from ½ to 5 stars.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(COPY, COPY_BACK),
        migrations.RemoveField("article", "related_films"),
        migrations.AddField(
            "article",
            "related_films",
            models.ManyToManyField(
                blank=True,
                related_name="mentioned_in",
                through="reviews.CoveredFilm",
                to="reviews.film",
            ),
        ),
    ]
