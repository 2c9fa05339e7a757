"""Content in bulk: what a publication has after decades, to measure on.

Invented by a random generator that always begins the same, and inserted many rows at a time.
Nothing goes through the doors that people use: there are no revisions, findings or decisions.
"""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from comments.models import Comment
from reviews.models import (
    Article,
    Byline,
    Credit,
    Festival,
    FestivalEdition,
    Film,
    Person,
    Reviewer,
    Screening,
    Section,
    Tag,
)

BATCH = 2_000  # rows an INSERT
YEARS = 20  # over which the articles are spread
FILMS_EACH = 2  # articles for each film, more or less
SECTIONS, REVIEWERS, TAGS, FESTIVALS = 6, 60, 80, 12
WORDS = [
    *("quiet", "night", "train", "window", "harbour", "letter", "mother", "brother", "winter"),
    *("street", "lantern", "film", "camera", "silence", "river", "bridge", "market", "summer"),
    *("rain", "ghost", "mirror", "dance", "school", "border", "island", "song"),
]

Told = Callable[[str, int, int], None]  # what is made, how many are, and how many will be


def make(articles: int, comments: int, told: Told) -> None:
    """Adds so many articles and comments, with all that they are about.

    Not in one transaction: a million rows would hold up every other writer for minutes.
    """
    dice = random.Random(7)  # noqa: S311 (no secret)
    start = Article.objects.count()
    now = timezone.now()
    films = _subjects(dice, start, max(1, articles // FILMS_EACH), told)
    made = _articles(dice, start, articles, now, films, told)
    _bylines_and_tags(dice, made, told)
    _comments(dice, made, comments, now, told)


def _subjects(dice: random.Random, start: int, count: int, told: Told) -> list[Film]:
    for n in range(SECTIONS):
        Section.objects.get_or_create(slug=f"bulk-{n}", defaults={"name": f"Section {n}"})
    for n in range(TAGS):
        Tag.objects.get_or_create(slug=f"bulk-{n}", defaults={"name": f"Subject {n}"})
    for n in range(REVIEWERS):
        Reviewer.objects.get_or_create(slug=f"bulk-{n}", defaults={"name": f"Reviewer {n}"})
    for n in range(FESTIVALS):
        festival, _ = Festival.objects.get_or_create(
            slug=f"bulk-{n}", defaults={"name": f"Festival {n}"}
        )
        for year in range(2006, 2026):
            FestivalEdition.objects.get_or_create(festival=festival, year=year)
    people = [
        Person(name=_title(dice), sort_name=f"P{start + n}", slug=f"bulk-{start + n}")
        for n in range(count)
    ]
    people = Person.objects.bulk_create(people, batch_size=BATCH)
    films = Film.objects.bulk_create(
        [
            Film(title=_title(dice), slug=f"bulk-{start + n}", year=dice.randint(1960, 2025))
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
    told("films", count, count)
    return films


def _articles(
    dice: random.Random, start: int, count: int, now: datetime, films: list[Film], told: Told
) -> list[Article]:
    sections = list(Section.objects.filter(slug__startswith="bulk-"))
    editions = list(FestivalEdition.objects.all())
    others = [kind for kind in Article.Kind if kind != Article.Kind.REVIEW]
    made: list[Article] = []
    for first in range(0, count, BATCH):
        rows = []
        for n in range(first, min(count, first + BATCH)):
            at = now - timedelta(days=dice.random() * 365 * YEARS)
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


def _bylines_and_tags(dice: random.Random, articles: list[Article], told: Told) -> None:
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
    dice: random.Random, articles: list[Article], count: int, now: datetime, told: Told
) -> None:
    """Most on few articles, a third of them answers, one in five not approved."""
    roots: dict[int, Comment] = {}
    done = 0
    for rows in _batches(dice, articles, count, now, roots):
        made = Comment.objects.bulk_create(rows)
        roots.update({c.article_id: c for c in made if c.parent_id is None and c.is_approved()})
        done += len(made)
        told("comments", done, count)


def _batches(
    dice: random.Random,
    articles: list[Article],
    count: int,
    now: datetime,
    roots: dict[int, Comment],
) -> Iterator[list[Comment]]:
    status = Comment.Status
    step = min(BATCH, count // 10 + 1)  # answers come from the second lot on
    for first in range(0, count, step):
        rows = []
        for n in range(first, min(count, first + step)):
            article = articles[int(len(articles) * dice.random() ** 2)]
            root = roots.get(article.pk) if dice.random() < 0.33 else None
            rows.append(
                Comment(
                    article=article,
                    parent=root,
                    root=root,
                    author_name=f"Reader {n % 5_000}",
                    author_email=f"reader{n % 5_000}@example.org",
                    text=f"{_sentence(dice)}\n\n{_sentence(dice)}",
                    status=dice.choices(
                        [status.APPROVED, status.SPAM, status.PENDING, status.REJECTED],
                        [80, 15, 3, 2],
                    )[0],
                    submitted_at=now - timedelta(minutes=count - n),
                )
            )
        yield rows


def _title(dice: random.Random) -> str:
    return " ".join(dice.sample(WORDS, 3)).capitalize()


def _sentence(dice: random.Random) -> str:
    return f"{' '.join(dice.choices(WORDS, k=14)).capitalize()}."
