"""What became of a mail that its server did not take, and how long to wait before the next try."""

import smtplib
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)

FIRST_PAUSE = timedelta(minutes=1)  # after a failure; then twice as long each time
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 24  # about four days, the time mail servers themselves keep trying (RFC 5321)
_OF_ONE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)  # recipient, or mail
_SERVER_ANSWERED = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)
_POLICY = b"5.7."  # RFC 3463: it is about us, the senders, and not about the mailbox
_REFUSED = smtplib.SMTPRecipientsRefused.__name__
_REFUSED_FOR_POLICY = f"{_REFUSED} 5.7"


def pause(attempts: int) -> timedelta:
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def first_try(due_at: datetime, attempts: int) -> datetime:
    """When a mail was tried first, or a little later, if it is due once more after so many."""
    return due_at - sum((pause(n) for n in range(1, attempts + 1)), timedelta())


def said(error: Exception) -> str:
    """Its kind and code; a server's own words may carry an address."""
    if _is_policy(error):
        return _REFUSED_FOR_POLICY
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()[:120]


def is_final(error: Exception) -> bool:
    """The server said that it never will take this (RFC 5321, 4.2.1: 5yz), and not for what can be
    mended here: that it passes nothing on for us."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return is_no_mailbox(error)
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def is_no_mailbox(error: Exception) -> bool:
    """It never will take anything for this address, whatever it thinks of us."""
    code, words = _refusal(error)
    return code >= 500 and not words.startswith(_POLICY)


def nobody_answered(error: Exception) -> bool:
    """No server, or one that broke off: every other mail would fare the same."""
    return isinstance(error, OSError) and not isinstance(error, _SERVER_ANSWERED)


def is_everybodys(error: Exception, attempts: int) -> bool:
    """It is about the server, or about us, and not about one recipient or one mail. What is refused
    for policy may be one mailbox's own, and so is everybody's the first time alone."""
    policy = attempts == 1 and _is_policy(error)
    return isinstance(error, OSError) and (policy or not isinstance(error, _OF_ONE))


def everybodys(failing: "QuerySet[Row]") -> "QuerySet[Row]":
    """The same of rows that keep what was `said` of their last failure."""
    of_one_mail = failing.exclude(error__startswith=smtplib.SMTPDataError.__name__)
    return of_one_mail.exclude(error=_REFUSED)


def may_have_been_taken(error: Exception) -> bool:
    """The connection was there and broke: what was sent may have arrived all the same."""
    return nobody_answered(error) and not isinstance(error, ConnectionRefusedError)


def _is_policy(error: Exception) -> bool:
    """It passes nothing on for us, as without a login; to whom it would go is not what it minds."""
    code, words = _refusal(error)
    return code >= 500 and words.startswith(_POLICY)


def _refusal(error: Exception) -> tuple[int, bytes]:
    """What was said of the recipient, of whom a mail of ours has one; (0, b"") if nothing was."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return (0, b"")
    return next(iter(error.recipients.values()), (0, b""))
