"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with the least that OWASP's Password Storage Cheat Sheet recommends.

    Django's own figures take 100 MiB for each password that is checked, which a small server does
    not have for many at once; these take 19 MiB.
    """

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1
