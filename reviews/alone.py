"""Who does something that only one may do at a time, whatever process they are in."""

from hashlib import blake2b

from django.db import connections


def until_the_end(what: str, using: str = "default") -> None:
    """Until this transaction ends, nobody else does what is called so; who comes meanwhile waits,
    and nobody who does something else. SQLite has one writer at a time, from a transaction's
    beginning. One query on PostgreSQL."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        number = int.from_bytes(blake2b(what.encode(), digest_size=8).digest(), signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
