from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0011_readers_report_comments"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("confirm", "Confirm an e-mail address"),
                    ("reply", "A reply was approved"),
                    ("kept", "What is kept of a writer"),
                    ("digest", "Comments are waiting"),
                ],
                max_length=10,
            ),
        ),
    ]
