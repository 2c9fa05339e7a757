"""Is an article ready for readers: the checklist, and what is worth knowing beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from . import body
from .models import Article, Byline, Image
from .places import SHARED_WIDTH


@dataclass(frozen=True)
class Problem:
    """One thing that keeps an article from readers.

    `field` names where to mend it on the article's form; `image` is the picture at fault, when it
    is mended on the picture's own form. `empty`: nothing is in the field, and whatever is put there
    mends it.
    """

    field: str
    message: str
    image: Image | None = None
    empty: bool = False


WITH_WHOM = Problem(
    "people",
    "Say who is interviewed: the piece is then on their page, and found by their name.",
    empty=True,
)

WHICH_FILMS = Problem(
    "covered_films", "Say which films it is about: its page lists them, and theirs list the piece."
)


def checklist(
    article: Article, *, bylines: int | None = None, at: datetime | None = None
) -> list[Problem]:
    """All that keeps an article from being published. One or two queries.

    `bylines`: how many it will have, when a form is about to change them; `at`: the moment readers
    shall see it, if not the one it is scheduled for, or now.
    """
    if bylines is None:
        # Not those that the article may hold in memory since before a form changed them.
        bylines = Byline.objects.filter(article=article.pk).count()
    return missing(article, bylines=bylines, images=pictures_of(article), at=at)


def missing(
    article: Article, *, bylines: int, images: Iterable[Image], at: datetime | None = None
) -> list[Problem]:
    """The checklist on given facts: `images` are its lead and body pictures that exist."""
    images = list(images)
    now = timezone.now()
    scheduled = article.publish_at if article.status == Article.Status.SCHEDULED else None
    shown_from = max(now, at or scheduled or now)
    problems = []
    if article.kind == Article.Kind.REVIEW:
        if article.film_id is None:
            problems.append(Problem("film", "Choose the film.", empty=True))
        if article.rating is None and not article.unrated:
            said = "Give a rating, or tick “unrated”."
            problems.append(Problem("rating", said, empty=True))
    if not article.standfirst.strip():
        problems.append(Problem("standfirst", "Write a standfirst.", empty=True))
    if not body.plain_text(article.body, spoilers=True):
        problems.append(Problem("body", "Write the body.", empty=True))
    if not bylines:
        problems.append(Problem("bylines", "Say who it is by.", empty=True))
    absent = set(body.image_ids(article.body)) - {image.pk for image in images}
    if absent:
        problems.append(Problem("body", "The body shows a picture that is not in the library."))
    for image in images:
        problems += of_picture(image, article, shown_from)
    return problems


def of_picture(image: Image, article: Article, at: datetime) -> list[Problem]:
    """What keeps an article from readers because it shows a picture, from a moment on."""
    return _picture_problems(image, article) + _unshowable(image, article, at)


def checklists(articles: Sequence[Article]) -> dict[int, list[Problem]]:
    """The checklist of each, by its key; their bylines are prefetched. One query."""
    placed = {article.pk: _image_ids(article) for article in articles}
    images = Image.objects.in_bulk({pk for ids in placed.values() for pk in ids})
    return {
        article.pk: missing(
            article,
            bylines=len(article.bylines.all()),
            images=[images[pk] for pk in placed[article.pk] if pk in images],
        )
        for article in articles
    }


def notes(article: Article) -> list[Problem]:
    """What the editor should know, though it keeps nothing from readers. One query; of an interview
    or a report two, and one more of what is scheduled."""
    said = []
    if article.kind == Article.Kind.INTERVIEW and not article.people.exists():
        said.append(WITH_WHOM)
    if article.kind == Article.Kind.FESTIVAL_REPORT and not article.covered_films.exists():
        said.append(WHICH_FILMS)
    return (
        said
        + _at_the_same_minute(article)
        + [
            Problem(
                _field_of(image, article),
                f"The rights of the picture “{image}” are not verified.",
                image,
            )
            for image in pictures_of(article)
            if image.rights_status == Image.Rights.UNVERIFIED
        ]
    )


def _at_the_same_minute(article: Article) -> list[Problem]:
    if article.status != Article.Status.SCHEDULED or article.is_live():
        return []
    others = Article.objects.scheduled().filter(publish_at=article.publish_at)
    return [
        Problem("publish_at", f"“{other}” is scheduled for the same minute.")
        for other in others.exclude(pk=article.pk).order_by("pk").only("headline")
    ]


def of_lead(article: Article) -> list[Problem]:
    """What the editor should know of the lead picture's file: no query, with the picture loaded."""
    image = article.lead_image
    said = []
    if image and image.width < SHARED_WIDTH:
        said.append(
            f"is only {image.width} pixels wide: at the head of a piece it is not sharp, "
            f"and shared links get a small card. {SHARED_WIDTH} pixels are enough: choose another, "
            "or replace its file."
        )
    if image and image.height > image.width:
        said.append(
            "is upright: on the front page, on cards and in shared links only a part of it is "
            "seen. Look in its form, under “What must stay in view”, whether it is the right part."
        )
    return [Problem("lead_image", f"The lead picture “{image}” {words}", image) for words in said]


def pictures_of(article: Article) -> list[Image]:
    """The pictures its lead and its body name, as they stand on the object. One query."""
    return list(Image.objects.filter(pk__in=_image_ids(article)))


def _image_ids(article: Article) -> list[int]:
    ids = body.image_ids(article.body)
    if article.lead_image_id and article.lead_image_id not in ids:
        ids.append(article.lead_image_id)
    return ids


def _picture_problems(image: Image, article: Article) -> list[Problem]:
    field = _field_of(image, article)
    problems = []
    if not image.credit_line.strip():
        problems.append(Problem(field, f"The picture “{image}” has no credit line.", image))
    if not image.is_described():
        problems.append(
            Problem(
                field,
                f"The picture “{image}” has no alternative text; write it, or tick “decorative”.",
                image,
            )
        )
    return problems


def _unshowable(image: Image, article: Article, at: datetime) -> list[Problem]:
    """Why readers would not see a picture at that moment, whatever its words."""
    said = []
    if image.is_withdrawn():
        said.append("has been withdrawn everywhere. Choose another, or take it out.")
    if image.embargo_until and image.embargo_until > at:
        said.append(
            f"is under embargo until {_moment(image.embargo_until)}: readers do not see it before."
        )
    if image.expires_at and image.expires_at <= at:
        said.append(f"may be shown only until {_moment(image.expires_at)}. Choose another.")
    field = _field_of(image, article)
    return [Problem(field, f"The picture “{image}” {words}", image) for words in said]


def _field_of(image: Image, article: Article) -> str:
    return "lead_image" if image.pk == article.lead_image_id else "body"


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M on %-d %B %Y}"
