"""The elements of WordPress eXtended RSS, as text."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from django.utils import timezone

from ..models import Reviewer, Tag
from .reading import NEVER

# What XML 1.0 can carry (2.2); everything else is left out.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- WordPress eXtended RSS, for Tools → Import → WordPress, or manage.py import_wordpress. -->
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""
# Characters of `user_nicename`; `user_login` has 60, and a longer one is no user's.
LONGEST_LOGIN = 50
FOOT = "</channel>\n</rss>\n"


def cdata(words: object) -> str:
    said = _NOT_XML.sub("", str(words)).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{said}]]>"


def element(name: str, words: object) -> str:
    return f"<{name}>{cdata(words)}</{name}>\n"


def moments(name: str, at: datetime, *, is_set: bool = True) -> str:
    """A moment twice, in the time of the site and in UTC: the latter not of what has no date yet,
    which WordPress knows again by the day on which it was begun."""
    here, there = timezone.localtime(at), at.astimezone(UTC)
    return element(name, f"{here:%Y-%m-%d %H:%M:%S}") + element(
        f"{name}_gmt", f"{there:%Y-%m-%d %H:%M:%S}" if is_set else NEVER
    )


def came(at: datetime | None) -> str:
    """When readers had it, as RSS says it: WordPress does not read that, Ghost's migrator does."""
    return f"<pubDate>{format_datetime(at.astimezone(UTC))}</pubDate>\n" if at else ""


def login(reviewer: Reviewer) -> str:
    """The slug, as far as a login may be long there; then with a number, which makes it its own."""
    if len(reviewer.slug) <= LONGEST_LOGIN:
        return reviewer.slug
    end = f"-{reviewer.pk}"
    return reviewer.slug[: LONGEST_LOGIN - len(end)] + end


def author(reviewer: Reviewer) -> str:
    return (
        f"<wp:author><wp:author_id>{reviewer.pk}</wp:author_id>"
        + element("wp:author_login", login(reviewer))
        + element("wp:author_email", "")
        + element("wp:author_display_name", reviewer.name)
        + "</wp:author>\n"
    )


def category(number: int, slug: str, name: str) -> str:
    return (
        f"<wp:category><wp:term_id>{number}</wp:term_id>"
        + element("wp:category_nicename", quote(slug).lower())
        + element("wp:category_parent", "")
        + element("wp:cat_name", name)
        + "</wp:category>\n"
    )


def tag(number: int, tag: Tag) -> str:
    return (
        f"<wp:tag><wp:term_id>{number}</wp:term_id>"
        + element("wp:tag_slug", tag.slug)
        + element("wp:tag_name", tag.name)
        + "</wp:tag>\n"
    )


def term(taxonomy: str, slug: str, name: str) -> str:
    nicename = escape(quote(slug).lower())
    return f'<category domain="{taxonomy}" nicename="{nicename}">{cdata(name)}</category>\n'


def postmeta(key: str, value: object) -> str:
    said = element("wp:meta_key", key) + element("wp:meta_value", value)
    return f"<wp:postmeta>\n{said}</wp:postmeta>\n"
