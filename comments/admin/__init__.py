"""The moderators' desk, and the rules behind it."""

from .akismet import AkismetHealthAdmin
from .classifier import LearntAdmin
from .desk import CommentAdmin
from .followers import FollowerAdmin
from .rulebook import LimitsAdmin, PhraseAdmin, SenderAdmin
from .rules import RuleSettingAdmin
from .saved_answers import SavedAnswerAdmin

__all__ = [
    "AkismetHealthAdmin",
    "CommentAdmin",
    "FollowerAdmin",
    "LearntAdmin",
    "LimitsAdmin",
    "PhraseAdmin",
    "RuleSettingAdmin",
    "SavedAnswerAdmin",
    "SenderAdmin",
]
