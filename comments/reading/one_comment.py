"""What one comment looks like: in its place in a thread, or quoted above a form.

Python and not a template, because a page holds sixty: words and addresses are looked up once in
each language. Every value is escaped where it is put in.
"""

from dataclasses import dataclass

from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reviews import saying, unchanging
from reviews.filling import NOTHING, filled, safe

from ..models import Comment
from . import identicons, rendering
from .threads import Place

_COMMENT = """<article class="comment{}" aria-label="{}">
{}<header class="comment__head">
{}
<span class="comment__author">{}</span>
{}<a class="comment__time" href="{}" rel="bookmark nofollow"><time datetime="{}">{}</time></a>
{}</header>
{}<div class="comment__text" dir="auto"{}>{}</div>
{}{}</article>
"""
_FOOT = """<p class="comment__reply">
{}
<a class="comment__report" href="{}" rel="nofollow">{}</a>
</p>
"""
_REPLY = '<a href="{}" rel="nofollow" data-module="{}">{}</a>'


class Pen:
    """Writes comments in the language and time zone in which it was made. No query. `note` is what
    the writer of `own` alone is told."""

    def __init__(self, *, open: bool = False, own: Comment | None = None, note: str = "") -> None:  # noqa: A002
        self.open, self.own, self.note = open, own, note
        self.words = _words(get_language() or "", get_script_prefix())
        self.foot = self.words.foot if open else self.words.closed_foot
        self.tongue = saying.tongue()

    def in_place(self, place: Place) -> SafeString:
        """With whom it answers, where its place does not say so, and what a reader may do."""
        comment, foot = place.comment, NOTHING
        name = safe(comment.author_name)
        if comment.is_approved():
            foot = filled(self.foot, *(comment.id, name) * (2 if self.open else 1))
        label = filled(self.words.by, name)
        return self._written(comment, name, label, self._answers(place), foot)

    def quoted(self, comment: Comment, label: str = "") -> SafeString:
        """Away from its thread. `label` is what it is there: “The comment you answer” without."""
        name = safe(comment.author_name)
        if label:
            label = filled("{} {}", label, _named(_("by %(name)s"), name))
        else:
            label = _named(_("The comment you answer, by %(name)s"), name)
        return self._written(comment, name, label, NOTHING, NOTHING)

    def _written(
        self, comment: Comment, name: SafeString, label: str, answers: SafeString, foot: SafeString
    ) -> SafeString:
        own = self.own is not None and comment == self.own
        language = comment.language()
        moment, minute = self.tongue.moment_and_minute(comment.submitted_at)
        return filled(
            _COMMENT,
            " comment--own" if own else NOTHING,
            label,
            self.note if own else NOTHING,
            identicons.of(comment),
            rendering.linked_name(name, comment.author_url),
            self._role(comment),
            filled(self.words.comment_at, comment.id),
            moment,
            minute,
            answers,
            self.words.pick if comment.picked_at and comment.is_approved() else NOTHING,
            filled(' lang="{}"', language) if language else NOTHING,
            rendering.comment_html(comment.text),
            self.words.edited if comment.edited_by_moderator_at else NOTHING,
            foot,
        )

    def _role(self, comment: Comment) -> SafeString:
        if getattr(comment, "by_the_author", False):  # for_thread() asks
            return self.words.author
        return self.words.ours if comment.written_by_id else NOTHING

    def _answers(self, place: Place) -> SafeString:
        parent = place.answers
        if parent is None:
            return NOTHING
        if parent.is_approved():
            said = _named(_("in reply to <bdi>%(name)s</bdi>"), safe(parent.author_name))
        else:
            said = filled("{}", _("in reply to a removed comment"))
        to = f"#{parent.anchor()}" if place.here else filled(self.words.comment_at, parent.pk)
        return filled('<a class="comment__answers" href="{}">{}</a>\n', to, said)


@dataclass(frozen=True)
class _Words:
    """What is the same in all comments of a language; gaps `{}` are for the number of a comment
    and the name of its writer."""

    by: str
    pick: SafeString
    edited: SafeString
    author: SafeString
    ours: SafeString
    comment_at: str
    foot: str
    closed_foot: str


@unchanging.remembered(most=10)
def _words(_language: str, _prefix: str) -> _Words:
    report = (
        _address("comments:report"),
        _gap(_('Report<span class="unseen"> the comment by %(name)s</span>')),
    )
    reply = filled(
        _REPLY,
        _address("comments:reply"),
        static("js/reply.js"),
        _gap(_('Reply<span class="unseen"> to %(name)s</span>')),
    )
    return _Words(
        by=_gap(_("Comment by %(name)s")),
        pick=filled('<p class="comment__mark">★ {}</p>\n', _("Editors’ pick")),
        edited=filled('<p class="comment__edited">{}</p>\n', _("Edited by a moderator.")),
        author=filled('<span class="comment__role">{}</span>\n', _("Author of this article")),
        ours=filled('<span class="comment__ours">{}</span>\n', _("for the publication")),
        comment_at=_address("comments:comment"),
        foot=filled(_FOOT, reply, *report),
        closed_foot=filled(_FOOT, NOTHING, *report),
    )


def _address(name: str) -> SafeString:
    """Of any comment: a gap stands for its number."""
    before, _zero, after = reverse(name, args=[0]).rpartition("0")
    return SafeString(f"{_without_gaps(before)}{{}}{_without_gaps(after)}")


def _gap(words: str) -> SafeString:
    """A translation, which is ours and may hold markup, with a gap for a name."""
    return SafeString(_without_gaps(words) % {"name": "{}"})


def _without_gaps(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _named(words: str, name: SafeString) -> SafeString:
    """A translation, which is ours and may hold markup, with a name in it."""
    return SafeString(words % {"name": name})
