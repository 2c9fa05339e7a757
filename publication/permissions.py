"""What a login may do, read at once: Django asks for what was given to its user, then for what its
groups have, and every page of the newsroom wants both."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission, User
from django.db.models import QuerySet


class PermissionsAtOnce(ModelBackend):
    """Django's, with one query instead of two."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        found: set[str] = self._get_permissions(user_obj, obj, "all")  # type: ignore[attr-defined]
        return found

    def _get_all_permissions(self, user_obj: User) -> QuerySet[Permission]:
        of_groups = Permission.objects.filter(group__user=user_obj)
        return user_obj.user_permissions.order_by().union(of_groups.order_by())
