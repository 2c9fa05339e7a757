"""Comments of an export of WordPress become ours: each once, in the state it had there.

Nobody here decided about them: the classifier learns nothing of them, Akismet is not asked, and
nobody is mailed.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import unescape
from itertools import islice

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from reviews import shortened
from reviews.models import Article
from reviews.wordpress import names
from reviews.wordpress.items import Post, Reply, Site, origin
from reviews.wordpress.report import About, Report
from reviews.wordpress.tree import Node, parsed

from . import intake, moderation, plain_text
from .models import IMPORT, TEXT_LIMIT, Comment, ImportedComment

Status = Comment.Status
STATUSES = {"1": Status.APPROVED, "0": Status.PENDING, "spam": Status.SPAM}
OURS = ("", "comment")  # what WordPress calls what a reader wrote
CAME, THERE = "comments came", "comments were here already"
NEWER = "comments that waited were approved there"
PINGS, BINNED = "pingbacks and the like were left out", "comments in the trash there were left out"
UNMARKED = "comments by your writers came as readers’: their bylines have no login here"
NOBODY = "Anonymous"  # as WordPress signs what has no name
AT_ONCE = 50  # comments in a transaction; to write one to the disk takes longer than to make it
_PARTS = frozenset({"p", "blockquote", "li", "ul", "ol", "div", "pre"})
_is_web = URLValidator(schemes=["http", "https"])


log = logging.getLogger(__name__)


class Comments:
    """Of one export."""

    def __init__(self, site: Site, report: Report) -> None:
        self.report = report
        self._writers = {author.number: author for author in site.authors.values()}
        self._users: dict[int, User | None] = {}

    def take(self, article: Article, post: Post) -> None:
        """The comments on a post that became an article, some in a transaction: a crash loses those
        at most, and nobody waits long for the database. Never raises for what they say."""
        wanted = {reply.number: reply for reply in post.replies if self._is_wanted(reply)}
        if not wanted:
            return
        origins = {n: origin(post.guid, n) for r in wanted.values() for n in (r.number, r.parent)}
        rows = ImportedComment.objects.filter(origin__in=origins.values())
        known = dict(rows.values_list("origin", "comment"))
        here: dict[int, int | None] = {n: known[o] for n, o in origins.items() if o in known}
        every = iter(_parents_first(wanted.values()))
        while some := [*islice(every, AT_ONCE)]:
            with transaction.atomic():
                for reply in some:
                    self._take_one(article, reply, here, origins)

    def _take_one(
        self, article: Article, reply: Reply, here: dict[int, int | None], origins: dict[int, str]
    ) -> None:
        """`here` are the keys of comments, by their numbers there, as far as they have come."""
        if reply.number in here:
            self._is_here(reply, here[reply.number])
            return
        name = f"Comment {reply.number} on “{article.headline}”"
        parent = here.get(reply.parent)
        if reply.parent and parent is None:
            self._note(f"{name}: what it answers is not here; it stands by itself")
        try:
            made = self._made(article, reply, parent, origins[reply.number], name)
        except Exception:
            log.exception("%s could not be taken in.", name)
            self._note(f"{name}: it could not be read; the log says why")
            made = None
        if made is not None:
            here[reply.number] = made.pk

    def _is_wanted(self, reply: Reply) -> bool:
        if reply.kind not in OURS:
            self.report.count(PINGS)
        elif "trash" in reply.approved:
            self.report.count(BINNED)
        else:
            return True
        return False

    def _is_here(self, reply: Reply, key: int | None) -> None:
        """What waited when it came, and waits here still, may have been approved there since."""
        waits = Comment.objects.pending().filter(pk=key or 0, version=1)
        comment = waits.first() if STATUSES.get(reply.approved) == Status.APPROVED else None
        if comment and moderation.move_by_rule(comment, Status.APPROVED, rule=IMPORT):
            self.report.count(NEWER)
        else:
            self.report.count(THERE)

    def _made(
        self, article: Article, reply: Reply, parent: int | None, known: str, name: str
    ) -> Comment | None:
        text = words_of(reply.text)
        if plain_text.is_blank(text):
            self._note(f"{name}: nothing is said in it; left out")
            return None
        if len(text) > TEXT_LIMIT:
            self._note(f"{name}: longer than {TEXT_LIMIT:,} characters; it came whole")
        if reply.approved not in STATUSES:
            self._note(f"{name}: its state there is “{reply.approved}”; it waits for a moderator")
        status = STATUSES.get(reply.approved, Status.PENDING)
        writer = self._writer(reply) if status == Status.APPROVED else None
        try:
            with transaction.atomic():
                comment = intake.bring_in(
                    article,
                    status=status,
                    parent=Comment.objects.get(pk=parent) if parent else None,
                    author_name=self._name(reply, name),
                    author_email=self._email(reply, name),
                    author_url=self._url(reply, name),
                    text=text,
                    at=self._when(article, reply, name),
                    written_by=writer,
                )
                ImportedComment.objects.create(origin=known, comment=comment)
        except IntegrityError:  # the same import, run twice at once
            self.report.count(THERE)
            return Comment.objects.filter(imported_from__origin=known).first()
        self.report.count(CAME, of=comment.get_status_display().lower())
        return comment

    def _name(self, reply: Reply, name: str) -> str:
        said = plain_text.one_line(unescape(reply.name)) or NOBODY
        most = Comment._meta.get_field("author_name").max_length or 0
        if len(said) > most:
            self._note(f"{name}: the name is too long, and was cut: {said}")
        return shortened.beginning(said, most)

    def _email(self, reply: Reply, name: str) -> str:
        """“” for what is no address: nothing can be mailed to it, and nobody could prove it."""
        if not reply.email:
            return ""
        most = Comment._meta.get_field("author_email").max_length or 0
        try:
            validate_email(reply.email[: most + 1])
            fits = len(reply.email) <= most
        except ValidationError:
            fits = False
        if not fits:
            self._note(f"{name}: “{reply.email}” is no e-mail address; it came without")
            return ""
        return reply.email

    def _url(self, reply: Reply, name: str) -> str:
        said = unescape(reply.url)
        if said in ("", "http://", "https://"):  # as WordPress keeps what was left empty
            return ""
        most = Comment._meta.get_field("author_url").max_length or 0
        try:
            _is_web(said)
        except ValidationError:
            most = 0
        if len(said) <= most:
            return said
        self._note(f"{name}: no link can be made of its website; it came without: {said}")
        return ""

    def _when(self, article: Article, reply: Reply, name: str) -> datetime:
        now = timezone.now()
        if reply.at is not None and reply.at <= now:
            return reply.at
        at = min(article.first_published_at or now, now)
        self._note(f"{name}: its date cannot be; it has that of the piece")
        return at

    def _writer(self, reply: Reply) -> User | None:
        """The login of whoever wrote for the publication there, if their byline has one here."""
        author = self._writers.get(reply.user) if reply.user else None
        if author is None:
            return None
        if reply.user not in self._users:
            byline = names.known_reviewer(author)
            self._users[reply.user] = byline.user if byline else None
        if self._users[reply.user] is None:
            self.report.count(UNMARKED)
        return self._users[reply.user]

    def _note(self, sentence: str) -> None:
        self.report.note(About.COMMENTS, sentence)


def words_of(html: str) -> str:
    """The HTML of a comment as plain text: links keep their addresses, paragraphs their lines."""
    return plain_text.tidy(unescape("".join(_words(parsed(html).children)))).strip()


def _words(nodes: Sequence[Node | str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag == "br":
            yield "\n"
        elif node.tag == "a":
            said, href = "".join(_words(node.children)), node.said.get("href", "")
            yield said if href in ("", unescape(said).strip()) else f"{said} ({href})"
        elif node.tag in _PARTS:
            yield from ("\n\n", *_words(node.children), "\n\n")
        else:
            yield from _words(node.children)


def _parents_first(replies: Iterable[Reply]) -> Iterator[Reply]:
    """As they were written, but none before what it answers; of those that answer each other in a
    circle the first stands by itself."""
    waiting = {reply.number: reply for reply in sorted(replies, key=lambda r: r.number)}
    while waiting:
        ready = [r for r in waiting.values() if r.parent not in waiting]
        for reply in ready or [next(iter(waiting.values()))]:
            yield waiting.pop(reply.number)
