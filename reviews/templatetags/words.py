"""`{% load words %}`: Django's tags for translation (i18n), of which `{% translate %}` and
`{% blocktranslate %}` look their words up once in each language. Django asks half a dozen
catalogues each time, one after the other.
"""

from typing import Any

from django.template import Context, Library, Node
from django.template.base import Parser, Token, render_value_in_context
from django.templatetags import i18n
from django.utils.translation import get_language, gettext, ngettext

from reviews import memoised

MOST = 4_000  # words of templates in languages; each has fewer than 500

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Said(Node):
    """Words that stand in the template themselves."""

    def __init__(self, node: Any) -> None:
        self.node = node

    def render(self, _context: Context) -> str:
        return _said(self.node, get_language())


class SaidAround(Node):
    """Words with gaps for what is told them, one of which may count."""

    def __init__(self, node: Any) -> None:
        self.node = node

    def render(self, context: Context) -> str:
        node = self.node
        count = node.counter.resolve(context) if node.counter else None
        if node.counter and type(count) is not int:
            return str(node.render(context))
        words, gaps = _around(node, count, get_language())
        told: dict[str, Any] = {node.countervar: count}
        for name in gaps:
            if name in node.extra_context:
                told[name] = node.extra_context[name].resolve(context)
            elif name not in told:
                told[name] = context.get(name, "")
        try:
            return words % {name: render_value_in_context(told[name], context) for name in gaps}
        except (KeyError, ValueError):  # a translation that has other gaps
            return str(node.render(context))


@register.tag("blocktranslate")
@register.tag("blocktrans")
def block_translate(parser: Parser, token: Token) -> Node:
    """As Django's."""
    node: Any = i18n.do_block_translate(parser, token)
    return node if node.asvar or node.message_context else SaidAround(node)


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


@memoised.remembered(most=MOST)
def _said(node: Any, _language: str | None) -> str:
    words: str = node.render(Context())
    return words


@memoised.remembered(most=MOST)
def _around(node: Any, count: int | None, _language: str | None) -> tuple[str, list[str]]:
    """The words of a language, and the names of their gaps."""
    one, gaps = node.render_token_list(node.singular)
    if count is None:
        return gettext(one), gaps
    several, more = node.render_token_list(node.plural)
    return ngettext(one, several, count), [*gaps, *more]
