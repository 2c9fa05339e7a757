"""The words of a piece as they stood when saved, and what an editor asked for with them."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from .models import Article, Revision

WORDS = ("headline", "standfirst", "body")  # what a revision keeps
MOST_KEPT = 100  # of one article: a body of 10,000 characters is kept in a megabyte


def words_of(article: Article) -> tuple[str, ...]:
    """What a revision keeps, in the order of `WORDS`."""
    return tuple(getattr(article, name) for name in WORDS)


def last_kept(article: Article) -> tuple[str, ...] | None:
    return Revision.objects.filter(article=article.pk).values_list(*WORDS).first()


def keep(
    article: Article,
    by: User | None,
    words: Sequence[str],
    note: str = "",
    *,
    public: bool = False,
    withdrawal: bool = False,
) -> None:
    said: dict[str, Any] = dict(zip(WORDS, words, strict=True))
    said |= {"note": note, "public": public, "withdrawal": withdrawal}
    Revision.objects.create(article_id=article.pk, made_by=by, **said)


def forget_the_oldest(article: Article) -> None:
    """Not those that readers were told of."""
    silent = Revision.objects.filter(article=article.pk, public=False)
    oldest = list(silent.values_list("pk", flat=True)[MOST_KEPT:])
    if oldest:
        silent.filter(pk__in=oldest).delete()


def notes_to_writers(articles: Sequence[Article]) -> dict[int, Revision]:
    """With which editors returned those of them that are drafts now, by their keys. One query."""
    drafts = [article.pk for article in articles if article.status == Article.Status.DRAFT]
    notes = _notes_to_writers().filter(article__in=drafts).select_related("made_by").defer("body")
    return {note.article_id: note for note in reversed(notes)}


def answered(article: Article) -> None:
    """What an editor asked for is done; the history keeps the words."""
    _notes_to_writers().filter(article=article.pk).update(note="")


def settled(article: Article) -> None:
    """It goes live: that, too, and why it was withdrawn before."""
    _notes_of_the_newsroom().filter(article=article.pk).update(note="")


def why_withdrawn(article: Article) -> Revision | None:
    """With the reason that an editor gave for it, if it is withdrawn now; also while it waits
    among what is deleted."""
    if article.status not in (Article.Status.WITHDRAWN, Article.Status.DELETED):
        return None
    reasons = _notes_of_the_newsroom().filter(article=article.pk, withdrawal=True)
    return reasons.select_related("made_by").defer("body").first()


def _notes_to_writers() -> QuerySet[Revision]:
    return _notes_of_the_newsroom().filter(withdrawal=False)


def _notes_of_the_newsroom() -> QuerySet[Revision]:
    """What came from elsewhere says so, and nobody made it."""
    return Revision.objects.filter(public=False, made_by__isnull=False).exclude(note="")
