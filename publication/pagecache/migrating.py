"""What `migrate` does about the triggers: away before the first step, back after the last."""

from typing import Any

from . import triggers


def before(using: str, plan: Any = (), **_: Any) -> None:
    """Only where there are steps to take: nothing to do is nothing to forget pages for."""
    if plan:
        triggers.remove(using)


def after(using: str, **_: Any) -> None:
    triggers.install(using)
