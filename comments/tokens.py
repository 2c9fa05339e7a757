"""What private addresses and codes carry of a row, signed: its key, and the second it is of.

A key alone would not do: after a copy of an earlier day is put back a key is given once more, and
to somebody else's row.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def which(row: Model, at: datetime) -> str:
    """A row as it is signed: told from every other that ever had its key."""
    return f"{row.pk}:{int(at.timestamp())}"


class Tokens(Generic[Row]):
    """Those of one kind of row; `second` says which moment of it never changes."""

    def __init__(self, salt: str, second: Callable[[Row], datetime]) -> None:
        self._signer = signing.Signer(salt=salt)
        self._second = second

    def token(self, row: Row) -> str:
        return self._signer.sign(which(row, self._second(row)))

    def is_ours(self, token: str) -> bool:
        """Whether it was given to a row, which may be gone by now. No query."""
        try:
            self._signer.unsign(token)
        except signing.BadSignature:
            return False
        return True

    def row(self, token: str, among: QuerySet[Row]) -> Row | None:
        """The row of a token; None if it is not ours, or its row is gone. One query."""
        try:
            said = self._signer.unsign(token)
        except signing.BadSignature:
            return None
        row = among.filter(pk=said.partition(":")[0]).first()
        return row if row and which(row, self._second(row)) == said else None
