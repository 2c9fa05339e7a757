from django.db import migrations

from comments import plain_text


def say_why(apps, schema_editor):
    """Comments of before have a finding too."""
    Finding = apps.get_model("comments", "Finding")
    silent = apps.get_model("comments", "Comment").objects.filter(findings=None)
    Finding.objects.bulk_create(
        (
            Finding(
                comment_id=pk,
                rule="nothing_found",
                points=0,
                evidence="No rule found anything. It waits because a person looks first.",
                found_at=submitted_at,
            )
            for pk, submitted_at in silent.values_list("pk", "submitted_at")
        ),
        batch_size=500,
    )


def say_language(apps, schema_editor):
    Comment = apps.get_model("comments", "Comment")
    for pk, text in Comment.objects.values_list("pk", "text").iterator():
        if language := plain_text.language(text):
            Comment.objects.filter(pk=pk).update(written_in=language)


def take_back(apps, schema_editor):
    apps.get_model("comments", "Finding").objects.filter(rule="nothing_found").delete()


class Migration(migrations.Migration):
    dependencies = [("comments", "0006_desk_acts_edits_and_looks")]

    operations = [
        migrations.RunPython(say_why, take_back),
        migrations.RunPython(say_language, migrations.RunPython.noop),
    ]
