"""A line about Akismet on the admin's front page, when there is something to see to."""

from typing import Any

from django import template

from ..akismet import health
from ..spam import akismet

register = template.Library()


@register.inclusion_tag("admin/comments/akismethealth/_trouble.html")
def akismet_trouble() -> dict[str, Any]:
    """Nothing while it is off. One query."""
    return {"health": None if akismet.why_off() else health.current()}
