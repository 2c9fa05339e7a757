"""Digests keyed by the installation's secret: nobody else can make one, or try out what is in it.

What a former secret made is still recognised as long as SECRET_KEY_FALLBACKS names that.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac


def digest(salt: str, text: str) -> str:
    """64 hexadecimal digits, as they are written down now."""
    return _of(salt, text, settings.SECRET_KEY)


def digests(salt: str, text: str) -> list[str]:
    """By which it is recognised: the same and those of former secrets, newest first."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_of(salt, text, secret) for secret in secrets]


def _of(salt: str, text: str, secret: str) -> str:
    return salted_hmac(salt, text, secret=secret, algorithm="sha256").hexdigest()
