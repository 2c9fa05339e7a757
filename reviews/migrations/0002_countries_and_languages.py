"""Countries and languages that editors choose from."""

from django.db import migrations

from reviews.migrations._seed import plant


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_the_ground_floor")]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
