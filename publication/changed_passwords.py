"""A password was changed: its owner is mailed that, whoever did it and by whatever form."""

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from comments import letters, notices
from comments.models import Notice


def tell_owner(user: User) -> None:
    """Called in the transaction of the change."""
    now = timezone.now()
    notices.tell(user, Notice.Kind.CHANGED, about=f"{now.timestamp():.6f}", at=now)


@letters.writes(Notice.Kind.CHANGED)
def _letter(notice: Notice) -> letters.Letter | None:
    user = notice.user
    if user is None or not (user.is_active and user.is_staff):
        return None
    facts: dict[str, object] = {"user": user, "at": notice.made_at}
    facts |= {"page": reverse("admin:password_reset")}
    return letters.Letter("Your password was changed", "password_changed.txt", user.email, facts)
