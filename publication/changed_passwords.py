"""A password was changed: its owner is mailed that, whoever did it and by whatever way."""

from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from comments import letters, notices
from comments.models import Notice


class Told:
    """One of `AUTH_PASSWORD_VALIDATORS`, whom Django tells of each change, whichever form or
    command made it. It objects to no password."""

    def validate(self, password: str, user: Any = None) -> None:
        pass

    def get_help_text(self) -> str:
        return "The owner of the login is mailed that it was changed."

    def password_changed(self, password: str, user: User) -> None:
        if user.last_login:  # else it is the first one, of a login that nobody has used
            tell_owner(user)


def tell_owner(user: User) -> None:
    """Called in the transaction of the change, where it has one."""
    now = timezone.now()
    notices.tell(user, Notice.Kind.CHANGED, about=f"{now.timestamp():.6f}", at=now)


@letters.writes(Notice.Kind.CHANGED)
def _letter(notice: Notice) -> letters.Letter | None:
    user = notice.user
    if user is None or not (user.is_active and user.is_staff):
        return None
    at = timezone.localtime(notice.made_at)  # in English, whatever readers are spoken to in
    facts: dict[str, object] = {"user": user, "when": f"{at:%-d %B at %H:%M}"}
    facts |= {"page": reverse("admin:password_reset")}
    return letters.Letter("Your password was changed", "password_changed.txt", user.email, facts)
