"""The moderators' desk."""

from .desk import CommentAdmin

__all__ = ["CommentAdmin"]
