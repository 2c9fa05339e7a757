from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = "Editors’ desk"

    def ready(self) -> None:
        from . import checks, migrated  # noqa: F401 (checks register themselves)
        from .finding import index

        between = migrated.refuse_between
        pre_migrate.connect(between, sender=self, dispatch_uid="reviews.migrated")
        pre_migrate.connect(index.remove, sender=self, dispatch_uid="reviews.finding")
        post_migrate.connect(index.install, sender=self, dispatch_uid="reviews.finding")
