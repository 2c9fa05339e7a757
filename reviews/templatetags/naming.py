"""Names for columns of the admin's tables, for those who do not see the page or its head."""

import re

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()

_HEADING = re.compile(r'<th class="column-(\w+)[^"]*">\s*([^<]*[^<\s])')
_DELETED = re.compile(r'<td class="delete">(?=<input)')  # of a row that is saved


@register.filter
def named_columns(table: str) -> str:
    """Django's inline table, with its first column's heading said (the row as it was saved), and
    each cell named for narrow screens, where no head stands above it. `table` is safe."""
    said = format_html(
        '<th class="original"><span class="visually-hidden">{}</span></th>', _("Row")
    )
    table = table.replace('<th class="original"></th>', said)
    for name, words in _HEADING.findall(table):
        table = table.replace(
            f'<td class="field-{name}', f'<td data-named="{words}" class="field-{name}'
        )
    return _DELETED.sub(format_html('<td data-named="{}" class="delete">', _("Delete?")), table)
