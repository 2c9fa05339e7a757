"""Desks that are one page, or one row: nothing to add or to delete, and no list."""

from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise

from reviews.admin.meanwhile import NothingOverwritten


class OnePage(admin.ModelAdmin):  # type: ignore[type-arg]
    """The page stands where the list would, and a row's address leads back to it.

    Whoever may view the model sees the page; whoever may change it may post to it.
    """

    page_title: ClassVar[str | Promise]
    page_template: ClassVar[str]

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    def facts(self, request: HttpRequest) -> dict[str, object]:
        """What the template shows, beside `may_change`."""
        raise NotImplementedError

    def pressed(self, request: HttpRequest, user: User) -> HttpResponse:
        """The answer to a post by somebody who may change things here."""
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            return self.pressed(request, cast(User, request.user))
        context = self.admin_site.each_context(request) | {
            "title": self.page_title,
            "opts": self.opts,
            "media": self.media,
            "may_change": self.has_change_permission(request),
        }
        return TemplateResponse(request, self.page_template, context | self.facts(request))

    def change_view(self, request: HttpRequest, object_id: str, *_: Any, **__: Any) -> HttpResponse:
        return HttpResponseRedirect("../../")


class OneRow(NothingOverwritten, admin.ModelAdmin):  # type: ignore[type-arg]
    """For a table that has one row, `THE_ONE`: the list leads to its form, and makes it where there
    is none, so that two who fill it in first are told of each other as ever."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows: Any = self.model
        row, _ = rows.objects.get_or_create(pk=rows.THE_ONE)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
