"""The pages in this process: the least recently used go first, bounded in bytes.

Pages with a query string have a small part of the room to themselves, so that nobody who makes up
queries can push out the pages that readers want.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable

from .page import Page

FOR_QUERIES = 8  # the part of the room they have: one in so many bytes


class Memory:
    """Not for two threads at once."""

    def __init__(self, room: int) -> None:
        """`room` is in bytes."""
        self._shelves = (Shelf(room - room // FOR_QUERIES), Shelf(room // FOR_QUERIES))

    def get(self, key: str) -> Page | None:
        return self._shelf(key).get(key)

    def put(self, key: str, page: Page) -> None:
        self._shelf(key).put(key, page)

    def drop(self, tags: Iterable[str]) -> None:
        """The pages that depend on any of them."""
        for shelf in self._shelves:
            shelf.drop(tags)

    def clear(self) -> None:
        for shelf in self._shelves:
            shelf.clear()

    def size(self) -> int:
        """In bytes."""
        return sum(shelf.size for shelf in self._shelves)

    def _shelf(self, key: str) -> "Shelf":
        return self._shelves["?" in key]


class Shelf:
    def __init__(self, room: int) -> None:
        self.room = room
        self.size = 0
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._by_tag: dict[str, set[str]] = defaultdict(set)

    def get(self, key: str) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def put(self, key: str, page: Page) -> None:
        self._take_out(key)
        if page.size() > self.room:
            return
        self._pages[key] = page
        self.size += page.size()
        for tag in page.tags:
            self._by_tag[tag].add(key)
        while self.size > self.room:
            self._take_out(next(iter(self._pages)))

    def drop(self, tags: Iterable[str]) -> None:
        for tag in tags:
            for key in list(self._by_tag.get(tag, ())):
                self._take_out(key)

    def clear(self) -> None:
        self._pages.clear()
        self._by_tag.clear()
        self.size = 0

    def _take_out(self, key: str) -> None:
        page = self._pages.pop(key, None)
        if page is None:
            return
        self.size -= page.size()
        for tag in page.tags:
            keys = self._by_tag[tag]
            keys.discard(key)
            if not keys:
                del self._by_tag[tag]
