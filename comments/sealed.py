"""What is kept for a while and nobody may read in the database: encrypted with a key that comes
from SECRET_KEY. What a former secret sealed is read as long as SECRET_KEY_FALLBACKS names that."""

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Seal:
    """One for each purpose, with a salt of its own. What it sealed is good for so long."""

    salt: str
    lasts: timedelta

    def put_on(self, fields: dict[str, Any]) -> str:
        """The fields, which JSON can say, encrypted."""
        return self._fernet().encrypt(json.dumps(fields).encode()).decode()

    def open(self, sealed: str) -> dict[str, Any] | None:
        """The fields again; None once they are too old, dropped, or sealed with another secret."""
        try:
            found = self._fernet().decrypt(sealed, ttl=int(self.lasts.total_seconds()))
        except InvalidToken:
            return None
        fields: dict[str, Any] = json.loads(found)
        return fields

    def _fernet(self) -> MultiFernet:
        secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return MultiFernet([Fernet(self._key(secret)) for secret in secrets])

    def _key(self, secret: str) -> bytes:
        derived = salted_hmac(self.salt, "", secret=secret, algorithm="sha256")
        return base64.urlsafe_b64encode(derived.digest())
