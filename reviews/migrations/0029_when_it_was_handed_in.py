from typing import Any

from django.db import migrations, models
from django.db.models import F


def as_far_as_known(apps: Any, schema_editor: Any) -> None:
    """Of what waits already nobody wrote down when it was handed in: it keeps its place."""
    articles = apps.get_model("reviews", "Article")._default_manager
    waiting = articles.using(schema_editor.connection.alias).filter(status="submitted")
    waiting.update(submitted_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("reviews", "0028_pieces_say_whom_they_are_with_or_about")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="submitted_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(as_far_as_known, migrations.RunPython.noop, elidable=True),
    ]
