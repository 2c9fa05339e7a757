"""Which e-mail addresses are taken from readers, whatever way they come in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator


class MailboxValidator(EmailValidator):
    """Django's, and before the “@” ASCII alone, which it says and does not hold to: there are
    letters of which one of ours is the small one, so that one address would become another. Nor is
    a host taken that is longer in small letters, as it is kept: its column may have no room."""

    def __call__(self, value: Any) -> None:
        super().__call__(value)
        name, _, host = str(value).rpartition("@")
        if not name.isascii() or len(host.lower()) > len(host):
            raise ValidationError(self.message, code=self.code, params={"value": value})


class MailboxField(forms.EmailField):
    default_validators = [MailboxValidator()]
