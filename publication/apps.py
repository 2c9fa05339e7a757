from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class PublicationConfig(AppConfig):
    name = "publication"
    verbose_name = "Publication"

    def ready(self) -> None:
        from . import alerts, changed_passwords, checks, forgotten, plans, returned_pieces  # noqa: F401 (they register)
        from .pagecache import triggers
        from .roles import grant_permissions

        connection_created.connect(plans.compile_nothing, dispatch_uid="publication.plans")
        # After migrate, as Django's own permissions are: the groups then exist on every machine
        # without anybody having to remember a command.
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="publication.roles")
        pre_migrate.connect(triggers.remove, sender=self, dispatch_uid="publication.pagecache")
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="publication.pagecache")
        post_migrate.connect(plans.install, sender=self, dispatch_uid="publication.plans")
