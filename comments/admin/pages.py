"""The pages of the desk: how many there are and what is on this one, in one query."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Subquery, Value
from django.utils.functional import cached_property

from ..models import Comment, CommentQuerySet


class PastTheEnd(Exception):
    """There are only `last` pages: the queue gets shorter while it is worked off."""

    def __init__(self, last: int) -> None:
        super().__init__(f"The last page is {last}.")
        self.last = last


class Pages(Paginator):  # type: ignore[type-arg]
    """Raises PastTheEnd, after one more query, where so many pages are no longer there."""

    def __init__(self, comments: CommentQuerySet, per_page: int, *, wanted: str) -> None:
        super().__init__(comments, per_page)
        self.comments = comments
        self.wanted = max(1, int(wanted)) if wanted.isdecimal() and len(wanted) <= 9 else 1

    @cached_property
    def count(self) -> int:
        """The number of all, read along with the wanted page; alone where that one is empty."""
        if self._read:
            return int(self._read[0].of_all)  # type: ignore[attr-defined]
        return self.comments.count() if self.wanted > 1 else 0

    @cached_property
    def _read(self) -> list[Comment]:
        everything = self.comments.order_by().annotate(one=Value(1)).values("one")
        number = everything.annotate(number=Count("pk")).values("number")
        start = (self.wanted - 1) * self.per_page
        page = self.comments.annotate(of_all=Subquery(number))
        return list(page[start : start + self.per_page])

    def validate_number(self, number: Any) -> int:
        if int(number) > self.num_pages:
            raise PastTheEnd(self.num_pages)
        return super().validate_number(number)

    def page(self, number: Any) -> Page:  # type: ignore[type-arg]
        return Page(self._read, self.validate_number(number), self)
