"""Templates without what indents their lines, and without lines that only choose: every page would
bring them. Named by the settings."""

import re

from django.template import Origin
from django.template.loaders import filesystem

_INDENTATION = re.compile(r"\n[ \t]+")
# A line of tags that say nothing themselves, and the end of it: where two words stand on lines of
# their own, the one before keeps them apart.
_SILENT = r"(?:if|elif|else|endif|for|empty|endfor|with|endwith|block|endblock|load|extends)\b"
_CHOOSES = re.compile(
    rf"^((?:\{{%-? ?{_SILENT}[^\n%]*%\}}|\{{#[^\n]*?#\}}|[ \t])+)\n", re.MULTILINE
)


class Loader(filesystem.Loader):
    """Of HTML alone: in a mail, a feed or a script a space may mean something."""

    def get_contents(self, origin: Origin) -> str:
        written: str = super().get_contents(origin)
        if not origin.name.endswith(".html"):
            return written
        lines = _INDENTATION.sub("\n", written)
        # Whoever works on a template is told of an error by its line.
        return lines if self.engine.debug else _CHOOSES.sub(r"\1", lines)
