"""HTML is declared safe in few places, all listed here."""

import re
from pathlib import Path

from django.conf import settings

DECLARES_SAFE = re.compile(r"\bmark_safe\(|\bSafeString\(|\|\s*safe\b|autoescape off")

# Each with the reason why what it declares safe is safe.
ALLOWED = {
    "comments/reading/one_comment.py": "fills its own translations with names it has escaped",
    "reviews/body.py": "renders only what reviews/prose.py has just cleaned",
    "reviews/fast_html.py": "escapes whatever it puts into our own markup",
    "reviews/options.py": "marks one of the options that fast_html.py has made",
    "reviews/structured_data.py": "JSON with <, > and & escaped, as Django's json_script does",
    "reviews/memoised.py": "puts a value it has escaped into what a template made",
    "templates/emails/akismet.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/trouble.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/confirm.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/digest.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/follow.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/follows.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/kept.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/news.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/password.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/password_changed.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/returned.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/reply.txt": "a mail in plain text, in which nothing is markup",
    "templates/emails/sender.txt": "a name in the head of a mail, in which nothing is markup",
    "templates/reviews/feed_channel.txt": "plain text for the feed, whose XML writer escapes it",
}


def test_only_the_listed_places_declare_html_safe() -> None:
    found = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for folder in ("publication", "reviews", "comments", "templates")
        for path in (Path(settings.BASE_DIR) / folder).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".xml"}
        and DECLARES_SAFE.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(ALLOWED)
