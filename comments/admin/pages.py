"""The pages of the desk: how many there are and what is on this one, in one query."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from ..models import Comment, CommentQuerySet
from .counted import Counted

MOST_COUNTED = 2_500  # comments; a hundred pages. Whoever goes on finds that there is a next one


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
        """The number of all, read along with the wanted page; alone where that one is empty.

        Counting a million to say how many pages there are would take longer than to show one: past
        MOST_COUNTED it is as many as are known, and one more where the wanted page is full.
        """
        if not self._read:
            return self.comments.order_by()[:MOST_COUNTED].count() if self.wanted > 1 else 0
        number = int(self._read[0].of_all)  # type: ignore[attr-defined]
        if number < MOST_COUNTED:
            return number
        seen = (self.wanted - 1) * self.per_page + len(self._read)
        return max(number, seen + (len(self._read) == self.per_page))

    def is_at_least(self) -> bool:
        """Whether there may be more than `count` says."""
        return self.count >= MOST_COUNTED

    @cached_property
    def _read(self) -> list[Comment]:
        """The keys are found first: what else a row shows would hide from PostgreSQL which index
        finds them soonest, and is not read of the pages before."""
        start = (self.wanted - 1) * self.per_page
        keys = self.comments.values("pk")[start : start + self.per_page]
        number = Counted(self.comments.order_by().values("status")[:MOST_COUNTED])
        return list(self.comments.filter(pk__in=keys).annotate(of_all=number))

    def validate_number(self, number: Any) -> int:
        if int(number) > self.num_pages:
            raise PastTheEnd(self.num_pages)
        return super().validate_number(number)

    def page(self, number: Any) -> Page:  # type: ignore[type-arg]
        return Page(self._read, self.validate_number(number), self)
