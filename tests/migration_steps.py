"""Migrations one by one, also where a new installation takes many of them in one step."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


class StepByStep(MigrationExecutor):
    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        super().__init__(connection)
        self.loader = MigrationLoader(connection, replace_migrations=False)

    @property
    def last(self) -> list[tuple[str, str]]:
        """The last step of each app."""
        steps = self.loader.disk_migrations
        return [key for key in self.loader.graph.leaf_nodes() if not steps[key].replaces]
