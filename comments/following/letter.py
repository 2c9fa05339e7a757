"""The mails to followers. Of a new piece they hear what a card says of it, and no more of its text.

No pictures and no counted links: nobody learns whether it was read.
"""

from dataclasses import dataclass
from datetime import datetime
from html import unescape

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext, ngettext

from reviews import saying
from reviews.models import Article

from .. import letters, plain_text
from ..models import Follower, Notice
from . import links, news

LIST = "new-pieces"  # what its List-Id calls it (RFC 2919)


@dataclass(frozen=True)
class Entry:
    """What is said of a piece, each in a line of its own; “” where there is nothing to say."""

    headline: str
    film: str
    about: str
    spoils: bool
    standfirst: str
    writers: str
    path: str


def pieces(keys: list[int]) -> list[Article]:
    """Those of them that readers may see now, in the same order. Three queries."""
    published = Article.objects.published().filter(pk__in=keys).for_cards("contains_spoilers")
    found = {article.pk: article for article in published.order_by()}
    return [found[pk] for pk in keys if pk in found]


def write(follower: Follower, articles: list[Article], begun_at: datetime) -> EmailMessage:
    """One query for the masthead."""
    entries = [entry(article) for article in articles]
    facts: dict[str, object] = {"entries": entries, "rhythm": news.said(follower.rhythm)}
    facts |= {"page": links.page(follower), "stop": links.stop(follower)}
    headers = {"List-Id": f"<{LIST}.{letters.host()}>"} | _one_press(follower)
    said = letters.Letter(_subject(entries), "news.txt", follower.email, facts, headers)
    # The same for every attempt at this mail, and of no other, also after a copy was put back.
    return letters.mail(said, f"news-{follower.pk}-{begun_at.timestamp():.6f}")


@letters.writes(Notice.Kind.FOLLOW)
def _answer(notice: Notice) -> letters.Letter | None:
    """To whoever asked to follow: a link that confirms or, if they do already, word of that."""
    follower = notice.follower
    if follower is None:
        return None
    facts: dict[str, object] = {"address": links.page(follower), "stop": links.stop(follower)}
    facts |= {"rhythm": news.said(follower.rhythm), "days": letters.CONFIRM_LIFETIME_DAYS}
    if follower.is_confirmed():
        subject, head = gettext("You follow us already"), _one_press(follower)
        return letters.Letter(subject, "follows.txt", follower.email, facts, head)
    subject = gettext("New pieces by mail: is this your address?")
    return letters.Letter(subject, "follow.txt", follower.email, facts)


def _one_press(follower: Follower) -> dict[str, str]:
    return letters.one_press(settings.SITE_URL + links.stop(follower))


def entry(article: Article) -> Entry:
    tongue = saying.tongue()
    return Entry(
        headline=plain_text.one_line(article.headline),
        film=_film(article),
        about=about(article),
        spoils=article.contains_spoilers,
        standfirst=plain_text.one_line(article.standfirst),
        writers=unescape(saying.together([each.name for each in article.writers()], tongue)),
        path=article.get_absolute_url(),
    )


def about(article: Article) -> str:
    """“Review, 3½ stars”."""
    stars = [saying.stars(article.rating)] if article.rating else []
    return ", ".join([str(article.get_kind_display()), *stars])


def _film(article: Article) -> str:
    """Its original title, where that says something else than ours."""
    title = article.film.other_title() if article.film else None
    return plain_text.one_line(title.text) if title else ""


def _subject(entries: list[Entry]) -> str:
    """The first headline, and how many others there are."""
    others = len(entries) - 1
    if not others:
        return letters.about("%(headline)s", entries[0].headline)
    more = ngettext(
        "%(headline)s, and %(number)d more", "%(headline)s, and %(number)d more", others
    )
    return letters.about(more, entries[0].headline, number=others)
