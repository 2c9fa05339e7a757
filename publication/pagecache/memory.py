"""The pages in this process: the least recently used go first, bounded in bytes.

Pages with a query string have a small part of the room to themselves, so that nobody who makes up
queries can push out the pages that readers want.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from .page import Page

FOR_QUERIES = 8  # the part of the room they have: one in so many bytes


class Kept(Protocol):
    @property
    def tags(self) -> frozenset[str]: ...

    def size(self) -> int:
        """In bytes, nearly."""


K = TypeVar("K", bound=Kept)


class Memory:
    """Not for two threads at once."""

    def __init__(self, room: int) -> None:
        """`room` is in bytes."""
        self._shelves: tuple[Shelf[Page], Shelf[Page]] = (
            Shelf(room - room // FOR_QUERIES),
            Shelf(room // FOR_QUERIES),
        )

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

    def _shelf(self, key: str) -> "Shelf[Page]":
        return self._shelves["?" in key]


class Shelf(Generic[K]):
    def __init__(self, room: int) -> None:
        self.room = room
        self.size = 0
        self._kept: OrderedDict[str, K] = OrderedDict()
        self._by_tag: dict[str, set[str]] = defaultdict(set)

    def get(self, key: str) -> K | None:
        one = self._kept.get(key)
        if one is not None:
            self._kept.move_to_end(key)
        return one

    def put(self, key: str, one: K) -> None:
        self._take_out(key)
        if one.size() > self.room:
            return
        self._kept[key] = one
        self.size += one.size()
        for tag in one.tags:
            self._by_tag[tag].add(key)
        while self.size > self.room:
            self._take_out(next(iter(self._kept)))

    def drop(self, tags: Iterable[str]) -> None:
        for tag in tags:
            for key in list(self._by_tag.get(tag, ())):
                self._take_out(key)

    def clear(self) -> None:
        self._kept.clear()
        self._by_tag.clear()
        self.size = 0

    def _take_out(self, key: str) -> None:
        one = self._kept.pop(key, None)
        if one is None:
            return
        self.size -= one.size()
        for tag in one.tags:
            keys = self._by_tag[tag]
            keys.discard(key)
            if not keys:
                del self._by_tag[tag]
