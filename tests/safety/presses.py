"""A press with the whole form, who may press it, and what it does. presses_of_editors.py and
presses_about_comments.py have those that matter most."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PUBLISHERS = ("editor", "administrator")
WRITERS = ("contributor", *PUBLISHERS)
MODERATORS = ("editor", "moderator", "administrator")


@dataclass(frozen=True)
class Press:
    """Posted to `path` with `data`; `done` asks the database whether it was done."""

    path: str
    data: dict[str, Any]
    may: tuple[str, ...]
    done: Callable[[], bool]
    headers: dict[str, str] = field(default_factory=lambda: {"sec-fetch-site": "same-origin"})


def is_now(model: type[Any], row: Any, status: str) -> Callable[[], bool]:
    return model.objects.filter(pk=row.pk, status=status).exists
