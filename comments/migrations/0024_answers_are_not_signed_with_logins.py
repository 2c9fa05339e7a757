"""Answers of moderators without a name are signed as those of now are, not with their logins."""

from typing import Any

from django.conf import settings
from django.db import migrations
from django.db.models import F
from django.utils.translation import gettext, override


def sign_for_the_editors(apps: Any, schema_editor: Any) -> None:
    comments = apps.get_model("comments", "Comment").objects.using(schema_editor.connection.alias)
    answers = comments.exclude(written_by=None).filter(author_name=F("written_by__username"))
    with override(settings.LANGUAGE_CODE):
        comments.filter(pk__in=list(answers.values_list("pk", flat=True))).update(
            author_name=gettext("The editors")
        )


class Migration(migrations.Migration):
    dependencies = [("comments", "0023_evidence_is_kept_as_codes")]

    operations = [migrations.RunPython(sign_for_the_editors, migrations.RunPython.noop)]
