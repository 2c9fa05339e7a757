"""Content in bulk: what a publication has after decades, to measure on.

Invented by a random generator that always begins the same, and inserted many rows at a time.
Nothing goes through the doors that people use: there are no revisions.
"""

import io
import random
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image as Pillow

from comments.models import Comment
from reviews import library, pictures
from reviews.finding import index
from reviews.models import (
    Article,
    Byline,
    Country,
    Credit,
    Festival,
    FestivalEdition,
    Film,
    Image,
    Person,
    Reviewer,
    Screening,
    Section,
    Tag,
)

from ..pagecache import triggers
from ..progress import Tell
from . import bulk_decisions

BATCH = 2_000  # rows an INSERT
COMMENTS_AT_ONCE = 20_000  # a transaction
TEXTS = 2_000  # different ones of comments
YEARS = 20  # at most, over which the articles are spread
FILMS_EACH = 2  # articles for each film, more or less
SECTIONS = 6
# At most; a new publication has fewer, each with as many pieces: what it shows of one is then as
# long as in an old one, and pages of both can be compared.
REVIEWERS, TAGS, FESTIVALS = 60, 80, 12
PICTURES, CREDIT = 12, "Image © Nobody: made to measure on"
LATEST_YEAR, OLDEST_FILM = 2025, 1960
OFTEN = ("KR", "KR", "KR", "JP", "JP", "HK", "TW", "CN")
WORDS = [
    *("quiet", "night", "train", "window", "harbour", "letter", "mother", "brother", "winter"),
    *("street", "lantern", "film", "camera", "silence", "river", "bridge", "market", "summer"),
    *("rain", "ghost", "mirror", "dance", "school", "border", "island", "song"),
]


def make(articles: int, comments: int, told: Tell) -> None:
    """Adds so many articles and comments, with all that they are about.

    Not in one transaction: a million rows would hold up every other writer for minutes. The page
    cache's triggers and those of the search are away meanwhile; afterwards every stored page is
    made anew, and every word read.
    """
    triggers.remove()
    index.remove()
    try:
        _make(articles, comments, told)
    finally:
        triggers.install()
        index.install(told=told)


