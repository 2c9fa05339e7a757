"""Addresses of a piece that readers do not see yet, for somebody without a login: its translator, a
lawyer, whoever has to read it first. They are signed, stored nowhere, and end by themselves, or
when an editor ends all that were given of the piece."""

from datetime import datetime, time, timedelta

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from .addresses import whole
from .models import Article

OPEN = timedelta(days=7)  # as long as somebody needs who is asked to read in a week
NOT_SHOWN = (Article.Status.WITHDRAWN, Article.Status.DELETED)  # taken away: from them too


def last_day() -> datetime:
    """Of an address given now, as its first moment: all day the same, and so the address."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + OPEN, time.min))


def address(article: Article) -> str:
    """The whole address, for whoever is given it."""
    return whole(reverse("reviews:shared_preview", args=[token(article)]))


def token(article: Article) -> str:
    """Its last part, which says what it opens, and until when."""
    return _signer().sign_object([_which(article), int(last_day().timestamp())])


def opened(token: str) -> tuple[Article, datetime] | None:
    """The piece, loaded `for_page()`, and the last day of its address; None where it has ended."""
    try:
        which, day = _signer().unsign_object(token)
    except signing.BadSignature:
        return None
    until = timezone.localtime(datetime.fromtimestamp(day, tz=timezone.get_current_timezone()))
    if timezone.localdate() > until.date():
        return None
    pieces = Article.objects.for_page().exclude(status__in=NOT_SHOWN)
    article = pieces.filter(pk=which[0]).first()
    return (article, until) if article and _which(article) == which else None


def end(article: Article, token: str) -> bool:
    """All that were given of the piece so far open nothing from now on; whether that was done. Not
    where the one that was seen had ended: what a colleague has given since is not meant."""
    found = opened(token)
    if found is None or found[0].pk != article.pk:
        return False
    as_seen = Article.objects.filter(pk=article.pk, previews_ended_at=found[0].previews_ended_at)
    return bool(as_seen.update(previews_ended_at=timezone.now()))


def _which(article: Article) -> list[float]:
    """A key alone may be another piece's, after a backup of an earlier day was put back."""
    ended_at = article.previews_ended_at
    of_it = [article.pk, int(article.created_at.timestamp())]
    return of_it + ([ended_at.timestamp()] if ended_at else [])


def _signer() -> signing.Signer:
    return signing.Signer(salt="reviews.preview_links")
