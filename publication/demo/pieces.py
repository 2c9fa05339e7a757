"""The demo articles: written, illustrated, and moved by the desk's own verbs."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from publication.demo import content
from publication.demo.catalogue import Catalogue
from reviews import publishing
from reviews.models import Article, Byline, CoveredFilm, Image

_FIGURE = re.compile(r'data-image="([a-z0-9-]+)"')
# Copied to the article as they stand, where the file says them.
_PLAIN = (
    "kind",
    "headline",
    "standfirst",
    "rating",
    "unrated",
    "verdict",
    "seen",
    "content_note",
    "contains_spoilers",
    "comment_policy",
    "comments_close_after_days",
)


def write(
    images: Mapping[str, Image], catalogue: Catalogue, *, by: User, now: datetime
) -> dict[str, Article]:
    """Every article by its slug, in the state its file says; `by` signs what an editor does."""
    articles: dict[str, Article] = {}
    for slug, facts in content.articles():
        article = _draft(slug, facts, images, catalogue)
        if facts.get("status") == "submitted":
            publishing.submit(article, by=by)
        elif "days_ahead" in facts:
            publishing.schedule(article, _morning(now, -facts["days_ahead"]), by=by)
        elif "days_ago" in facts:
            publishing.publish(article, by=by)
            _date_back(article, _morning(now, facts["days_ago"]))
        if "correction" in facts:
            _correct(article, facts, by=by, now=now)
        articles[slug] = article
    return articles


def _draft(
    slug: str, facts: content.Facts, images: Mapping[str, Image], catalogue: Catalogue
) -> Article:
    film, edition = facts.get("film"), facts.get("edition")
    screening = catalogue.screenings.get((facts.get("screening", ""), film or ""))
    article = Article.objects.create(
        slug=slug,
        section=catalogue.sections[facts["section"]],
        body=_FIGURE.sub(
            lambda found: f'data-image="{images[found[1]].pk}"', facts["body"]
        ).strip(),
        lead_image=images[facts["lead"]],
        film=catalogue.films[film] if film else None,
        screening=screening,
        edition=catalogue.editions[edition] if edition else None,
        **{name: facts[name] for name in _PLAIN if name in facts},
    )
    article.tags.set(catalogue.tags[tag] for tag in facts["tags"])
    CoveredFilm.objects.bulk_create(
        CoveredFilm(article=article, film=catalogue.films[film], position=position)
        for position, film in enumerate(facts.get("related_films", ()))
    )
    article.people.set(catalogue.people[person] for person in facts.get("people", ()))
    Byline.objects.bulk_create(
        Byline(
            article=article,
            reviewer=catalogue.reviewers[reviewer],
            role=role,
            position=position,
        )
        for position, (reviewer, role) in enumerate(facts["bylines"])
    )
    publishing.place_pictures(article)
    return article


def _morning(now: datetime, days_ago: int) -> datetime:
    """So many days before `now`, at an hour when such things are published; yesterday's piece
    keeps the hour of loading, so that its day-old thread fits between then and now."""
    moment = now - timedelta(days=days_ago)
    if days_ago == 1:
        return moment
    return moment.replace(hour=7 + days_ago % 4, minute=days_ago * 5 % 60, second=0, microsecond=0)


def _date_back(article: Article, then: datetime) -> None:
    """Publishing is always now: only a demonstration (or an import) may say it was earlier, and
    it writes the times alone, after the verb has done everything else."""
    article.publish_at = article.first_published_at = then
    Article.objects.filter(pk=article.pk).update(publish_at=then, first_published_at=then)
    article.revisions.update(made_at=then)


def _correct(article: Article, facts: content.Facts, *, by: User, now: datetime) -> None:
    """A correction made some days ago, dated back as `_date_back` does."""
    publishing.record_edit(article, by=by, substantive=True, note=facts["correction"])
    then = _morning(now, facts["corrected_days_ago"])
    article.updated_at = then
    Article.objects.filter(pk=article.pk).update(updated_at=then)
    article.revisions.filter(note=facts["correction"]).update(made_at=then)
