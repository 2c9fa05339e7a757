"""The newest words of readers as the front page has them, each with whom and what they are about.

Python and not a template, because a new comment makes these anew and nothing else of the page.
Every value is escaped where it is put in.
"""

from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reviews import memoised, saying, shortened
from reviews.fast_html import filled, joined
from reviews.hyphens import unbroken

from .. import plain_text
from ..models import Comment
from . import identicons, rendering

SAID = 160  # characters of each
_COMMENT = """<article class="said">
<p class="said__words" dir="auto"{}><a href="{}" rel="nofollow">{}</a></p>
<p class="said__who">{} <span><bdi>{}</bdi>, {}</span></p>
</article>
"""


def listed(comments: Iterable[Comment]) -> SafeString:
    """One after the other, spoilers left out; nothing for none. No query for those whose articles
    are loaded."""
    tongue = saying.tongue()
    on = _on(tongue.language)
    pieces = []
    for comment in comments:
        article = comment.article
        about = filled(on, article.get_absolute_url(), unbroken(article.headline))
        spoken, leads_to = tongue.lang(comment.language()), comment.get_absolute_url()
        name = rendering.named(tongue, comment.author_name, comment.text)
        who = identicons.of(comment), name
        pieces.append(filled(_COMMENT, spoken, leads_to, _beginning(comment), *who, about))
    return joined("", pieces)


def _beginning(comment: Comment) -> str:
    words = plain_text.without_spoilers(comment.text).split()
    return shortened.beginning(" ".join(words), SAID)


@memoised.remembered(most=5)
def _on(_language: str) -> str:
    """With gaps for the address and the headline: one stands in the tag around the other, in
    whatever language."""
    said = _('on <a href="%(address)s">%(headline)s</a>').replace("{", "{{").replace("}", "}}")
    return said % {"address": "{}", "headline": "{}"}
