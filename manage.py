#!/usr/bin/env python
"""Django's command line, with this publication's settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publication.settings")
    from publication import command_line

    command_line.run(sys.argv)


if __name__ == "__main__":
    main()
