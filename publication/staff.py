"""The desk of logins and roles: opened and changed only soon after the password was given."""

import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import (
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from reviews.admin.meanwhile import NothingOverwritten

from . import forgotten
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


class NewLoginForm(forms.ModelForm):  # type: ignore[type-arg]
    """Asks for no password: whose login it is chooses it, by the link that is mailed."""

    clean_username = UserCreationForm.clean_username  # names that differ in case alone are one

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email" in self.fields:
            self.fields["email"].required = True
            self.fields["email"].help_text = "A link for choosing a password is sent there."


class PasswordIsSet(ReadOnlyPasswordHashWidget):
    """Whether there is one, and the way to another: how it is kept says nothing to anybody here."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        usable = value and is_password_usable(value)
        said = "A password is set." if usable else "No password is set."
        return context | {"summary": [{"label": said}]}


UNUSED = (
    "Nobody has logged in with it yet. If their link was too old, “Forgotten your password?” on "
    "the login page sends them another."
)


class LoginForm(UserChangeForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].widget = PasswordIsSet()
            if not self.instance.has_usable_password():
                self.fields["password"].help_text = "They cannot log in until one is set."
            elif not self.instance.last_login:
                self.fields["password"].help_text = UNUSED


SIGNS = (
    'Their pieces need a byline: <a href="{}">add a reviewer for this login</a>, or choose the '
    "login in the reviewer they have already."
)


def _writes(roles: Any) -> bool:
    return bool(roles.filter(permissions__codename="add_article").exists())


@admin.register(User)
class UserDesk(_NeedsFreshPassword, UserAdmin):  # type: ignore[type-arg]
    readonly_fields = ["last_login", "date_joined"]  # the program's own to write
    form = LoginForm
    add_form = NewLoginForm
    add_form_template = "admin/change_form.html"
    add_fieldsets = [(None, {"fields": ["username", "email", "groups"]})]
    fieldsets = [
        (None, {"fields": ["username", "password", "email", "first_name", "last_name"]}),
        ("Roles", {"fields": ["groups", "is_superuser", "is_staff", "is_active"]}),
        ("Single permissions", {"fields": ["user_permissions"], "classes": ["collapse"]}),
        ("Important dates", {"fields": ["last_login", "date_joined"]}),
    ]
    list_display = ["username", "email", "roles", "is_superuser", "is_active", "last_login"]
    filter_horizontal = ["user_permissions"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Another role is made under “Groups”."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "groups" and field:
            field.widget.can_add_related = False
        return field

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "label": "Roles", "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new login is one of the newsroom, with a password that nobody knows."""
        obj.email = User.objects.normalize_email(obj.email)
        if not change:
            obj.is_staff = True
            obj.set_password(secrets.token_urlsafe(32))
        super().save_model(request, obj, form, change)
        if not change:
            forgotten.owe_link(obj, timezone.now())
            said = f"A link for choosing a password is on its way to {obj.email}."
            messages.info(request, said)
            if _writes(form.cleaned_data["groups"]):
                add = reverse("admin:reviews_reviewer_add", query={"user": obj.pk})
                messages.info(request, format_html(SIGNS, add))

    @admin.display(description="Roles", empty_value="–")
    def roles(self, user: User) -> str | None:
        return ", ".join(group.name for group in user.groups.all()) or None

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 (its name there)
        form_url: str = "",
    ) -> HttpResponse:
        change: Callable[..., HttpResponse] = fresh(super().user_change_password)
        if request.method != "POST":
            return change(request, id, form_url)
        with transaction.atomic():  # with the mail that tells of it
            return change(request, id, form_url)


@admin.register(Group)
class GroupDesk(_NeedsFreshPassword, GroupAdmin):
    pass
