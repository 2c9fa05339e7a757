"""The admin site, called by the publication's own name."""

from functools import update_wrapper
from http import HTTPStatus
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse


class NewsroomAdminConfig(AdminConfig):
    default = False
    default_site = "publication.newsroom.NewsroomSite"


class NewsroomSite(AdminSite):
    index_title = "Newsroom"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from .models import Masthead  # not while the apps are still being loaded

        name = Masthead.objects.current().name
        return super().each_context(request) | {"site_header": name, "site_title": name}

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The day's work first, the rooms of the house below it."""
        from .today import today

        shown = {"today": today(request.user)}
        return super().index(request, (extra_context or {}) | shown)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A form sent after the login ended is not answered by the login page: from there the
        browser's way back leads to an empty form."""
        guarded = super().admin_view(view, cacheable)

        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            leaves = request.path == reverse("admin:logout", current_app=self.name)
            if request.method == "POST" and not leaves and not self.has_permission(request):
                return render(request, "admin/not_logged_in.html", status=HTTPStatus.FORBIDDEN)
            answer: HttpResponse = guarded(request, *args, **kwargs)
            return answer

        return update_wrapper(kept, guarded)
