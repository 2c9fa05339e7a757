"""What colleagues did meanwhile, as the admin's history has it, in sentences."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, cast

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list

from .. import names
from ..numbers import whole_number

MOST_DIGITS = 14  # of milliseconds of Unix time; what is longer was never sent by a form of ours
MOST_ENTRIES = 5  # of the history that are told, the newest
_CHOOSE = format_html(
    'Where both of you changed something, <a href="#{}">choose what stays</a>, then save again.',
    "which-stays",
)


def history(obj: models.Model, since: datetime | None) -> list[LogEntry]:
    """The newest entries of the admin's history since then, oldest first; the last of all without
    a moment. Two queries at most."""
    entries = _entries(type(obj), str(obj.pk))
    if since:
        entries = entries.filter(action_time__gte=since)
    newest = entries.order_by("-action_time", "-pk")
    return list(newest[: MOST_ENTRIES if since else 1])[::-1]


def saved_meanwhile(
    obj: models.Model,
    entries: list[LogEntry],
    who: str,
    taken: list[str],
    choose: bool,
) -> SafeString:
    """Who saved what when, what of it is in the form now, and what to do."""
    when = f" at {timezone.localtime(entries[-1].action_time):%H:%M on %-d %B}," if entries else ""
    changed = format_html_join("", "{} ", ((each.get_change_message(),) for each in entries))
    return format_html(
        "{} saved this {}{} after you opened it, so yours is not saved yet and nothing of "
        "theirs is lost. {}{}{} "
        '<a href="{}" target="_blank">Open the current version in a new tab</a>.',
        who,
        obj._meta.verbose_name,
        when,
        changed,
        f"Taken from theirs into this form: {', '.join(taken)}. " if taken else "",
        _CHOOSE if choose else "Your changes are still here: look, and save again.",
        reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk]),
    )


def who_of(entries: Iterable[LogEntry], me: Any) -> str:
    """Their names, in words; `me` is the key of who reads it."""
    users = {entry.user_id: cast(User, entry.user) for entry in entries}
    said = ["You yourself" if pk == me else names.of_colleague(user) for pk, user in users.items()]
    return get_text_list(said, "and") or "Somebody"


def deleted_meanwhile(model: Any, object_id: str, me: Any) -> str:
    """Who deleted it when, or merged it into what. Two queries at most."""
    entry = _entries(model, object_id).filter(action_flag=DELETION).first()
    name = model._meta.verbose_name
    if entry is None:
        return f"This {name} was deleted while you had it open."
    when = f"{timezone.localtime(entry.action_time):%H:%M on %-d %B}"
    said = f"{who_of([entry], me)} deleted this {name} at {when}, while you had it open."
    return f"{said} {entry.get_change_message()}".strip()


def _entries(model: Any, object_id: str) -> models.QuerySet[LogEntry]:
    """Of a row, under whichever name of its model it was written."""
    kinds = ContentType.objects.get_for_models(
        model._meta.concrete_model, model, for_concrete_models=False
    )
    told = LogEntry.objects.filter(content_type__in=kinds.values(), object_id=object_id)
    return told.select_related("user")


def moment(opened: str) -> datetime | None:
    """Of milliseconds of Unix time; None for what no form of ours says."""
    known = whole_number(opened, MOST_DIGITS)
    return None if known is None else datetime.fromtimestamp(known / 1000, UTC)
