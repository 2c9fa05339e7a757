"""“Show it to somebody without a login”: an address to give, and the button that ends it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from .. import preview_links
from ..models import Article
from .released import EditorsChangeWhatIsSeen

ENDED = (
    "The preview addresses given so far no longer open anything. The one beside the form is new."
)
NONE_ENDED = "Nothing was ended: the address you saw had ended already. Look at it again."


class GivesPreviewAddresses(EditorsChangeWhatIsSeen):
    """Editors alone give them, and end them."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.end_previews))
        name = f"reviews_{self.opts.model_name}_end_previews"
        return [path("<int:pk>/end-previews/", view, name=name), *super().get_urls()]

    def outside(self, request: HttpRequest, article: Article | None) -> dict[str, Any] | None:
        """The address to give, where it would open something."""
        if not article or article.is_live() or not self.has_publish_permission(request):
            return None
        if article.status in preview_links.NOT_SHOWN:
            return None
        return {
            "address": preview_links.address(article),
            "token": preview_links.token(article),
            "until": preview_links.last_day(),
        }

    def end_previews(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_publish_permission(request):
            raise PermissionDenied
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        with transaction.atomic():
            ended = preview_links.end(article, request.POST.get("token", ""))
            if ended:
                self.log_change(request, article, "Ended the preview addresses given so far.")
        messages.success(request, ENDED) if ended else messages.warning(request, NONE_ENDED)
        return redirect(f"admin:reviews_{self.opts.model_name}_change", pk)
