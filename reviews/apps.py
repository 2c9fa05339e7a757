from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = "Editors’ desk"

    def ready(self) -> None:
        from . import checks  # noqa: F401 (they register themselves)
        from .finding import index

        pre_migrate.connect(index.remove, sender=self, dispatch_uid="reviews.finding")
        post_migrate.connect(index.install, sender=self, dispatch_uid="reviews.finding")
