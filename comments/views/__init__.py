"""What readers and writers of comments are answered, a file per subject."""

from .privacy import privacy
from .replies import reply, waiting
from .yours import yours

__all__ = ["privacy", "reply", "waiting", "yours"]
