"""Countries (ISO 3166-1) and languages (BCP 47) that editors choose from.

The names are a start; editors may write them their own way, so a name that exists is left alone.
"""

import csv
from pathlib import Path
from typing import Any

from django.db import migrations

SEED = Path(__file__).resolve().parent.parent / "seed"


def _rows(name: str) -> list[dict[str, str]]:
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plant(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    for model, name in (("Country", "countries.csv"), ("Language", "languages.csv")):
        manager = apps.get_model("reviews", model).objects.using(using)
        manager.bulk_create((manager.model(**row) for row in _rows(name)), ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_the_ground_floor")]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
