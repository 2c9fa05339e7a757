"""The pages of the desk: how many there are and what is on this one, in two queries."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property

from reviews.numbers import whole_number

from ..models import Comment, CommentQuerySet

MOST_COUNTED = 2_500  # comments; a hundred pages. Whoever goes on finds that there is a next one


class PastTheEnd(Exception):
    """There are only `last` pages: the queue gets shorter while it is worked off."""

    def __init__(self, last: int) -> None:
        super().__init__(f"The last page is {last}.")
        self.last = last


class Pages(Paginator):  # type: ignore[type-arg]
    """Raises PastTheEnd where so many pages are no longer there."""

    def __init__(self, comments: CommentQuerySet, per_page: int, *, wanted: str) -> None:
        super().__init__(comments, per_page)
        self.comments = comments
        wanted_page = whole_number(wanted, longest=9) or 1
        self.start = (wanted_page - 1) * per_page

    @cached_property
    def count(self) -> int:
        """The number of all; past MOST_COUNTED it is as many as are known, and one more where the
        wanted page is full: counting a million to say how many pages there are would take longer
        than to show one. One more query where a page past MOST_COUNTED is empty."""
        here = len(self._keys)
        if not self._is_beyond:
            known = len(self._first)
            return known if known < MOST_COUNTED else max(known, self.start + here + 1)
        if not here:
            return self.comments.order_by()[:MOST_COUNTED].count()
        return self.start + here + (here == self.per_page)

    def is_at_least(self) -> bool:
        """Whether there may be more than `count` says."""
        return self.count >= MOST_COUNTED

    @property
    def _is_beyond(self) -> bool:
        return self.start >= MOST_COUNTED

    @cached_property
    def _first(self) -> list[int]:
        """Keys: words that few have are looked for in all comments, and once. What else a row shows
        is read of those of a page alone; it would hide from PostgreSQL which index has them."""
        return list(self.comments.values_list("pk", flat=True)[:MOST_COUNTED])

    @cached_property
    def _keys(self) -> list[int]:
        """Those of the wanted page."""
        end = self.start + self.per_page
        if self._is_beyond:
            return list(self.comments.values_list("pk", flat=True)[self.start : end])
        return self._first[self.start : end]

    def validate_number(self, number: Any) -> int:
        if int(number) > self.num_pages:
            raise PastTheEnd(self.num_pages)
        return super().validate_number(number)

    def page(self, number: Any) -> Page:  # type: ignore[type-arg]
        return Page(self._shown, self.validate_number(number), self)

    @cached_property
    def _shown(self) -> list[Comment]:
        return list(self.comments.filter(pk__in=self._keys))


class InPages(ChangeList):
    """What fits on one page is a page too: Django would ask for all of it once more."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = self.paginator.page(self.page_num).object_list
