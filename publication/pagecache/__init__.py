"""Pages for readers, stored as compressed bytes and never stale.

A hit asks the database one tiny question, what changed since the last one, and is answered before
the rest of the stack runs. What changed is written down by triggers in the database itself, in the
transaction of the change, so that no door goes round them (docs/decisions/0012).

watched    which tables and columns readers see, as data
triggers   those data as triggers, made after migrate
changes    what changed since a position: on SQLite, on PostgreSQL
sources    what a page was made from, seen while it is made
pages      which addresses are stored, under which keys
page       one stored page: its bytes, its headers, how long it holds
memory     the pages in this process; store: those all processes share
serving    the WSGI application that joins them
"""
