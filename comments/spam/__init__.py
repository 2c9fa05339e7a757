"""Screening: what is found in a post, and the score that makes.

Screening asks the database, the classifier beside it does not: the names below are only fetched
when they are asked for, so that `comments.spam.classifier` can be used without any settings.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .screening import FindingFacts, FormFacts, Screening, Submission, screen

__all__ = ["FindingFacts", "FormFacts", "Screening", "Submission", "screen"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import screening

    return getattr(screening, name)
