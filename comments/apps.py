from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = "Moderators’ desk"

    def ready(self) -> None:
        from . import checks  # noqa: F401 (registers them)
