"""The moderators' desk, and the rules behind it."""

from .desk import CommentAdmin
from .rulebook import LimitsAdmin, PhraseAdmin, SenderAdmin
from .rules import RuleSettingAdmin

__all__ = ["CommentAdmin", "LimitsAdmin", "PhraseAdmin", "RuleSettingAdmin", "SenderAdmin"]
