"""What is sent to Akismet of a comment, and how it is kept until it can be told what a person
decided: encrypted, and for fifteen days."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from ..models import SENT_KEPT, Comment
from ..sealed import Seal

Fields = dict[str, str | list[str]]

HONEYPOT = "subject"  # the field of comments/forms.py that people leave empty
MOST_CONTEXT = 20  # words about the article
LONGEST_HEADER = 500  # characters; browsers send fewer than 300
SEAL = Seal("comments.akismet.sealed", SENT_KEPT)
REPORTER = "moderator"  # whoever decided: no name, no address


@dataclass(frozen=True)
class Browser:
    """What a post was sent with, as the request says. `role` is “administrator” for one, or “”."""

    user_agent: str = ""
    referrer: str = ""
    role: str = ""


def of(comment: Comment, address: str, browser: Browser, honeypot: str) -> Fields:
    """The fields of a comment-check, all but key and site. Two queries."""
    article = comment.article
    fields: Fields = {
        "user_ip": address,
        "user_agent": browser.user_agent[:LONGEST_HEADER],
        "referrer": browser.referrer[:LONGEST_HEADER],
        "permalink": settings.SITE_URL + article.get_absolute_url(),
        "comment_type": "reply" if comment.parent_id else "comment",
        "comment_author": comment.author_name,
        "comment_author_email": comment.author_email,
        "comment_author_url": comment.author_url,
        "comment_content": comment.text,
        "comment_date_gmt": _iso(comment.submitted_at),
        "comment_post_modified_gmt": _iso(article.publish_at or comment.submitted_at),
        "blog_lang": settings.LANGUAGE_CODE.replace("-", "_"),
        "blog_charset": "UTF-8",
        "honeypot_field_name": HONEYPOT,
        HONEYPOT: honeypot,
        "comment_context[]": [
            article.section.name,
            article.get_kind_display(),
            *article.tags.values_list("name", flat=True)[:MOST_CONTEXT],
        ],
    }
    return fields | {"user_role": browser.role} if browser.role else fields


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
