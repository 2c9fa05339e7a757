"""The rows of the comments app, a file per subject."""

from .accounts import AuthorizationRequest
from .akismet import SENT_KEPT, AkismetCheck, AkismetFeedback, AkismetHealth, Owed
from .attempts import Attempt
from .claims import Claimed
from .comment_queries import MOST_ON_RECORD, CommentQuerySet
from .comments import TEXT_LIMIT, Comment
from .decisions import (
    AKISMET,
    EDITED,
    IMPORT,
    REASON_LIMIT,
    REPORTED,
    REPORTS,
    SCREENING,
    TRUST,
    WRITER,
    Decision,
    Finding,
)
from .desk import LOOK_LASTS, UNDO_OFFERED, Act, CommentEdit, Look, Mark
from .followers import Follower
from .identities import Identity, Notice, Subscription
from .imported import ImportedComment
from .learning import Learnt
from .reports import NOTE_LIMIT, Report, ReportQuerySet
from .rulebook import ERASED_SENDER, Action, Limits, Phrase, Sender, erased_names
from .rules import RuleSetting
from .runs import SpamRun
from .saved_answers import SavedAnswer
from .stopped import StoppedMail

__all__ = [
    "AKISMET",
    "EDITED",
    "ERASED_SENDER",
    "IMPORT",
    "LOOK_LASTS",
    "MOST_ON_RECORD",
    "NOTE_LIMIT",
    "REASON_LIMIT",
    "REPORTED",
    "REPORTS",
    "SCREENING",
    "SENT_KEPT",
    "TEXT_LIMIT",
    "TRUST",
    "UNDO_OFFERED",
    "WRITER",
    "Act",
    "Action",
    "AkismetCheck",
    "AkismetFeedback",
    "AkismetHealth",
    "Attempt",
    "AuthorizationRequest",
    "Claimed",
    "Comment",
    "CommentEdit",
    "CommentQuerySet",
    "Decision",
    "Finding",
    "Follower",
    "Identity",
    "ImportedComment",
    "Learnt",
    "Limits",
    "Look",
    "Mark",
    "Notice",
    "Owed",
    "Phrase",
    "Report",
    "ReportQuerySet",
    "RuleSetting",
    "SavedAnswer",
    "Sender",
    "SpamRun",
    "StoppedMail",
    "Subscription",
    "erased_names",
]
