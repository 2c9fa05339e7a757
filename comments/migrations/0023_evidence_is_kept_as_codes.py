"""Evidence as codes and values, so that it is said in the language of whoever reads it.

What was kept so far are sentences, which stay as they are.
"""

import json
from typing import Any

from django.db import migrations, models
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, JSONArray, JSONObject

BATCH = 1_000
LONGEST = 300  # characters of a sentence before


def keep_as_written(apps: Any, schema_editor: Any) -> None:
    words = JSONObject(words=Cast(F("sentence"), TextField()))
    as_written = JSONArray(JSONArray(Value("as_written", output_field=TextField()), words))
    _findings(apps, schema_editor).update(evidence=as_written)


def back_to_sentences(apps: Any, schema_editor: Any) -> None:
    """A sentence that was kept comes back; of the others, the codes and their values."""
    findings = _findings(apps, schema_editor)
    some = []
    for finding in findings.only("evidence").iterator(BATCH):
        finding.sentence = " ".join(map(_plainly, finding.evidence))[:LONGEST]
        some.append(finding)
        if len(some) == BATCH:
            findings.bulk_update(some, ["sentence"])
            some.clear()
    findings.bulk_update(some, ["sentence"])


def _plainly(said: Any) -> str:
    code, values = said
    if code == "as_written":
        return str(values["words"])
    return f"{code.replace('_', ' ').capitalize()}: {json.dumps(values, ensure_ascii=False)}."


def _findings(apps: Any, schema_editor: Any) -> Any:
    return apps.get_model("comments", "Finding").objects.using(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("comments", "0022_threads_and_desk_find_their_rows")]

    operations = [
        migrations.RenameField("finding", "evidence", "sentence"),
        migrations.AddField("finding", "evidence", models.JSONField(default=list)),
        # A default, for the way back.
        migrations.AlterField(
            "finding", "sentence", models.CharField(max_length=LONGEST, default="")
        ),
        migrations.RunPython(keep_as_written, back_to_sentences),
        migrations.RemoveField("finding", "sentence"),
    ]
