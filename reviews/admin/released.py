"""What a piece shows that readers see, or will at a set moment, editors alone change."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from .mixin import Mixin


class EditorsChangeWhatIsSeen(Mixin):
    """A contributor adds to it and mends what was added, until a piece that is published or
    scheduled shows it."""

    def is_released(self, row: Any) -> bool:
        raise NotImplementedError

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reviews.publish_article")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        if not may or obj is None or self.has_publish_permission(request):
            return may
        return not self.is_released(obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context["original"]
        may = super().has_change_permission(request, row)
        context["for_editors"] = row and may and not self.has_change_permission(request, row)
        return super().render_change_form(request, context, *args, **kwargs)
