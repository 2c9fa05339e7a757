"""The moderators' desk, and the rules behind it."""

from .akismet import AkismetHealthAdmin
from .desk import CommentAdmin
from .rulebook import LimitsAdmin, PhraseAdmin, SenderAdmin
from .rules import RuleSettingAdmin

__all__ = [
    "AkismetHealthAdmin",
    "CommentAdmin",
    "LimitsAdmin",
    "PhraseAdmin",
    "RuleSettingAdmin",
    "SenderAdmin",
]
