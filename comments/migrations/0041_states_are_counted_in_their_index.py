from django.db import migrations, models


class Migration(migrations.Migration):
    """With the key in it, PostgreSQL counts a state no further than it has to, and sorts the queue
    in no row."""

    dependencies = [("comments", "0040_who_works_here_chooses_their_mails")]

    operations = [
        migrations.RemoveIndex(model_name="comment", name="comment_queue"),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["status", "submitted_at", "id"], name="comment_queue"),
        ),
    ]
