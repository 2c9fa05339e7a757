"""A process that is ready makes its first reader wait no longer than its second."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.template import Template, engines
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from publication import ready
from reviews import memoised
from reviews.models import Article, written_once
from tests.comments.posting import post
from tests.factories import (
    make_article,
    make_comment,
    make_edition,
    make_film,
    make_image,
    make_screening,
)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A process that has done nothing yet; what it then has to do once, as it does it."""
    done: list[str] = []
    write, compile_ = written_once._write, Template.compile_nodelist
    compose = SQLCompiler.as_sql

    def wrote(name: Any, *more: Any) -> Any:
        done.append(f"wrote {name}")
        return write(name, *more)

    def composed(compiler: SQLCompiler, *said: Any, **more: Any) -> Any:
        done.append(f"composed a query of {compiler.query.model}")
        return compose(compiler, *said, **more)

    def compiled(template: Template) -> Any:
        done.append(f"compiled {template.name}")
        return compile_(template)

    monkeypatch.setattr(written_once, "_write", wrote)
    monkeypatch.setattr(written_once, "_written", {})
    monkeypatch.setattr(SQLCompiler, "as_sql", composed)
    monkeypatch.setattr(Template, "compile_nodelist", compiled)
    for loader in engines["django"].engine.template_loaders:
        loader.reset()
    memoised.forget()
    return done


@pytest.fixture
def publication(transactional_db: None) -> None:
    """With more than one piece of each shape, so that the newest are not what is asked for."""
    for number in range(3):
        film, other = make_film(f"Film {number}"), make_film(f"Other {number}")
        image = make_image(sha256=f"{number:064}", developed=True)
        review = make_article(film=film, lead_image=image, rating=7)
        make_comment(review, status="approved", text="It stays with you.")
        make_article(film=other, screening=make_screening(other))
        make_article(kind="feature")
        make_article(kind="feature", updated_at=timezone.now())
        make_article(kind="festival_report", edition=make_edition())


@pytest.mark.usefixtures("publication")
def test_what_is_done_once_is_done_before_the_first_reader(
    begun: list[str], client: Client
) -> None:
    ready.before_readers(get_wsgi_application())
    assert len([what for what in begun if what.startswith("wrote")]) > 10
    assert "compiled reviews/article_detail.html" in begun
    pieces = [each.get_absolute_url() for each in Article.objects.all()]
    begun.clear()
    for path in ("/", *pieces):
        assert client.get(path).status_code == 200
    assert begun == []
    assert client.get("/reviews/").status_code == 200
    assert not [what for what in begun if not what.startswith("composed")]  # of its filters


@pytest.mark.usefixtures("publication")
def test_nobody_is_noticed_and_nothing_is_kept(begun: list[str]) -> None:
    before = Comment.objects.count()
    ready.before_readers(get_wsgi_application())
    assert connection.connection is None  # what parts from this process needs its own
    assert Comment.objects.count() == before
    assert post(Client(), Article.objects.latest("pk")).status_code == 303


@pytest.mark.django_db(transaction=True)
def test_an_empty_publication_is_ready_too(begun: list[str], client: Client) -> None:
    ready.before_readers(get_wsgi_application())
    begun.clear()
    assert client.get("/").status_code == 200
    assert begun == []


@pytest.mark.django_db(transaction=True)
def test_a_newer_version_unpacked_beside_it_changes_no_page_of_a_process(
    begun: list[str], admin_client: Client
) -> None:
    ready.before_readers(get_wsgi_application())
    begun.clear()
    for path in ("/archive/", "/about/", "/search/?q=sea", "/nowhere/", "/privacy/comments/"):
        assert Client().get(path).status_code in (200, 404)
    for path in ("/admin/", "/admin/reviews/review/add/", "/admin/comments/comment/"):
        assert admin_client.get(path).status_code == 200
    assert [what for what in begun if what.startswith("compiled")] == []


def test_a_worker_has_read_its_mails(begun: list[str]) -> None:
    ready.read_templates("emails")
    assert "compiled emails/digest.txt" in begun
    assert not [what for what in begun if "emails/" not in what and "reviews/" in what]
