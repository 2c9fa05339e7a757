from django.db import migrations, models


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
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("comment", "version"),
                name="decision_follows_one_state",
                violation_error_message="Somebody else decided about this comment meanwhile.",
            ),
        ),
    ]
