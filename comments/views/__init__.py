"""What readers and writers of comments are answered, a file per subject."""

from .accounts import account, logged_out, to_account
from .confirm import confirm
from .following import follow, following, stop_following
from .own_mails import stop_own_mails
from .privacy import about, ask, kept
from .reading import comment, conversation, thread
from .replies import reply, waiting
from .reporting import report, report_outcome
from .unsubscribe import unsubscribe
from .yours import yours

__all__ = [
    "about",
    "account",
    "ask",
    "comment",
    "confirm",
    "conversation",
    "follow",
    "following",
    "kept",
    "logged_out",
    "reply",
    "report",
    "report_outcome",
    "stop_following",
    "stop_own_mails",
    "thread",
    "to_account",
    "unsubscribe",
    "waiting",
    "yours",
]
