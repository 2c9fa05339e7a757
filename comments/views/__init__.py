"""What readers and writers of comments are answered, a file per subject."""

from .confirm import confirm
from .privacy import privacy
from .reading import comment, thread
from .replies import reply, waiting
from .reporting import report, report_outcome
from .unsubscribe import unsubscribe
from .yours import yours

__all__ = [
    "comment",
    "confirm",
    "privacy",
    "reply",
    "report",
    "report_outcome",
    "thread",
    "unsubscribe",
    "waiting",
    "yours",
]
