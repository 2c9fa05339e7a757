"""Rows for tests: state only what matters, the rest is made up and valid."""

import io
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pillow

from comments.models import Comment
from reviews import darkroom, library, pictures, publishing
from reviews.models import (
    Article,
    Byline,
    Credit,
    Festival,
    FestivalEdition,
    Film,
    FilmTitle,
    Image,
    Person,
    Reviewer,
    Screening,
    Section,
)

_number = count(1)


def picture_bytes(width: int = 64, height: int = 36, *, fmt: str = "JPEG") -> bytes:
    """A small picture unlike any other."""
    n = next(_number)
    out = io.BytesIO()
    colour = (n * 37 % 256, n * 91 % 256, n // 256 % 256)
    Pillow.new("RGB", (width, height), colour).save(out, fmt, comment=f"Picture {n}")
    return out.getvalue()


def make_image(*, developed: bool = False, **facts: Any) -> Image:
    """A picture in the library; `developed`: with all its renditions, not just the first."""
    width, height = facts.pop("width", 64), facts.pop("height", 36)
    file = ContentFile(picture_bytes(width, height), name=f"still-{next(_number)}.jpg")
    found = pictures.inspect(file)
    image = Image(
        **{
            "alt_text": "Two people wait for a night bus",
            "credit_line": "Image © Courtesy of London Korean Film Festival",
            "rights_status": Image.Rights.CLEARED,
        }
        | facts
    )
    library.take_in(image, file, replace(found, sha256=facts.get("sha256", found.sha256)))
    if developed:
        darkroom.develop_all()
        image.refresh_from_db()
    return image


def make_section(name: str = "Film") -> Section:
    section, _ = Section.objects.get_or_create(slug=name.lower(), defaults={"name": name})
    return section


def make_reviewer(name: str = "") -> Reviewer:
    n = next(_number)
    return Reviewer.objects.create(name=name or f"Reviewer {n}", slug=f"reviewer-{n}")


def make_person(name: str = "", **facts: Any) -> Person:
    n = next(_number)
    name = name or f"Person {n}"
    return Person.objects.create(**{"name": name, "sort_name": name, "slug": f"person-{n}"} | facts)


def make_film(
    title: str = "", *, original: tuple[str, str] | None = None, director: str = "", **facts: Any
) -> Film:
    """`original` is (text, language)."""
    n = next(_number)
    film = Film.objects.create(
        **{"title": title or f"Film {n}", "slug": f"film-{n}", "year": 2021} | facts
    )
    if original:
        FilmTitle.objects.create(film=film, text=original[0], language=original[1], kind="original")
    if director:
        Credit.objects.create(film=film, person=make_person(director), role="director")
    return film


def make_edition(name: str = "London Korean Film Festival", year: int = 2021) -> FestivalEdition:
    festival, _ = Festival.objects.get_or_create(
        name=name, defaults={"slug": name.lower().replace(" ", "-")}
    )
    edition, _ = FestivalEdition.objects.get_or_create(festival=festival, year=year)
    return edition


def make_screening(film: Film, **facts: Any) -> Screening:
    return Screening.objects.create(
        **{"film": film, "edition": facts.pop("edition", None) or make_edition()} | facts
    )


def make_draft(**facts: Any) -> Article:
    """A draft that its checklist has nothing against: a review unless `kind` says otherwise."""
    article = _written(**facts)
    publishing.place_pictures(article)
    return article


def _written(*, by: Reviewer | None = None, **facts: Any) -> Article:
    """As it is before its pictures are held; to publish it holds them too."""
    n = next(_number)
    tags = facts.pop("tags", [])
    if facts.get("kind", "review") == "review":
        facts.setdefault("film", make_film())
        if not facts.get("unrated"):
            facts.setdefault("rating", 6)
    facts = {
        "headline": f"“Film {n}” Review",
        "slug": f"article-{n}",
        "standfirst": "A quiet film about living alone.",
        "section": facts.pop("section", None) or make_section(),
        "body": "<p>She eats alone, and the film lets her.</p>",
    } | facts
    article = Article.objects.create(**facts)
    article.tags.set(tags)
    Byline.objects.create(article=article, reviewer=by or make_reviewer())
    return article


def make_article(*, days_ago: float = 1, **facts: Any) -> Article:
    """A published article, through the real door, then dated back."""
    article = _written(**facts)
    publishing.publish(article, by=None)
    then = timezone.now() - timedelta(days=days_ago)
    Article.objects.filter(pk=article.pk).update(publish_at=then, first_published_at=then)
    article.refresh_from_db()
    return article


def make_comment(article: Article | None = None, **facts: Any) -> Comment:
    """A comment in any state, by a row: for tests of what is shown, not of how it came there."""
    if parent := facts.get("parent"):
        facts.setdefault("root", parent.root or parent)
    return Comment.objects.create(
        **{
            "article": article or make_article(),
            "author_name": "Mina",
            "author_email": "mina@example.org",
            "text": "I saw it twice and the second time was quieter.",
        }
        | facts
    )


def make_user(role: str = "", **facts: Any) -> User:
    """A login; `role` is Contributor, Editor, Moderator or Administrator, or none."""
    n = next(_number)
    user = User.objects.create_user(
        facts.pop("username", f"user{n}"),
        password="open sesame",
        is_staff=bool(role),
        is_superuser=role == "Administrator",
        **facts,
    )
    if role and role != "Administrator":
        user.groups.add(Group.objects.get(name=role))
    return user
