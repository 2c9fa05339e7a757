"""On an empty database: demo content and one login for each role."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import transaction

from publication.demo.load import load
from reviews.models import Reviewer

EDITORS_BYLINE = "wren-castellane"  # so that a first piece is by somebody
LOGINS_FILE = "demo-logins.txt"  # git-ignored
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for another
PASSWORD_LENGTH = 14  # 69 bits


class Command(BaseCommand):
    help = "On an empty database: load demo content, make a login for each role, say which."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(is_active=True).exists():
            return
        self.stdout.write("First run: drawing pictures and loading demo content …")
        logins = Path(settings.BASE_DIR) / LOGINS_FILE
        with transaction.atomic():
            load()
            passwords = {name: _make_login(name) for name in ("editor", "moderator", "admin")}
            for reviewer in Reviewer.objects.filter(slug=EDITORS_BYLINE):
                reviewer.user = User.objects.get(username="editor")
                reviewer.save(update_fields=["user"])
            text = "".join(f"{name:<10} {password}\n" for name, password in passwords.items())
            logins.touch(mode=0o600)
            logins.chmod(0o600)
            logins.write_text(text)  # before the commit: a crash leaves no login without password
        self.stdout.write(
            f"\nThe demo logins, shown once and kept in {LOGINS_FILE}:\n\n{text}"
            "\nDelete that file and change the passwords before anybody else can reach the site.\n"
        )


def _make_login(name: str) -> str:
    """A user of the role its name says; returns the password."""
    password = "".join(secrets.choice(LETTERS) for _ in range(PASSWORD_LENGTH))
    user = User(username=name, is_staff=True, is_superuser=name == "admin")
    user.set_password(password)
    user.save()
    if not user.is_superuser:
        user.groups.add(Group.objects.get(name=name.capitalize()))
    return password
