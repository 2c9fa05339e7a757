from collections import Counter

from django.db import migrations, models


def number(apps, schema_editor):
    """Each decision by its place among those about its comment, which a comment's version is."""
    decisions = apps.get_model("comments", "Decision").objects.using(schema_editor.connection.alias)
    made = Counter()
    for pk, comment in decisions.order_by("made_at", "pk").values_list("pk", "comment_id"):
        made[comment] += 1
        decisions.filter(pk=pk).update(version=made[comment])


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_the_first_floor")]

    operations = [
        migrations.AlterModelOptions(name="decision", options={"ordering": ["version"]}),
        migrations.AddField(
            model_name="decision",
            name="version",
            field=models.PositiveIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("comment", "version"),
                name="decision_follows_one_state",
                violation_error_message="Somebody else decided about this comment meanwhile.",
            ),
        ),
    ]
