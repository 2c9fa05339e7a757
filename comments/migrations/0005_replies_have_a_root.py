from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0004_replies_find_their_root")]

    operations = [
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("parent__isnull", True), ("root__isnull", True)),
                    models.Q(("parent__isnull", False), ("root__isnull", False)),
                    _connector="OR",
                ),
                name="comment_reply_has_a_root",
                violation_error_message="A reply belongs to the conversation of what it answers.",
            ),
        ),
    ]
