"""A line about Akismet on the admin's front page, when there is something to see to."""

from typing import Any

from django import template

from ..akismet import health
from ..spam import second_opinion

register = template.Library()


@register.inclusion_tag("admin/comments/akismethealth/_trouble.html")
def akismet_trouble() -> dict[str, Any]:
    """Nothing while it is off, and no query without a key. Two queries."""
    return {"health": health.current() if second_opinion.is_on() else None}
