"""The desk of logins and roles: opened and changed only soon after the password was given."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest, HttpResponse

from reviews.admin.meanwhile import NothingOverwritten

from .newsroom import fresh


class _NeedsFreshPassword(NothingOverwritten, admin.ModelAdmin):  # type: ignore[type-arg]
    """Lists may be looked at; forms, deletions and actions ask for the password."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        view = super().changelist_view
        answer: HttpResponse = (fresh(view) if request.method == "POST" else view)(
            request, extra_context
        )
        return answer

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = fresh(super().changeform_view)(request, *args, **kwargs)
        return answer

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = fresh(super().delete_view)(request, *args, **kwargs)
        return answer


admin.site.unregister([User, Group])


@admin.register(User)
class UserDesk(_NeedsFreshPassword, UserAdmin):  # type: ignore[type-arg]
    readonly_fields = ["last_login", "date_joined"]  # the program's own to write

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = fresh(super().user_change_password)(request, *args, **kwargs)
        return answer


@admin.register(Group)
class GroupDesk(_NeedsFreshPassword, GroupAdmin):
    pass
