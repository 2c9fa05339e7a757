"""Every reply that is there already learns which conversation it belongs to."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def find_roots(apps, schema_editor):
    """Level by level: first the answers to roots, then the answers to those."""
    comments = apps.get_model("comments", "Comment").objects.using(schema_editor.connection.alias)
    lost = comments.filter(parent__isnull=False, root__isnull=True)
    lost.filter(parent__parent__isnull=True).update(root=F("parent"))
    above = comments.filter(pk=OuterRef("parent")).values("root")
    while lost.filter(parent__root__isnull=False).update(root=Subquery(above[:1])):
        pass


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_comments_know_their_conversation")]

    operations = [migrations.RunPython(find_roots, migrations.RunPython.noop)]
