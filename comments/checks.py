"""What is wrong with the settings is said at start, not at the first comment."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string


@register("comments")
def rules_can_be_imported(
    app_configs: Sequence[AppConfig] | None, **_: object
) -> list[CheckMessage]:
    """comments.E001: an entry of COMMENTS_RULES is not the dotted path of a function."""
    return [
        Error(
            f"COMMENTS_RULES names “{path}”, which is not a function: {problem}",
            hint="Give dotted paths such as “comments.spam.rules.filled_honeypot”.",
            id="comments.E001",
        )
        for path in settings.COMMENTS_RULES
        if (problem := _problem(path))
    ]


def _problem(path: str) -> str:
    try:
        rule = import_string(path)
    except ImportError as error:
        return str(error)
    return "" if callable(rule) else "it cannot be called."
