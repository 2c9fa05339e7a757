"""The admin site, called by the publication's own name."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest


class NewsroomAdminConfig(AdminConfig):
    default = False
    default_site = "publication.newsroom.NewsroomSite"


class NewsroomSite(AdminSite):
    index_title = "Newsroom"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from .models import Masthead  # not while the apps are still being loaded

        name = Masthead.objects.current().name
        return super().each_context(request) | {"site_header": name, "site_title": name}
