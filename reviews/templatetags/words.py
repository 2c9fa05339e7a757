"""`{% load words %}`: Django's tags for translation (i18n), of which `{% translate %}` looks its
words up once in each language. Django asks half a dozen catalogues each time, one after the other.
"""

from typing import Any

from django.template import Context, Library, Node
from django.template.base import Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language

from reviews import unchanging

MOST = 4_000  # words of templates in languages; with the newsroom's there are some 1,000

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Said(Node):
    """Words that stand in the template themselves."""

    def __init__(self, node: Any) -> None:
        self.node = node

    def render(self, _context: Context) -> str:
        return _said(self.node, get_language())


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """As Django's."""
    node = i18n.do_translate(parser, token)
    context = getattr(node, "message_context", None)
    constant = [node.filter_expression, *([context] if context else [])]
    return node if node.asvar or not all(map(_is_constant, constant)) else Said(node)


def _is_constant(expression: Any) -> bool:
    said = expression.var
    return not expression.filters and (isinstance(said, str) or said.literal is not None)


@unchanging.remembered(most=MOST)
def _said(node: Any, _language: str | None) -> str:
    words: str = node.render(Context())
    return words
