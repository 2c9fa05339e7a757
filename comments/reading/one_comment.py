"""What one comment looks like: in its place in a thread, or quoted above a form.

Python and not a template, because a page holds sixty: words, addresses and the form of dates are
looked up once a page. Every value is escaped where it is put in.
"""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reviews import saying
from reviews.filling import NOTHING, escaped, filled

from ..models import Comment
from . import identicons, rendering
from .threads import Place


class Pen:
    """Writes comments in the language and time zone in which it was made. No query. `note` is what
    the writer of `own` alone is told."""

    def __init__(self, *, open: bool = False, own: Comment | None = None, note: str = "") -> None:  # noqa: A002
        self.own, self.note = own, note
        self.by = _("Comment by %(name)s")
        self.pick = filled('<p class="comment__mark">★ {}</p>\n', _("Editors’ pick"))
        self.edited = filled('<p class="comment__edited">{}</p>\n', _("Edited by a moderator."))
        self.author = filled('<span class="comment__role">{}</span>\n', _("Author of this article"))
        self.ours = filled('<span class="comment__ours">{}</span>\n', _("for the publication"))
        self.script = static("js/reply.js")
        self.reply = _('Reply<span class="unseen"> to %(name)s</span>') if open else ""
        self.report = _('Report<span class="unseen"> the comment by %(name)s</span>')
        self.tongue = saying.tongue()
        self.comment_at = _address("comments:comment")
        self.reply_at = _address("comments:reply")
        self.report_at = _address("comments:report")

    def in_place(self, place: Place) -> SafeString:
        """With whom it answers, where its place does not say so, and what a reader may do."""
        comment = place.comment
        label = _named(self.by, comment.author_name)
        foot = self._foot(comment) if comment.is_approved() else NOTHING
        return self._written(comment, label, self._answers(place), foot)

    def quoted(self, comment: Comment, label: str = "") -> SafeString:
        """Away from its thread. `label` is what it is there: “The comment you answer” without."""
        if label:
            by = _named(_("by %(name)s"), comment.author_name)
            label = filled("{} {}", label, by)
        else:
            label = _named(_("The comment you answer, by %(name)s"), comment.author_name)
        return self._written(comment, label, NOTHING, NOTHING)

    def _written(
        self, comment: Comment, label: str, answers: SafeString, foot: SafeString
    ) -> SafeString:
        own = comment == self.own
        language = comment.language()
        return filled(
            '<article class="comment{}" aria-label="{}">\n{}<header class="comment__head">\n{}\n'
            '<span class="comment__author">{}</span>\n{}'
            '<a class="comment__time" href="{}" rel="bookmark nofollow">'
            '<time datetime="{}">{}</time></a>\n{}</header>\n{}'
            '<div class="comment__text" dir="auto"{}>{}</div>\n{}{}</article>\n',
            " comment--own" if own else "",
            label,
            self.note if own else NOTHING,
            identicons.of(comment),
            rendering.author_html(comment),
            self._role(comment),
            self.comment_at.format(comment.pk),
            self.tongue.moment(comment.submitted_at),
            self.tongue.minute(comment.submitted_at),
            answers,
            self.pick if comment.picked_at and comment.is_approved() else NOTHING,
            filled(' lang="{}"', language) if language else NOTHING,
            rendering.comment_html(comment.text),
            self.edited if comment.edited_by_moderator_at else NOTHING,
            foot,
        )

    def _role(self, comment: Comment) -> SafeString:
        if getattr(comment, "by_the_author", False):  # for_thread() asks
            return self.author
        return self.ours if comment.written_by_id else NOTHING

    def _answers(self, place: Place) -> SafeString:
        parent = place.answers
        if parent is None:
            return NOTHING
        if parent.is_approved():
            said = _named(_("in reply to <bdi>%(name)s</bdi>"), parent.author_name)
        else:
            said = filled("{}", _("in reply to a removed comment"))
        to = f"#{parent.anchor()}" if place.here else self.comment_at.format(parent.pk)
        return filled('<a class="comment__answers" href="{}">{}</a>\n', to, said)

    def _foot(self, comment: Comment) -> SafeString:
        reply = NOTHING
        if self.reply:
            reply = filled(
                '<a href="{}" rel="nofollow" data-module="{}">{}</a>',
                self.reply_at.format(comment.pk),
                self.script,
                _named(self.reply, comment.author_name),
            )
        return filled(
            '<p class="comment__reply">\n{}\n'
            '<a class="comment__report" href="{}" rel="nofollow">{}</a>\n</p>\n',
            reply,
            self.report_at.format(comment.pk),
            _named(self.report, comment.author_name),
        )


def _address(name: str) -> str:
    """Of any comment: `{}` stands for its number."""
    before, _zero, after = reverse(name, args=[0]).rpartition("0")
    return before.replace("{", "{{").replace("}", "}}") + "{}" + after


def _named(words: str, name: str) -> SafeString:
    """A translation, which is ours and may hold markup, with a reader's name in it, escaped."""
    return SafeString(words % {"name": escaped(name)})
