from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import migrations, models
from django.urls import get_script_prefix

import reviews.models.articles

FOLDERS = {  # of addresses, as they were
    "review": "reviews",
    "interview": "interviews",
    "feature": "features",
    "news": "news",
    "festival_report": "festival-reports",
}


def name(apps: Any, schema_editor: Any) -> None:
    """Feed readers know by its address what was published; the rest nobody knows."""
    manager = apps.get_model("reviews", "Article")._default_manager
    rows = manager.using(schema_editor.connection.alias)
    articles = list(rows.only("kind", "slug", "first_published_at"))
    for article in articles:
        article.guid = uuid4().urn
        if article.first_published_at is not None:
            path = f"{get_script_prefix()}{FOLDERS[article.kind]}/{article.slug}/"
            article.guid = f"{settings.SITE_URL}{path}"
    rows.bulk_update(articles, ["guid"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0025_what_is_due_is_found_by_its_moment"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="guid",
            field=models.CharField(editable=False, max_length=500, null=True),
        ),
        migrations.RunPython(name, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="article",
            name="guid",
            field=models.CharField(
                default=reviews.models.articles.new_guid,
                editable=False,
                max_length=500,
                unique=True,
            ),
        ),
    ]
