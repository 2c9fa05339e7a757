import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0034_a_report_gives_each_film_its_stars"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="film",
            name="film_tmdb_id_unique",
        ),
        migrations.AddField(
            model_name="film",
            name="episodes",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Of a series: how many there are.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(32767),
                ],
            ),
        ),
        migrations.AddField(
            model_name="film",
            name="kind",
            field=models.CharField(
                choices=[("film", "Film"), ("series", "Series")],
                default="film",
                help_text="A series has episodes: a television drama, an animated series.",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="runtime_minutes",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Minutes; of a series, those of one episode.",
                null=True,
                validators=[django.core.validators.MaxValueValidator(32767)],
                verbose_name="running time",
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="year",
            field=models.PositiveSmallIntegerField(
                error_messages={"required": "Give the year of its first public screening."},
                help_text="Year of its first public screening; of a series, of its first episode.",
                validators=[
                    django.core.validators.MinValueValidator(1888),
                    django.core.validators.MaxValueValidator(2100),
                ],
            ),
        ),
        migrations.AddConstraint(
            model_name="film",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "series"), ("episodes__isnull", True), _connector="OR"),
                name="film_has_no_episodes",
                violation_error_message="A film has no episodes. Choose “Series”, or empty them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="film",
            constraint=models.UniqueConstraint(
                condition=models.Q(("tmdb_id__isnull", False)),
                fields=("kind", "tmdb_id"),
                name="film_tmdb_id_unique",
                violation_error_message="Another film has this TMDB id.",
            ),
        ),
    ]
