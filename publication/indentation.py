"""Templates without what indents their lines: every page would bring it. Named by the settings."""

import re

from django.template import Origin
from django.template.loaders import filesystem

_INDENTATION = re.compile(r"\n[ \t]+")  # lines stay where they are, for whoever is told of an error


class Loader(filesystem.Loader):
    """Of HTML alone: in a mail, a feed or a script a space may mean something."""

    def get_contents(self, origin: Origin) -> str:
        written: str = super().get_contents(origin)
        return _INDENTATION.sub("\n", written) if origin.name.endswith(".html") else written
