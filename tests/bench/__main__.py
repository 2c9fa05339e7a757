"""Measures everything, or the parts whose names are given, and prints one table."""

import sys
from itertools import chain

from . import apart, rows

MODULES = (
    "akismet",
    "attack",
    "cross_fitting",
    "growth",
    "importing",
    "listed_phrases",
    "pages",
    "making",
    "more_videos",
    "near_copies",
    "spam",
    "spam_zones",
    "stills",
    "twenty_four_megapixels",
)


def main(wanted: list[str]) -> None:
    by_module = [apart.measure(module, wanted) for module in MODULES]
    found, failed, names = (list(chain(*of)) for of in zip(*by_module, strict=True))
    if not found and not failed:
        sys.exit(f"There is: {', '.join(names)}.")
    sys.stdout.write(rows.table(found) + "\n")
    if failed:
        sys.exit(f"Not measured, see above: {', '.join(failed)}.")


if __name__ == "__main__":
    main(sys.argv[1:])
