import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0032_a_biography_says_where_it_stands"),
    ]

    operations = [
        migrations.AlterField(
            model_name="byline",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0, validators=[django.core.validators.MaxValueValidator(32767)]
            ),
        ),
        migrations.AlterField(
            model_name="credit",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0, validators=[django.core.validators.MaxValueValidator(32767)]
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="runtime_minutes",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Minutes.",
                null=True,
                validators=[django.core.validators.MaxValueValidator(32767)],
                verbose_name="running time",
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="tmdb_id",
            field=models.PositiveIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(2147483647)],
                verbose_name="TMDB id",
            ),
        ),
        migrations.AlterField(
            model_name="relatedchoice",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0, validators=[django.core.validators.MaxValueValidator(32767)]
            ),
        ),
        migrations.AlterField(
            model_name="reviewerlink",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0, validators=[django.core.validators.MaxValueValidator(32767)]
            ),
        ),
        migrations.AlterField(
            model_name="section",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Sections are listed in this order, lowest number first.",
                validators=[django.core.validators.MaxValueValidator(32767)],
            ),
        ),
    ]
