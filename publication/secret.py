"""Whether a secret key is one that nobody guesses. Imported by the settings: no Django app here."""

from django.core.checks.security.base import (
    SECRET_KEY_INSECURE_PREFIX,
    SECRET_KEY_MIN_LENGTH,
    SECRET_KEY_MIN_UNIQUE_CHARACTERS,
)

HOW_TO_MAKE_ONE = (
    "Put a long random one into .env as SECRET_KEY=…, for example from: "
    "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
)
# What stands in examples, here and elsewhere; none of it is random.
EXAMPLES = (
    "change-me",
    "changeme",
    "change_me",
    "your-secret",
    "your_secret",
    "example",
    "insecure",
)


def weakness(key: str) -> str:
    """What is wrong with the key, to be read after its name; “” if nothing.

    The measures are those of Django's `check --deploy` (security.W009).
    """
    if not key:
        return "is missing"
    if len(key) < SECRET_KEY_MIN_LENGTH:
        return f"is shorter than {SECRET_KEY_MIN_LENGTH} characters"
    if key.startswith(SECRET_KEY_INSECURE_PREFIX) or any(e in key.lower() for e in EXAMPLES):
        return "was copied from an example, so that others know it"
    if len(set(key)) < SECRET_KEY_MIN_UNIQUE_CHARACTERS or key in (key + key)[1:-1]:
        return "repeats a few characters, so that it can be guessed"
    return ""
