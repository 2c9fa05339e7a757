"""Texts that must never run, and a publication that is full of them."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from comments.evidence import kept
from comments.models import Comment, CommentEdit, Finding, Report
from reviews import publishing
from reviews.models import Article, Credit, FilmTitle, ReviewerLink, Tag
from tests.factories import (
    make_article,
    make_comment,
    make_draft,
    make_edition,
    make_image,
    make_person,
    make_reviewer,
    make_screening,
    make_section,
)

from .addresses import Rows

CORPUS = Path(__file__).with_name("xss_payloads.txt")
LONGEST = 2000  # characters of one field; enough for a dozen payloads


def by_class() -> dict[str, list[str]]:
    """The corpus, as its headings divide it."""
    found: dict[str, list[str]] = {}
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"== (.+)", line):
            payloads = found.setdefault(heading[1], [])
        elif line and not line.startswith("# "):
            payloads.append(_unescaped(line))
    return found


@cache
def payloads() -> list[str]:
    return [payload for of_class in by_class().values() for payload in of_class]


@cache
def packs(limit: int) -> list[str]:
    """All payloads, as many in each text as `limit` characters hold; longer ones cut."""
    packed = [""]
    for payload in payloads():
        if len(packed[-1]) + len(payload) + 1 > limit:
            packed.append("")
        packed[-1] = f"{packed[-1]} {payload}".strip(" ")[:limit]
    return packed


@transaction.atomic
def everywhere(rows: Rows) -> dict[str, int]:
    """Put payloads into every text of every row, past the forms; by field, how many rows got some.

    What a form would refuse stays out of a field with validators: it cannot come in.
    """
    _more_rows(rows)
    filled: dict[str, int] = {}
    for model in _models():
        for field in model._meta.concrete_fields:
            if _takes_text(field):
                name = f"{model._meta.model_name}.{field.name}"
                filled[name] = _fill(model, field)
    return filled


def _more_rows(rows: Rows) -> None:
    """So many that every field holds the whole corpus, or most of it."""
    article, film = rows.review, rows.review.film
    assert film
    for n in range(80):
        Tag.objects.create(name=f"Tag {n}", slug=f"tag-{n}")
    article.tags.set(Tag.objects.all())
    for n in range(90):
        FilmTitle.objects.create(film=film, text=f"Title {n}", language="en", kind="alternative")
        if n < 40:
            Credit.objects.create(film=film, person=make_person(), role="cast", character=f"{n}")
    for _ in range(12):
        ReviewerLink.objects.create(reviewer=article.bylines.first().reviewer, label="x", url="x")
    images = [make_image(caption="x", headline="x") for _ in range(16)]
    article.body = "".join(f'<figure data-image="{image.pk}"></figure>' for image in images)
    Article.objects.filter(pk=article.pk).update(body=article.body, lead_image=images[0])
    publishing.place_pictures(article)
    for n in range(24):
        make_article(
            film=film, section=make_section(f"S{n}"), by=make_reviewer(), lead_image=images[n % 16]
        )
    edition = make_edition()
    make_article(screening=make_screening(film, edition=edition, strand="x"), film=film)
    make_draft()
    _more_comments(rows)


def _more_comments(rows: Rows) -> None:
    for n in range(60):
        status = (Comment.Status.APPROVED, Comment.Status.PENDING)[n % 4 == 3]
        comment = make_comment(rows.review, status=status, author_url="https://example.org/")
        if n % 10 == 0:
            Report.objects.create(comment=comment, reason="spam", note="x", points=2)
            CommentEdit.objects.create(comment=comment, before="x", version=2)
            Finding.objects.create(comment=comment, rule="x", points=1, evidence=kept("x"))


def _models() -> Iterator[type[models.Model]]:
    from django.apps import apps

    for label in ("reviews", "comments", "publication", "auth"):
        for model in apps.get_app_config(label).get_models():
            if not model._meta.proxy and model._meta.model_name not in ("permission",):
                yield model


# Not read by anybody as text: keys, digests, addresses of files, rules' names, states.
UNREAD = {"sha256", "file", "slug", "address_hash", "text_digest", "name_hash", "password", "rule"}
UNREAD |= {"key", "codename", "written_in", "code", "tag", "language", "native_language"}


def _takes_text(field: Any) -> bool:
    text = isinstance(field, models.CharField | models.TextField)
    return text and not field.choices and not field.primary_key and field.name not in UNREAD


def _fill(model: type[models.Model], field: Any) -> int:
    limit, done = min(field.max_length or LONGEST, LONGEST), 0
    texts = [text for text in (*packs(limit), *payloads()) if _passes(field, text[:limit])]
    source = cycle(texts) if texts else iter(())
    for row, text in zip(model._default_manager.order_by("pk"), source, strict=False):
        text = text.replace("\0", "")[: limit - 4]
        if field.unique:
            text = f"{done:04}{text}"
        with suppress(IntegrityError), transaction.atomic():  # verdicts are for reviews alone
            done += model._default_manager.filter(pk=row.pk).update(**{field.name: text})
    return done


def _passes(field: Any, text: str) -> bool:
    """Whether a form would take it: only fields with validators of their own refuse."""
    try:
        for validator in field.validators:
            if not hasattr(validator, "limit_value"):
                validator(text.replace("\0", ""))
    except ValidationError:
        return False
    return True


def _unescaped(line: str) -> str:
    """Escapes as in Python, in a line that may hold any characters besides."""
    escape = re.compile(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ntr0\\])")
    return escape.sub(
        lambda m: codecs.decode(m.group().replace(r"\0", r"\x00"), "unicode_escape"), line
    )
