"""Whatever readers see of a row may change by any door: the next request shows it, everywhere."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, Limits
from publication.models import Masthead
from publication.pagecache import watched
from reviews import publishing
from reviews.merging import merge
from reviews.models import (
    Article,
    Festival,
    FestivalEdition,
    Film,
    FormerEdition,
    FormerFestival,
    FormerFilm,
    FormerPerson,
    FormerReviewer,
    FormerSection,
    FormerTag,
    Image,
    Person,
    RelatedChoice,
    ReviewerLink,
    Revision,
    Tag,
)
from tests.factories import make_article, make_comment, make_person, make_reviewer
from tests.reviews.pages import fill_the_publication

from .reading import Reader

A_Reader = Callable[[], Reader]

PAGES = ("review", "front", "film", "person", "reviewer", "edition", "section", "archive", "about")
MORE_PAGES = ("/feed/", "/comments/feed/", "/sitemap.xml", "/sitemap-articles.xml")
AT_MOST = 2  # pages asked for after each change: what is slow here is making them
# Put back at once, or what comes after them is on no page.
HIDES = {
    *("status", "publish_at", "slug", "kind", "text", "article_id", "parent", "root"),
    *("expires_at", "film_id", "reviewer_id"),
}
MODELS = [model for model in watched.models() if not model._meta.auto_created]


def _publication() -> list[str]:
    """Something on every kind of page; answers their addresses."""
    pages = fill_the_publication(1)
    article = Article.objects.reviews().get()
    masthead = {name: f"Of the {name}" for name in ("name", "tagline", "about", "comment_policy")}
    Masthead.objects.create(pk=1, contact_email="desk@example.org", **masthead)
    ReviewerLink.objects.create(
        reviewer=article.writers()[0], label="Letters", url="https://example.org/letters"
    )
    # Its address leads on, and an answer that does is not stored: no page shows it.
    FormerPerson.objects.create(slug="formerly", person=Person.objects.all()[0])
    FormerFilm.objects.create(slug="formerly", film=Film.objects.all()[0])
    FormerTag.objects.create(slug="formerly", tag=Tag.objects.all()[0])
    FormerSection.objects.create(slug="formerly", section=article.section)
    FormerReviewer.objects.create(slug="formerly", reviewer=article.writers()[0])
    FormerFestival.objects.create(slug="formerly", festival=Festival.objects.all()[0])
    edition = FestivalEdition.objects.all()[0]
    FormerEdition.objects.create(festival=edition.festival, year=1999, edition=edition)
    Limits.objects.create(pk=1)
    root = make_comment(article, status="approved", author_url="https://mina.example")
    make_comment(article, status="approved", parent=root, text="So did I.")
    publishing.record_edit(article, by=None, substantive=True, note="It opened in May.")
    Revision.objects.filter(public=False).delete()  # those are on no page
    RelatedChoice.objects.create(article=article, other=make_article())
    make_article(by=make_reviewer("Nobody else"))  # with nothing of what the first one has
    thread = f"/comments/on/{article.pk}/all/?sort=newest"
    own = [thread, f"/comments/conversation/{root.pk}/", f"/comments/feed/{article.pk}/"]
    return [*(pages[name] for name in PAGES), *MORE_PAGES, *own]


def _another(field: Any, value: Any) -> Any:
    """A valid value that is not this one."""
    if field.remote_field:
        other = field.remote_field.model._default_manager.exclude(pk=value).order_by("-pk").first()
        return other.pk if other else None if field.null else value
    if field.choices:
        return next(key for key, _ in field.flatchoices if key != value)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) - timedelta(days=400)
    if isinstance(field, models.DateField):
        return timezone.localdate() - timedelta(days=400)
    if isinstance(field, models.IntegerField):
        return (value or 6) + 1 if (value or 0) < 10 else value - 1
    if isinstance(field, models.FloatField | models.DecimalField):
        return 0.25 if value != 0.25 else 0.5
    return f"https://else.example/{field.name}" if isinstance(field, models.URLField) else "xx"


def _changes(row: models.Model) -> Iterator[dict[str, Any]]:
    """Updates that change one field each, and whatever a constraint binds to it."""
    together: dict[str, dict[str, Any]] = {}
    if isinstance(row, Image):
        together["decorative"] = {"decorative": True, "alt_text": ""}
    if isinstance(row, Article):
        of_reviews = {"film": None, "rating": None, "verdict": "", "seen": "", "screening": None}
        together["kind"] = {"kind": "feature", **of_reviews}
        together["deleted_at"] = {"deleted_at": timezone.now(), "status": "deleted"}
        together["unrated"] = {"unrated": True, "rating": None}
        together["comment_policy"] = {
            "comment_policy": "closes_after",
            "comments_close_after_days": 1,
        }
    if isinstance(row, Comment):
        below = Comment.objects.exclude(pk=row.pk).values_list("pk", flat=True)[0]
        together["parent"] = together["root"] = {"parent": below, "root": below}
    for field in row._meta.local_concrete_fields:
        if not field.primary_key:
            other = _another(field, getattr(row, field.attname))
            yield together.get(field.name, {field.attname: other})


_asked: list[str] = []  # what each page of `_publication()` asks the database: the same each time


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
    addresses = _publication()
    readers = a_reader(), a_reader()
    stale: list[str] = []
    for model in MODELS:
        showing = _showing(model._meta.db_table, readers[0], addresses)
        row = model._default_manager.order_by("pk")[0]
        rows = model._default_manager.filter(pk=row.pk)
        fields = [field for field in row._meta.local_concrete_fields if not field.primary_key]
        as_it_was = rows.values(*(field.attname for field in fields)).get()
        for change in _changes(row):
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
    _publication()
    assert [m._meta.label for m in MODELS if not m._default_manager.exists()] == []


def test_a_merged_person_leads_on_where_a_page_was_stored(a_reader: A_Reader) -> None:
    _publication()
    stays, doubled = (make_person() for _ in range(2))
    reader = a_reader()
    assert reader.get(doubled.get_absolute_url()).status == 200
    merge(doubled, into=stays)
    assert reader.get(f"/people/{doubled.slug}/").status == 301


def test_every_page_is_stored(a_reader: A_Reader) -> None:
    """One that is not reads a table that publication/pagecache/watched.py leaves out."""
    addresses = _publication()
    reader = a_reader()
    reader.makes(*addresses)
    assert reader.makes(*addresses) == []
