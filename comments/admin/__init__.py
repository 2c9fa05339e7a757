"""The moderators' desk, and the rules behind it."""

from .desk import CommentAdmin
from .rules import RuleSettingAdmin

__all__ = ["CommentAdmin", "RuleSettingAdmin"]
