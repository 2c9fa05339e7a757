import django.db.models.deletion
from django.db import migrations, models

TAGS = "reviews_article_tags"  # Django makes this table, and no model says what indexes it has
OF_DJANGO = f"{TAGS}_tag_id_18fd8688"  # in every database: the name is made of the table's


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0022_lists_are_read_from_indexes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="byline",
            index=models.Index(fields=["reviewer", "article"], name="byline_of"),
        ),
        migrations.AlterField(
            model_name="byline",
            name="reviewer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bylines",
                to="reviews.reviewer",
            ),
        ),
        migrations.RunSQL(
            f'CREATE INDEX "article_tagged" ON "{TAGS}" ("tag_id", "article_id")',
            'DROP INDEX "article_tagged"',
        ),
        migrations.RunSQL(
            f'DROP INDEX IF EXISTS "{OF_DJANGO}"',
            f'CREATE INDEX "{OF_DJANGO}" ON "{TAGS}" ("tag_id")',
        ),
    ]
