"""A piece as readers would see it, with what is typed in the form and not saved yet."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import cache_control

from ..models import Article
from ..views.articles import render_article
from .mixin import Mixin

BUTTON = "_preview"


class PreviewsUnsaved(Mixin):
    """The form is saved as any other, its page rendered, and all of it rolled back.

    So whatever the form can hold is in the preview, held to the same rules, and nothing of it
    stays: no row, no version, no line in the history.
    """

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or BUTTON not in request.POST:
            return super().changeform_view(request, *args, **kwargs)
        with transaction.atomic():
            response = _kept_nowhere(super().changeform_view)(request, *args, **kwargs)
            transaction.set_rollback(True)
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method == "POST" and BUTTON in request.POST:
            shown = self.admin_site.each_context(request) | context
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return render(request, "admin/reviews/not_previewed.html", shown, status=status)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Article, *args: Any) -> HttpResponse:
        return self._side_by_side(request, obj) or super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._side_by_side(request, obj) or super().response_change(request, obj)

    def _side_by_side(self, request: HttpRequest, obj: Article) -> HttpResponse | None:
        if BUTTON not in request.POST:
            return None
        article = Article.objects.for_page().get(pk=obj.pk)
        with override(settings.LANGUAGE_CODE):
            page = render_article(request, article, preview=True, framed=True, unlisted=True)
        shown = {"page": page.content.decode(), "title": f"Preview: {article.headline}"}
        return render(
            request,
            "admin/reviews/side_by_side.html",
            self.admin_site.each_context(request) | shown,
        )


_kept_nowhere = cache_control(private=True, no_store=True)
