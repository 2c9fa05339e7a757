"""Countries (ISO 3166-1) and languages (BCP 47) that editors choose from.

The names are a start; editors may write them their own way, so a name that exists is left alone.
"""

import csv
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "seed"


def plant(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    for model, name in (("Country", "countries.csv"), ("Language", "languages.csv")):
        manager = apps.get_model("reviews", model).objects.using(using)
        manager.bulk_create((manager.model(**row) for row in _rows(name)), ignore_conflicts=True)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
