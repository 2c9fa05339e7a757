"""What one comment looks like: in its place in a thread, or quoted above a form.

Python and not a template, because a page holds sixty: words and addresses are looked up once in
each language. Every value is escaped where it is put in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reviews import memoised, saying
from reviews.fast_html import NOTHING, filled, safe

from .. import plain_text
from ..models import Comment
from . import identicons, rendering
from .threads import Place

_PLACE = '<li class="thread__place" id="{}">\n'
_COMMENT = """<article class="comment{own}"{label}>
{note}<header class="comment__head">
{figure}
<{tag} class="comment__author">{author}</{tag}>
{role}<a class="comment__time" href="{address}" rel="bookmark nofollow">\
<time datetime="{moment}">{minute}</time></a>
{answers}</header>
{pick}<div class="comment__text" dir="auto"{language}>{text}</div>
{edited}{foot}</article>
"""
_FOOT = """<p class="comment__reply">
{}
<a class="comment__report" href="{}" rel="nofollow">{}</a>
</p>
"""
_REPLY = '<a href="{}" rel="nofollow" data-module="{}">{}</a>'
_REMOVED = '<{tag} class="comment comment--removed">{removed}</{tag}>\n'
HEADINGS = range(2, 7)  # the levels that HTML has, below the page's own


class Pen:
    """Writes comments in the language and time zone in which it was made. No query. `note` is what
    the writer of `own` alone is told. `heading` is the level of those at the top of a thread."""

    def __init__(
        self,
        *,
        open: bool = False,  # noqa: A002
        own: Comment | None = None,
        note: str = "",
        heading: int = HEADINGS[0],
    ) -> None:
        self.open, self.own, self.note, self.heading = open, own, note, heading
        self.words = _words(get_language() or "", get_script_prefix())
        self.tongue = saying.tongue()

    def in_place(self, place: Place) -> SafeString:
        """With whom it answers, where its place does not say so, and what a reader may do. The
        place is left open: replies may follow inside it."""
        comment, frames, foot = place.comment, self.words.waiting, 0
        number = SafeString(comment.id)
        name = rendering.named(self.tongue, comment.author_name, comment.text)
        answers = self._answers(place) if place.answers else NOTHING
        if comment.is_approved():
            frames, foot = (self.words.open, 2) if self.open else (self.words.closed, 1)
        said = self._said(comment, number, name, answers)
        return filled(self._at(place, frames), number, *said, *(number, name) * foot)

    def removed(self, place: Place) -> SafeString:
        """What keeps the place of one that nobody sees any more."""
        return filled(self._at(place, self.words.removed), place.comment.id)

    def quoted(self, comment: Comment, label: str = "") -> SafeString:
        """Away from its thread. `label` is what it is there: “The comment you answer” without."""
        number, name = safe(comment.id), safe(comment.author_name)
        if label:
            label = filled("{} {}", label, _named(_("by %(name)s"), name))
        else:
            label = _named(_("The comment you answer, by %(name)s"), name)
        name = rendering.named(self.tongue, comment.author_name, comment.text)
        own, *said = self._said(comment, number, name, NOTHING)
        return filled(self.words.quoted, own, label, *said)

    def _at(self, place: Place, frames: Sequence[str]) -> str:
        """The frame whose heading is as deep as the place."""
        return frames[self.heading - HEADINGS[0] + place.level - 1]

    def _said(
        self, comment: Comment, number: SafeString, name: SafeString, answers: SafeString
    ) -> tuple[object, ...]:
        """What fills a frame from `own` to `edited`."""
        own = self.own is not None and comment == self.own
        language = plain_text.language(comment.text)
        moment, minute = self.tongue.moment_and_minute(comment.submitted_at)
        return (
            " comment--own" if own else NOTHING,
            self.note if own else NOTHING,
            identicons.of(comment),
            rendering.linked_name(name, comment.author_url),
            self._role(comment) if comment.written_by_id else NOTHING,
            number,
            moment,
            minute,
            answers,
            self.words.pick if comment.picked_at and comment.is_approved() else NOTHING,
            filled(' lang="{}"', language) if language else NOTHING,
            rendering.comment_html(comment.text),
            self.words.edited if comment.edited_by_moderator_at else NOTHING,
        )

    def _role(self, comment: Comment) -> SafeString:
        """Of one that was written at the desk."""
        by_the_author = getattr(comment, "by_the_author", False)  # for_thread() asks
        return self.words.author if by_the_author else self.words.ours

    def _answers(self, place: Place) -> SafeString:
        parent = place.answers
        if parent is None:
            return NOTHING
        if parent.is_approved():
            said = filled(self.words.in_reply, rendering.named(self.tongue, parent.author_name))
        else:
            said = self.words.in_reply_to_none
        to = f"#{parent.anchor()}" if place.here else filled(self.words.comment_at, parent.pk)
        return filled('<a class="comment__answers" href="{}">{}</a>\n', to, said)


@dataclass(frozen=True)
class _Words:
    """What is the same in all comments of a language. The frames are whole comments with gaps `{}`:
    those in a place begin with the number of the comment, and end with it and the name of its
    writer for each of what a reader may do. They come once with each of HEADINGS: by headings is
    how most who listen to a page go through it."""

    open: tuple[str, ...]  # where readers may reply
    closed: tuple[str, ...]
    waiting: tuple[str, ...]  # of one that is not approved
    removed: tuple[str, ...]
    quoted: str
    pick: SafeString
    edited: SafeString
    author: SafeString
    ours: SafeString
    comment_at: str
    in_reply: str
    in_reply_to_none: SafeString


@memoised.remembered(most=10)
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
    at, removed = _address("comments:comment"), _without_gaps(_("This comment was removed."))
    place = filled(_PLACE, _numbered(Comment(pk=0).anchor()))
    tags = [f"h{level}" for level in HEADINGS]

    def frames(foot: str) -> tuple[str, ...]:
        return tuple(place + _frame(tag, "", at, foot) for tag in tags)

    return _Words(
        open=frames(filled(_FOOT, reply, *report)),
        closed=frames(filled(_FOOT, NOTHING, *report)),
        waiting=frames(NOTHING),
        removed=tuple(place + _REMOVED.format(tag=tag, removed=removed) for tag in tags),
        quoted=_frame("span", ' aria-label="{}"', at, NOTHING),
        pick=filled('<p class="comment__mark">★ {}</p>\n', _("Editors’ pick")),
        edited=filled('<p class="comment__mark">{}</p>\n', _("Edited by a moderator.")),
        author=filled('<span class="comment__role">{}</span>\n', _("Author of this article")),
        ours=filled('<span class="comment__ours">{}</span>\n', _("for the publication")),
        comment_at=at,
        in_reply=_gap(_("in reply to <bdi>%(name)s</bdi>")),
        in_reply_to_none=safe(_("in reply to a removed comment")),
    )


def _frame(tag: str, label: str, address: str, foot: str) -> str:
    """A comment with gaps for what is each one's own, in the order of `Pen._said`; `label` is a
    gap after the first, or nothing. `tag` holds the name of its writer."""
    own = "own note figure author role moment minute answers pick language text edited"
    gaps = dict.fromkeys(own.split(), "{}")
    return _COMMENT.format(**gaps, tag=tag, label=label, address=address, foot=foot)


def _address(name: str) -> SafeString:
    """Of any comment."""
    return _numbered(reverse(name, args=[0]))


def _numbered(said: str) -> SafeString:
    """What is said of a comment whose number is 0, with a gap for the number."""
    before, _zero, after = said.rpartition("0")
    return SafeString(f"{_without_gaps(before)}{{}}{_without_gaps(after)}")


def _gap(words: str) -> SafeString:
    """A translation, which is ours and may hold markup, with a gap for a name."""
    return SafeString(_without_gaps(words) % {"name": "{}"})


def _without_gaps(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _named(words: str, name: SafeString) -> SafeString:
    """A translation, which is ours and may hold markup, with a name in it."""
    return SafeString(words % {"name": name})
