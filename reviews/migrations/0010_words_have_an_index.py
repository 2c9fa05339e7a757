"""Nothing by itself: after `migrate`, `finding.index` makes the index of words where there is none.

So a site that was brought up to date says that `migrate` is still to be run.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0009_lists_walk_their_index"),
    ]

    operations = []
