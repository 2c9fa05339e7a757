"""Pages of which one part changes by itself, such as what readers say below an article.

The rest is kept whole (dependencies.py), so that a new reply does not make an article anew. The
part is a template that the page's own names with `{% apart %}`.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from reviews import dependencies

# Where the part belongs in what is kept; nobody can write it into a text.
MARK = secrets.token_hex(16)


def page(
    request: HttpRequest,
    template: str,
    read: Callable[[], dict[str, Any]],
    part: str,
    *,
    shared: tuple[str, ...] = (),
) -> HttpResponse:
    """The page of an address that is the same whatever its query string, and for every reader.

    `read` makes all queries for what the template shows. What it raises is not kept. `shared` names
    what of it the `part` needs, which is rendered for each request.
    """

    def make() -> tuple[dict[str, Any], str, str]:
        context = read()
        whole = render_to_string(template, context | {"mark": MARK}, request)
        before, _, after = whole.partition(MARK)
        return {name: context[name] for name in shared}, before, after

    context, before, after = dependencies.kept(f"page {request.path}", make)
    return HttpResponse(f"{before}{render_to_string(part, context, request)}{after}")
