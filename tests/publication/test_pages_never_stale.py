"""Whatever readers see of a row may change by any door: the next request shows it, everywhere."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publication.pagecache import watched
from reviews.merging import merge
from tests.factories import make_person

from .other_values import changes_of
from .reading import Reader
from .whole import whole_publication

A_Reader = Callable[[], Reader]

AT_MOST = 2  # pages asked for after each change: what is slow here is making them
# Put back at once, or what comes after them is on no page.
HIDES = {
    *("status", "publish_at", "slug", "kind", "text", "article_id", "parent", "root"),
    *("expires_at", "film_id", "reviewer_id"),
}
MODELS = [model for model in watched.models() if not model._meta.auto_created]


_asked: list[
    str
] = []  # what each page of `whole_publication()` asks the database: the same each time


def _showing(table: str, reader: Reader, addresses: list[str]) -> list[str]:
    """Some pages whose queries name the table, the review's own among them if it is one."""
    if not _asked:
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                reader.fresh(address)
            _asked.append(" ".join(query["sql"] for query in queries))
    both = zip(addresses, _asked, strict=True)
    return [address for address, sql in both if f'"{table}"' in sql][:AT_MOST]


def test_each_field_that_readers_see_is_seen_anew_by_every_process(a_reader: A_Reader) -> None:
    """Of a row of each table, one field after another; then it is as it was, for the next table."""
    addresses = whole_publication()
    readers = a_reader(), a_reader()
    stale: list[str] = []
    for model in MODELS:
        showing = _showing(model._meta.db_table, readers[0], addresses)
        row = model._default_manager.order_by("pk")[0]
        rows = model._default_manager.filter(pk=row.pk)
        fields = [field for field in row._meta.local_concrete_fields if not field.primary_key]
        as_it_was = rows.values(*(field.attname for field in fields)).get()
        for change in changes_of(row):
            for reader in readers:
                for address in showing:
                    reader.get(address)
            before = rows.values(*change).get()
            rows.update(**change)
            for address in showing:
                now = readers[0].fresh(address)
                seen = [reader.get(address) for reader in readers]
                fresh = [(now.status, now.same_for_all())] * 2
                if [(page.status, page.same_for_all()) for page in seen] != fresh:
                    stale.append(f"{model._meta.label}, {change}: {address}")
            if set(change) & HIDES:
                rows.update(**before)
        rows.update(**as_it_was)
    assert not stale, "\n".join(stale)


@pytest.mark.django_db
def test_every_table_has_a_row_on_the_pages_that_are_walked() -> None:
    whole_publication()
    assert [m._meta.label for m in MODELS if not m._default_manager.exists()] == []


def test_a_merged_person_leads_on_where_a_page_was_stored(a_reader: A_Reader) -> None:
    whole_publication()
    stays, doubled = (make_person() for _ in range(2))
    reader = a_reader()
    assert reader.get(doubled.get_absolute_url()).status == 200
    merge(doubled, into=stays)
    assert reader.get(f"/people/{doubled.slug}/").status == 301


def test_every_page_is_stored(a_reader: A_Reader) -> None:
    """One that is not reads a table that publication/pagecache/watched.py leaves out."""
    addresses = whole_publication()
    reader = a_reader()
    reader.makes(*addresses)
    assert reader.makes(*addresses) == []
