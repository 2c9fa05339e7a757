"""Acts and the admin's history name nobody whose words were erased before erasing reached them."""

from collections.abc import Callable
from typing import Any

from django.db import migrations
from django.db.models import Q

ACTS = 200  # characters of `about`; what is as long may be cut
NAMES = 200  # of an entry's name in the history
FROM, LINK = "all from the e-mail address ", "all with a link to "
ERASED_LIKENESS = "all alike in what its writer had erased"
ERASED_SENDER = "an address that its owner had erased"


def name_nobody(apps: Any, schema_editor: Any) -> None:
    """A comment keeps its address until it is erased, and none is deleted: what stands under no
    comment was erased."""
    alias = schema_editor.connection.alias
    comments = apps.get_model("comments", "Comment").objects.using(alias)
    acts = apps.get_model("comments", "Act").objects.using(alias)

    def written(name: str, cut: bool) -> bool:
        way = "istartswith" if cut else "iexact"
        return bool(comments.filter(**{f"author_email__{way}": name}).exists())

    def linked(name: str, _cut: bool) -> bool:
        there = Q(author_url__icontains=name) | Q(text__icontains=name)
        return bool(comments.filter(there).exists())

    _erase(acts, FROM, written)
    if comments.filter(author_email="", written_by=None).exists():
        _erase(acts, LINK, linked)
    _erase_senders(apps, alias, written)


def _erase(acts: Any, before: str, is_there: Callable[[str, bool], bool]) -> None:
    named = acts.filter(about__startswith=before).values_list("about", flat=True).distinct()
    for about in list(named):
        if not is_there(about.removeprefix(before), len(about) >= ACTS):
            acts.filter(about=about).update(about=ERASED_LIKENESS)


def _erase_senders(apps: Any, alias: str, written: Callable[[str, bool], bool]) -> None:
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    kind = kinds.filter(app_label="comments", model="sender").first()
    entries = apps.get_model("admin", "LogEntry").objects.using(alias)
    listed = apps.get_model("comments", "Sender").objects.using(alias)
    ours = entries.filter(content_type=kind, object_repr__contains="@") if kind else entries.none()
    for name in list(ours.values_list("object_repr", flat=True).distinct()):
        stands = listed.filter(who__istartswith=name).exists()
        if not stands and not written(name, len(name) >= NAMES):
            ours.filter(object_repr=name).update(object_repr=ERASED_SENDER)


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0001_squashed_0024"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(name_nobody, migrations.RunPython.noop)]
