"""Backups: one archive with the database and every picture, and bringing it back.

`packing` writes one, `restoring` brings one back, `archive` is what one looks like, `databases`
knows SQLite and PostgreSQL, `crossing` brings what one of them wrote into the other.
"""
