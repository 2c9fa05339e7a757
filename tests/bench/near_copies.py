"""Near copies of spam among 100,000 comments, beside a look-up of the very text."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from time import process_time

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from comments import plain_text
from comments.models import Comment, SpamRun
from comments.spam import FindingFacts, Submission, near_known_spam, shingles
from comments.spam.rules import seen_in_spam
from reviews.models import Article, Section

from .rows import Row, measured

COMMENTS, CAMPAIGNS, POSTS = 100_000, 2_000, 400
SLOWEST = 2  # milliseconds at the 99th percentile
STEP = 5_000  # comments written at once
WORDS = 30  # about 200 characters
KEEP_RUN = "INSERT INTO comments_spamrun (comment_id, number) VALUES (%s, %s)"


@measured
def near_copies_of_spam() -> Iterator[Row]:
    """All 100,000 are recent spam, in 2,000 campaigns of near copies; half of the posts are too."""
    call_command("migrate", verbosity=0)
    rng = random.Random(5)
    vocabulary = [f"word{number}" for number in range(20_000)]
    campaigns = [rng.choices(vocabulary, k=WORDS) for _ in range(CAMPAIGNS)]
    _fill(_article(), campaigns, rng)
    posts = [_spun(rng.choice(campaigns), rng) for _ in range(POSTS // 2)]
    posts += [" ".join(rng.choices(vocabulary, k=WORDS)) for _ in range(POSTS // 2)]
    rows = f"{SpamRun.objects.count():,} rows"
    near, same = _times(near_known_spam.near_known_spam, posts), _times(seen_in_spam, posts)
    for name, part in (("median", 0.5), ("99th percentile", 0.99)):
        took = near[int(part * POSTS)]
        yield Row(
            f"near copies among {COMMENTS:,} spam comments, {rows}, {name}",
            took,
            "ms",
            "the very text is looked up",
            same[int(part * POSTS)],
            f"at most {SLOWEST} ms",
            took <= SLOWEST,
        )


def _times(rule: Callable[[Submission], FindingFacts | None], posts: list[str]) -> list[float]:
    """Milliseconds of processor time, sorted. The look-up must find the copies, and no others."""
    took, found = [], 0
    for text in posts:
        post = Submission("A", "a@example.org", "", text, plain_text.digest(text), timezone.now())
        start = process_time()
        found += rule(post) is not None
        took.append(1000 * (process_time() - start))
    if rule is near_known_spam.near_known_spam and found != POSTS // 2:
        raise AssertionError(f"{found} copies were found of {POSTS // 2}.")
    return sorted(took)


def _spun(words: list[str], rng: random.Random) -> str:
    """The campaign with three words changed."""
    copy = [*words]
    for _ in range(3):
        copy[rng.randrange(len(copy))] = f"other{rng.randrange(10**9)}"
    return " ".join(copy)


def _fill(article: Article, campaigns: list[list[str]], rng: random.Random) -> None:
    """As `near_known_spam.remember` would have, without its queries."""
    times: Counter[int] = Counter()
    for start in range(0, COMMENTS, 5_000):
        texts = [
            _spun(campaigns[number % CAMPAIGNS], rng) for number in range(start, start + 5_000)
        ]
        comments = Comment.objects.bulk_create(
            Comment(
                article=article,
                author_name="A",
                author_email="a@example.org",
                text=text,
                text_digest=plain_text.digest(text),
                status=Comment.Status.SPAM,
            )
            for text in texts
        )
        runs: list[tuple[int, int]] = []
        for comment in comments:
            lowest = sorted(shingles.numbers(comment.text))[: near_known_spam.KEPT]
            free = [n for n in lowest if times[n] < near_known_spam.MOST_OF_A_RUN]
            times.update(free)
            runs += [(comment.pk, number) for number in free]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(KEEP_RUN, runs)  # a million rows: as objects they took a minute


def _article() -> Article:
    section, _ = Section.objects.get_or_create(slug="film", defaults={"name": "Film"})
    return Article.objects.create(headline="Near copies", slug="near-copies", section=section)
