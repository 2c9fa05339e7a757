"""What a process has to do once is done before its first reader: where the server is loaded.

The first page of a kind compiles its templates, writes its queries (reviews/models/
written_once.py) and imports what it needs, which costs several times what a page does. So a page
of each kind is made and thrown away, and a reply is read by the rules as if it had been sent.
Nothing is written. What cannot be done is logged and left to the first readers.

Every template is read now, too: while a newer version is unpacked beside a process that runs, that
one must not come upon templates that its own code does not know.
"""

import logging
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.db import DatabaseError, connections
from django.forms.renderers import get_default_renderer
from django.template import Engine, TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.backends.django import DjangoTemplates
from django.urls import reverse
from django.utils import timezone

from comments import closing, plain_text, spam
from reviews.models import Article

from .pagecache.serving import ask

log = logging.getLogger(__name__)

LISTS = ("reviews:front", "reviews:review_list", "comments:feed", "reviews:feed")
LOOKED_AT = 20  # of the newest of each kind, to find some with a film or festival, and without
REPLY = "It holds its last shot longer than it has to, and that is the film. https://example.org/"


def before_readers(django: WSGIApplication) -> None:
    """Makes a page of each kind. Leaves no connection open: the processes that part from this one
    need their own."""
    read_templates()
    try:
        for path in _addresses():
            _make(django, path)
        _screen(REPLY)
    except DatabaseError as error:
        log.warning("Nothing is ready before the first reader: %s", error)
    finally:
        connections.close_all()


def read_templates(folder: str = "") -> None:
    """All that can be found, or those of a folder: compiled, and kept by Django's loader."""
    pages = next(each.engine for each in engines.all() if isinstance(each, DjangoTemplates))
    widgets = get_default_renderer().engine.engine  # type: ignore[attr-defined]
    for engine in (pages, widgets):
        for name in sorted(set(_found(engine.template_loaders, folder))):
            _read(engine, name)


def _read(engine: Engine, name: str) -> None:
    try:
        ours = engine.get_template(name)
        engine.find_template(name, skip=[ours.origin])  # what one of the same name extends
    except TemplateDoesNotExist:
        return
    except (TemplateSyntaxError, ValueError, OSError) as error:
        log.debug("The template %s is left for later: %s", name, error)


def _found(loaders: Iterable[Any], folder: str) -> Iterator[str]:
    for loader in loaders:
        yield from _found(getattr(loader, "loaders", []), folder)
        for root in map(Path, loader.get_dirs() if hasattr(loader, "get_dirs") else []):
            yield from (str(path.relative_to(root)) for path in (root / folder).rglob("*.*"))


def _addresses() -> Iterator[str]:
    yield from map(reverse, LISTS)
    pieces = [piece for kind in Article.Kind.values for piece in _of_each_shape(kind)]
    yield from (piece.get_absolute_url() for piece in pieces)
    open_to_replies = (piece for piece in pieces if closing.of(piece).open)
    yield from (reverse("comments:on_article", args=[each.pk]) for each in [*open_to_replies][:1])


def _of_each_shape(kind: str) -> list[Article]:
    """Published pieces of a kind, one of each of those whose pages ask differently."""
    newest = Article.objects.published().of_kind(kind).newest_first().defer("body")
    some = newest.select_related("screening__edition", "edition")[:LOOKED_AT]
    return [*{_shape(each): each for each in some}.values()]


def _shape(piece: Article) -> tuple[bool, ...]:
    return piece.film_id is None, piece.festival_edition() is None, piece.updated_at is None


def _make(django: WSGIApplication, path: str) -> None:
    """As `publication/pagecache/serving.py` asks: for nobody in particular."""
    site = urlsplit(settings.SITE_URL)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": site.hostname or "",
        "SERVER_PORT": str(site.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https" if settings.SECURE_SSL_REDIRECT else site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    status = ask(django, environ).status
    if not status.startswith("200"):
        log.warning("%s is not ready before the first reader: %s.", path, status)


def _screen(text: str) -> None:
    """All rules read it. No row is made."""
    digest = plain_text.digest(text)
    spam.screen(spam.Submission("Mina", "mina@example.org", "", text, digest, timezone.now()))
