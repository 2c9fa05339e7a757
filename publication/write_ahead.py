"""SQLite's log beside the file (`-wal`): what it still tells of goes soon, not when it is full.

What was erased is overwritten in the file, and the log keeps the pages of before until others come
in their place: on a quiet site for weeks (docs/decisions/0020).
"""

from django.db import connection

PATIENCE = 100  # milliseconds for which writers may wait while readers of the log come to their end


def cut() -> bool:
    """Writes the log back and leaves it empty; whether it did, as somebody may be reading it.

    Nothing inside a transaction, where SQLite refuses it, and nothing on PostgreSQL.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
    return not is_busy
