"""Every kind of public page, with something on it: what the tests of pages walk through."""

from uuid import uuid4

from reviews import publishing
from reviews.models import Byline, Credit, Film, Image, Tag
from tests.factories import (
    make_article,
    make_edition,
    make_film,
    make_image,
    make_person,
    make_reviewer,
    make_screening,
)


def fill_the_publication(count: int = 3) -> dict[str, str]:
    """`count` articles of each sort about everything at once; answers name -> address of pages."""
    edition, film, body = make_edition(), _film(count), _body(count)
    lead = _picture(caption="Jina at home")
    person = film.credits.all()[0].person
    tag, _ = Tag.objects.get_or_create(name="Debuts", slug="debuts")
    reviewer = make_reviewer("Alistair Ryder")
    reviewer.portrait = _picture(caption="At his desk")
    reviewer.save()
    screening = make_screening(film, edition=edition, strand="Women’s Voices", premiere_status="uk")
    for n in range(count):
        review = make_article(
            film=film,
            rating=n % 10 + 1,
            by=reviewer,
            tags=[tag],
            lead_image=lead,
            body=body,
            screening=screening,
            seen="festival",
            verdict="A debut that listens.",
            content_note="Contains scenes of grief.",
            contains_spoilers=True,
            days_ago=1 + n,
        )
        Byline.objects.create(article=review, reviewer=make_reviewer(), role="photographs")
    publishing.record_edit(review, by=None, substantive=True, note="She eats alone by choice.")
    others = {
        kind: make_article(kind=kind, edition=edition, by=reviewer, body=body, days_ago=40)
        for kind in ("interview", "feature", "news", "festival_report")
    }
    for piece in others.values():
        piece.people.set(credit.person for credit in film.credits.all())
    month = review.first_published_at
    return {
        "front": "/",
        "reviews": "/reviews/",
        "filtered": f"/reviews/?rating={review.rating}&country=KR&sort=rating",
        "review": review.get_absolute_url(),
        **{kind: article.get_absolute_url() for kind, article in others.items()},
        "interviews": "/interviews/",
        "features": "/features/",
        "all news": "/news/",
        "festival reports": "/festival-reports/",
        "film": film.get_absolute_url(),
        "person": person.get_absolute_url(),
        "reviewer": reviewer.get_absolute_url(),
        "festivals": "/festivals/",
        "edition": edition.get_absolute_url(),
        "section": review.section.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "archive": "/archive/",
        "month": f"/archive/{month:%Y}/{month:%m}/",
        "about": "/about/",
    }


def _picture(**words: str) -> Image:
    """Small pictures of near colours become the same file; here each counts as its own."""
    return make_image(sha256=uuid4().hex, **words)


def _film(count: int) -> Film:
    film = make_film(
        "Aloners",
        original=("혼자 사는 사람들", "ko"),
        poster=_picture(),
        runtime_minutes=90,
        certificate="12A",
        synopsis="She lives alone.",
        uk_distributor="Third Window",
        imdb_id=f"tt{1_000_000 + count}",
    )
    film.countries.set(["KR", "FR"])
    film.languages.set(["ko"])
    for role in ("director", *["cast"] * count):
        person = make_person("Hong Sung-eun", native_name="홍성은", native_language="ko")
        Credit.objects.create(film=film, person=person, role=role, character="Jina")
    return film


def _body(count: int) -> str:
    figures = "".join(
        f'<figure data-image="{_picture(caption="A corridor").pk}"></figure>' for _ in range(count)
    )
    gallery = f'<div data-gallery="">{figures}</div>'
    return f'<p>She eats, <span lang="ko">혼족</span> they say.</p>{figures}{gallery}<h2>After</h2>'
