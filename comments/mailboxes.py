"""Which e-mail addresses are taken from readers, whatever way they come in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator


class MailboxValidator(EmailValidator):
    """Django's, and before the “@” ASCII alone, which it says and does not hold to: there are
    letters of which one of ours is the small one, so that one address would become another."""

    def __call__(self, value: Any) -> None:
        super().__call__(value)
        if not str(value).rpartition("@")[0].isascii():
            raise ValidationError(self.message, code=self.code, params={"value": value})
