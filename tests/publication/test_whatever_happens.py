"""Whatever happens to a publication, in whatever order and by whatever door: the next request of
every address is answered as if nothing had ever been stored, and what readers cannot see empties
nothing.

`EXAMPLES=200 pytest tests/publication/test_whatever_happens.py` goes on for about an hour, each
time in other orders. A failure says what happened, one line each; making that shorter would take
longer than reading it.
"""

import os
import re
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from comments.models import Comment
from publication.pagecache.store import InFile
from reviews.models import (
    Article,
    FestivalEdition,
    Film,
    Person,
    Reviewer,
    Section,
    Tag,
)
from tests.factories import make_comment

from . import happenings, happenings_to_comments  # noqa: F401 (they register what happens)
from .reading import Page, Reader
from .whole import whole_publication
from .world import HAPPENINGS, UNSEEN, World, it_happens

EXAMPLES = int(os.environ.get("EXAMPLES", "0"))
HOW = settings(
    max_examples=EXAMPLES or 1,
    stateful_step_count=40 if EXAMPLES else 12,
    derandomize=not EXAMPLES,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)
HAVE_PAGES = (Article, Film, FestivalEdition, Person, Reviewer, Section, Tag)
LISTS = (
    *("/", "/?p=1", "/reviews/", "/reviews/?page=2", "/reviews/?rating=6&sort=rating"),
    *("/interviews/", "/features/", "/news/", "/festival-reports/", "/festivals/", "/archive/"),
    *("/about/", "/robots.txt", "/feed/", "/comments/feed/", "/sitemap.xml"),
    *("/sitemap-articles.xml", "/sitemap-films.xml", "/sitemap-people.xml"),
)
SEEDS = st.integers(0, 1 << 32)
_BUILT = re.compile(b"<lastBuildDate>.*?</lastBuildDate>")
ENCODINGS = ("gzip, br", "gzip", "identity", "br;q=0, gzip;q=0.5")


class Readers(RuleBasedStateMachine):
    """Two processes over one store. `seen` is the last answer of each address that ever was one."""

    a_reader: Callable[[], Reader]

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        noon = timezone.localtime().replace(hour=12)
        self.world = World(Random(0), noon)
        self.patch.setattr(timezone, "now", lambda: self.world.now)
        self.seen: dict[str, Page] = {}
        whole_publication()
        for status in ("pending", "spam", "rejected"):
            make_comment(Article.objects.all()[0], status=status)
        self.readers = [self.a_reader(), self.a_reader()]
        self.log: list[str] = []
        self.steps = count(1)
        self.everything_is_as_if_made_now("At the beginning")

    def teardown(self) -> None:
        self.patch.undo()
        for reader in self.readers:
            reader.close()
        TransactionTestCase._fixture_teardown(None)  # type: ignore[arg-type]

    @rule(name=st.sampled_from(sorted(HAPPENINGS)), luck=SEEDS)
    def something_happens(self, name: str, luck: int) -> None:
        self.world.luck = Random(luck)
        moment = self.world.now
        happened = it_happens(name, self.world)
        self.note()
        if name in UNSEEN or not happened:
            assert moment == self.world.now
            self.nothing_was_emptied()
        else:
            self.everything_is_as_if_made_now()

    @rule(name=st.sampled_from(sorted(HAPPENINGS)), at=st.integers(1, 6), luck=SEEDS)
    def something_happens_while_a_page_is_made(self, name: str, at: int, luck: int) -> None:
        """Between two of its queries, by another process."""
        self.world.luck = Random(luck)
        address = self.world.any_of(sorted(self.seen))
        self.readers.pop().close()
        reader, queries = self.a_reader(), count(1)
        self.readers.insert(0, reader)

        def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if next(queries) == at:
                other = threading.Thread(target=self.elsewhere, args=[name])
                other.start()
                other.join()
            return execute(sql, params, many, context)

        path = Path(django_settings.PAGE_STORE).with_name(f"{next(self.steps)}.sqlite3")
        reader.cache.store = InFile(path, 1 << 20)  # there is nothing in it
        self.world.said = []
        with connection.execute_wrapper(look):
            reader.get(address)
        self.note(f"while {address} was made, before its query {at}:")
        self.everything_is_as_if_made_now()

    def elsewhere(self, name: str) -> None:
        try:
            it_happens(name, self.world)
        finally:
            connection.close()

    def note(self, before: str = "") -> None:
        self.log.append(f"{next(self.steps)}. {before} {', '.join(self.world.said)}")

    def addresses(self) -> Iterator[str]:
        yield from LISTS
        for model in HAVE_PAGES:
            for row in model.objects.all():
                yield row.get_absolute_url()
        for article in Article.objects.all():
            yield from (
                f"/comments/on/{article.pk}/all/?sort=newest",
                f"/comments/feed/{article.pk}/",
            )
            if article.publish_at:
                yield f"/archive/{article.publish_at:%Y/%m}/"
        for root in Comment.objects.filter(root=None):
            yield f"/comments/conversation/{root.pk}/"

    def everything_is_as_if_made_now(self, what: str = "") -> None:
        stale = []
        for address in sorted({*self.addresses(), *self.seen}):
            fresh = self.readers[0].fresh(address)
            accepted = ENCODINGS[len(address) % len(ENCODINGS)]
            for reader in self.readers:
                page = reader.get(address, HTTP_ACCEPT_ENCODING=accepted)
                if _facts(page) != _facts(fresh):
                    stale.append(address)
            before = self.seen.get(address)
            if before and "ETag" in before.headers:
                asked = {"HTTP_IF_NONE_MATCH": before.headers["ETag"]}
                if self.readers[1].get(address, **asked).status == 304:
                    same = _facts(before) == _facts(fresh)
                    stale += [] if same else [f"{address}, by its ETag"]
            self.seen[address] = page
        assert not stale, "\n".join([*self.log, what, *stale])

    def nothing_was_emptied(self) -> None:
        """Where one is answered at all, and until its time is over."""
        stored = [address for address, page in self.seen.items() if "ETag" in page.headers]
        made = [reader.makes(*stored) for reader in self.readers[:1]]
        assert made == [[]], "\n".join([*self.log, str(made)])


def _facts(page: Page) -> tuple[Any, ...]:
    """A feed with nothing in it says when it was asked for: Django's own clock does."""
    said, words = page.headers, page.same_for_all()
    words = words if b"<item>" in words else _BUILT.sub(b"", words)
    return page.status, words, said.get("Location"), said.get("Content-Type")


def test_every_page_is_as_if_it_were_made_now(
    a_reader: Callable[[], Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Readers, "a_reader", staticmethod(a_reader), raising=False)
    run_state_machine_as_test(Readers, settings=HOW)
