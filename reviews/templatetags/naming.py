"""Names for columns of the admin's tables, for those who do not see the page."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def named_columns(table: str) -> str:
    """Django's inline table, with its first column's heading said: the row as it was saved."""
    said = format_html(
        '<th class="original"><span class="visually-hidden">{}</span></th>', _("Row")
    )
    return table.replace('<th class="original"></th>', said)