def _make(articles: int, comments: int, told: Tell) -> None:
    dice = random.Random(7)  # noqa: S311 (no secret)
    start = Article.objects.count()
    now = timezone.now()
    films, screenings = _subjects(dice, start, max(1, articles // FILMS_EACH), told)
    made = _articles(dice, start, articles, now, films, told)
    _reviewed_from_festivals(made, screenings)
    _named(made)
    _bylines_and_tags(dice, made, told)
    _comments(dice, made, comments, now, told)


def _subjects(
    dice: random.Random, start: int, count: int, told: Tell
) -> tuple[list[Film], list[Screening]]:
    for n in range(SECTIONS):
        Section.objects.get_or_create(slug=f"bulk-{n}", defaults={"name": f"Section {n}"})
    for n in range(_some(TAGS, count / 150, 2)):
        Tag.objects.get_or_create(slug=f"bulk-{n}", defaults={"name": f"Subject {n}"})
    for n in range(_some(REVIEWERS, count / 150)):
        Reviewer.objects.get_or_create(slug=f"bulk-{n}", defaults={"name": f"Reviewer {n}"})
    for n in range(_some(FESTIVALS, count / 800)):
        festival, _ = Festival.objects.get_or_create(
            slug=f"bulk-{n}", defaults={"name": f"Festival {n}"}
        )
        for back in range(_some(YEARS, count / 500, 2)):
            FestivalEdition.objects.get_or_create(festival=festival, year=LATEST_YEAR - back)
    oldest = LATEST_YEAR - _some(LATEST_YEAR - OLDEST_FILM, count / 40)
    people = [
        Person(name=_title(dice), sort_name=f"P{start + n}", slug=f"bulk-{start + n}")
        for n in range(count)
    ]
    people = Person.objects.bulk_create(people, batch_size=BATCH)
    films = Film.objects.bulk_create(
        [
            Film(
                title=_title(dice), slug=f"bulk-{start + n}", year=dice.randint(oldest, LATEST_YEAR)
            )
            for n in range(count)
        ],
        batch_size=BATCH,
    )
    parts = [
        Credit(film=film, person=dice.choice(people), role=role, character=str(n))
        for film in films
        for n, role in enumerate(("director", "writer", "cast", "cast", "cast"))
    ]
    Credit.objects.bulk_create(parts, batch_size=BATCH)
    editions = list(FestivalEdition.objects.all())
    shown = [Screening(film=film, edition=dice.choice(editions)) for film in films[::4]]
    Screening.objects.bulk_create(shown, batch_size=BATCH)
    _countries(dice, films)
    told("films", count, count)
    return films, shown


def _countries(dice: random.Random, films: list[Film]) -> None:
    """Most from one of a few, as in a publication with an emphasis."""
    known = list(Country.objects.order_by("code").values_list("pk", flat=True))
    often = [code for code in OFTEN if code in known] or known
    if not known:
        return
    drawn = [(film.pk, dice.choice(often if dice.random() < 0.8 else known)) for film in films]
    through = Film.countries.through
    made_in = [through(film_id=film, country_id=code) for film, code in drawn]
    through.objects.bulk_create(made_in, batch_size=BATCH)


def _articles(
    dice: random.Random, start: int, count: int, now: datetime, films: list[Film], told: Tell
) -> list[Article]:
    sections = list(Section.objects.filter(slug__startswith="bulk-"))
    editions = list(FestivalEdition.objects.all())
    stills = _pictures()
    others = [kind for kind in Article.Kind if kind != Article.Kind.REVIEW]
    made: list[Article] = []
    age = _age(count)
    for first in range(0, count, BATCH):
        rows = []
        for n in range(first, min(count, first + BATCH)):
            at = now - dice.random() * age
            review = dice.random() < 0.7
            kind = Article.Kind.REVIEW if review else dice.choice(others)
            rows.append(
                Article(
                    kind=kind,
                    headline=_title(dice),
                    slug=f"bulk-{start + n}",
                    standfirst=_sentence(dice),
                    body="".join(f"<p>{_sentence(dice)} {_sentence(dice)}</p>" for _ in range(6)),
                    section=dice.choice(sections),
                    lead_image=stills[n % len(stills)],
                    status=Article.Status.PUBLISHED,
                    publish_at=at,
                    first_published_at=at,
                    film=dice.choice(films) if review else None,
                    rating=dice.randint(1, 10) if review else None,
                    edition=None if review else dice.choice(editions),
                )
            )
        made += Article.objects.bulk_create(rows)
        told("articles", len(made), count)
    return made


def _reviewed_from_festivals(articles: list[Article], screenings: list[Screening]) -> None:
    """Every other review of a film that a festival showed was written there."""
    shown = {screening.film_id: screening for screening in screenings}
    there = [article for article in articles[::2] if article.film_id in shown]
    for article in there:
        article.screening = shown[article.film_id or 0]
    Article.objects.bulk_update(there, ["screening"], batch_size=BATCH)


def _pictures() -> list[Image]:
    """A few, each for many pieces: files of a kilobyte, with a first rendition as uploads have."""
    found = list(Image.objects.filter(credit_line=CREDIT))
    for n in range(len(found), PICTURES):
        out = io.BytesIO()
        Pillow.new("RGB", (960, 540), (n * 23 % 256, 90, 120)).save(
            out, "JPEG", comment=f"Bulk {n}"
        )
        file = ContentFile(out.getvalue(), name=f"bulk-{n}.jpg")
        image = Image(
            alt_text=f"A plain field {n}",
            credit_line=CREDIT,
            rights_status=Image.Rights.CLEARED,
        )
        library.take_in(image, file, pictures.inspect(file))
        found.append(image)
    return found


def _named(articles: list[Article]) -> None:
    """Each that is no review is with or about somebody."""
    people = list(Person.objects.filter(slug__startswith="bulk-").values_list("pk", flat=True))
    others = [article for article in articles if article.kind != Article.Kind.REVIEW]
    through = Article.people.through
    named = [
        through(article_id=article.pk, person_id=people[n % len(people)])
        for n, article in enumerate(others)
    ]
    through.objects.bulk_create(named, batch_size=BATCH)


def _bylines_and_tags(dice: random.Random, articles: list[Article], told: Tell) -> None:
    reviewers = list(Reviewer.objects.filter(slug__startswith="bulk-"))
    tags = list(Tag.objects.filter(slug__startswith="bulk-"))
    lines = [Byline(article=article, reviewer=dice.choice(reviewers)) for article in articles]
    Byline.objects.bulk_create(lines, batch_size=BATCH)
    tagged = [
        Article.tags.through(article_id=article.pk, tag_id=tag.pk)
        for article in articles
        for tag in dice.sample(tags, 2)
    ]
    Article.tags.through.objects.bulk_create(tagged, batch_size=BATCH)
    told("bylines and tags", len(articles), len(articles))


def _comments(
    dice: random.Random, articles: list[Article], count: int, now: datetime, told: Tell
) -> None:
    """Most on few articles, a third of them answers, one in five not approved.

    They came evenly over the years. Rows go to the database as they are, because a million model
    instances take half an hour.
    """
    said = [f"{_sentence(dice)}\n\n{_sentence(dice)}" for _ in range(TEXTS)]
    usual = Comment(submitted_at=now)
    fields = [field for field in Comment._meta.concrete_fields if not field.primary_key]
    columns = [field.column for field in fields]
    values = [field.get_db_prep_save(field.pre_save(usual, True), connection) for field in fields]
    insert = _insert(Comment._meta.db_table, columns)
    roots: dict[int, int] = {}
    last = Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    span = _age(len(articles))
    people = bulk_decisions.moderators()
    step = min(COMMENTS_AT_ONCE, count // 10 + 1)  # answers come from the second lot on
    for first in range(0, count, step):
        rows: list[list[Any]] = []
        for n in range(first, min(count, first + step)):
            at = evenly(n, count, now, span)
            drawn = _comment(dice, articles, roots, n) | {"submitted_at": _stored(at)}
            drawn["text"] = dice.choice(said)
            rows.append([drawn.get(*of) for of in zip(columns, values, strict=True)])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(insert, rows)
            made = Comment.objects.filter(pk__gt=last).order_by("pk")
            bulk_decisions.follow(made, people, now)
        for root, article in made.approved().filter(parent=None).values_list("pk", "article"):
            roots[article] = root
        last = Comment.objects.latest("pk").pk
        told("comments", first + len(rows), count)


def evenly(n: int, count: int, now: datetime, span: timedelta) -> datetime:
    """When the `n`th of so many came: a million times twenty years is more than Python counts."""
    return now - span * ((count - n) / count)


def _comment(
    dice: random.Random, articles: list[Article], roots: dict[int, int], n: int
) -> dict[str, object]:
    """Columns of one comment that differ from another's, its text and moment aside."""
    article = articles[int(len(articles) * dice.random() ** 2)].pk
    root = roots.get(article) if dice.random() < 0.33 else None
    return {
        "article_id": article,
        "parent_id": root,
        "root_id": root,
        "author_name": f"Reader {n % 5_000}",
        "author_email": f"reader{n % 5_000}@example.org",
        **bulk_decisions.state(dice, n),
    }


def _age(articles: int) -> timedelta:
    """How long a publication with so many has been there."""
    return timedelta(days=365 * _some(YEARS, articles / 400))


def _stored(at: datetime) -> object:
    return Comment._meta.get_field("submitted_at").get_db_prep_save(at, connection)


def _insert(table: str, columns: list[str]) -> str:
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    places = ", ".join(["%s"] * len(columns))
    into = connection.ops.quote_name(table)
    return f"INSERT INTO {into} ({names}) VALUES ({places})"  # noqa: S608 (our own names)


def _some(most: int, about: float, least: int = 1) -> int:
    return max(least, min(most, round(about)))


def _title(dice: random.Random) -> str:
    return " ".join(dice.sample(WORDS, 3)).capitalize()


def _sentence(dice: random.Random) -> str:
    return f"{' '.join(dice.choices(WORDS, k=14)).capitalize()}."
