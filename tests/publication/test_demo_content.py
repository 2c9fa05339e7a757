"""The demonstration keeps what it promises, and invents nobody's address."""

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Sum
from django.test import Client
from django.utils import timezone
from rcssmin import cssmin

from comments.models import Comment, Decision, Finding, SavedAnswer
from publication.demo import library, load, pictures
from publication.models import Masthead
from reviews import body, prose, publishing
from reviews import pictures as uploads
from reviews.models import (
    Article,
    FestivalEdition,
    Film,
    FilmTitle,
    Image,
    Review,
    Reviewer,
    Screening,
    Section,
)

pytestmark = pytest.mark.django_db  # or no database of the tests is made for this file alone
ASIA = {"KR", "JP", "CN", "HK", "TW", "IN", "TH", "IR"}
SCRIPTS = {
    "Hangul": "[가-힣]",
    "kana": "[ぁ-ヿ]",
    "Han": "[一-鿿]",
    "Thai": "[ก-๛]",
    "Arabic": "[؀-ۿ]",
    "Bengali": "[ঀ-৿]",
    "Telugu": "[ఀ-౿]",
}
NOBODYS = re.compile(r"(^|\.)(example|example\.(org|com|net))$")
MOST_BYTES = 20_000  # of a review with its replies and of its stylesheet, both by gzip
MARGIN = 1_000
SMALLER = 8  # pictures are drawn at an eighth of their size here: the same shapes, much sooner


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for this file, and taken back after it."""
    patch = pytest.MonkeyPatch()
    small = {name: (w // SMALLER, h // SMALLER) for name, (w, h) in pictures.SHAPES.items()}
    patch.setattr(pictures, "SHAPES", small)
    with django_db_blocker.unblock(), transaction.atomic():
        load.load()
        yield
        library.discard(Image.objects.all())
        transaction.set_rollback(True)
    patch.undo()


def test_there_is_enough_to_judge_the_product_by() -> None:
    live = Article.objects.published()
    assert live.reviews().count() >= 15
    assert live.exclude(kind=Article.Kind.REVIEW).count() >= 5
    assert set(live.values_list("kind", flat=True)) == set(Article.Kind.values)
    assert Section.objects.filter(articles__in=live).distinct().count() >= 3
    assert FestivalEdition.objects.filter(screenings__reviews__in=live).distinct().count() >= 2
    assert Reviewer.objects.filter(articles__in=live).distinct().count() == 5
    assert Masthead.objects.current().about
    assert SavedAnswer.objects.count() == 2


def test_at_least_half_of_the_reviews_are_of_asian_films() -> None:
    live = Review.objects.published()
    asian = live.filter(film__countries__in=ASIA).distinct().count()
    assert asian * 2 >= live.count()


def test_original_titles_come_in_several_scripts() -> None:
    titles = " ".join(FilmTitle.objects.filter(kind="original").values_list("text", flat=True))
    assert {name for name, letters in SCRIPTS.items() if re.search(letters, titles)} == set(SCRIPTS)


def test_ratings_go_from_half_a_star_to_five_and_one_review_has_none_on_purpose() -> None:
    live = Review.objects.published()
    assert set(live.values_list("rating", flat=True)) == {None, *range(1, 11)}
    assert live.filter(unrated=True).count() == 1


def test_one_piece_stands_in_every_state_before_publication() -> None:
    assert Article.objects.scheduled().count() == 1
    assert Article.objects.submitted().count() == 1
    draft = Article.objects.drafts().get()
    problems = " ".join(problem.message for problem in publishing.checklist(draft))
    assert "standfirst" in problems
    assert "has no credit line" in problems


def test_the_page_that_defines_the_job_is_there() -> None:
    review = Review.objects.get(slug="aloners-review")
    assert review.headline == "“Aloners” Review"
    assert review.body.count("<p>") - review.body.count("<aside>") == 8
    assert "<aside>" in review.body
    lines = [image.credit_line for image in review.body_images.all()]
    assert len(set(lines)) == 3
    assert "Image © Courtesy of London Korean Film Festival" in lines
    assert review.rating == 6
    assert str(review.screening.edition) == "London Korean Film Festival 2021"
    assert review.film.original_title().text == "혼자 사는 사람들"
    cast = [person.native_name for person in review.film.cast()]
    assert cast[:3] == ["공승연", "정다은", "서현우"]
    assert [person.native_name for person in review.film.directors()] == ["홍성은"]


def test_every_picture_that_readers_see_is_credited_and_described() -> None:
    live = Article.objects.published()
    shown = (
        Image.objects.filter(lead_of__in=live)
        | Image.objects.filter(placements__article__in=live)
        | Image.objects.filter(poster_of__in=Film.objects.all())
        | Image.objects.filter(portrait_of__in=Reviewer.objects.all())
    ).distinct()
    assert shown.count() >= 24
    assert all(image.credit_line and image.is_described() for image in shown)
    assert len(set(shown.values_list("credit_line", flat=True))) >= 8
    assert all(article.lead_image_id for article in live)


def test_every_picture_a_body_places_exists() -> None:
    for article in Article.objects.prefetch_related("body_images"):
        assert set(body.image_ids(article.body)) == {
            image.pk for image in article.body_images.all()
        }
        assert article.body.count("<figure") == article.body_images.count()


def test_a_stored_picture_is_what_its_row_says() -> None:
    image = Image.objects.order_by("pk").first()
    with image.file.open() as file:
        found = uploads.inspect(file)
    assert (found.width, found.height, found.sha256) == (image.width, image.height, image.sha256)


def test_every_row_is_one_that_a_form_would_have_accepted() -> None:
    for app in ("reviews", "comments", "publication"):
        for model in apps.get_app_config(app).get_models():
            for row in model._default_manager.all():
                row.full_clean()


def test_bodies_hold_only_what_the_editor_could_have_written() -> None:
    for article in Article.objects.all():
        assert prose.clean(article.body) == article.body, article.slug


def test_links_between_pieces_lead_somewhere() -> None:
    bodies = " ".join(Article.objects.published().values_list("body", flat=True))
    paths = set(re.findall(r'href="(/[^"]+)"', bodies))
    assert paths
    assert {path: Client().get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_comments_stand_in_every_state_and_several_languages() -> None:
    assert set(Comment.objects.values_list("status", flat=True)) == set(Comment.Status.values)
    assert Comment.objects.count() >= 35
    said = " ".join(Comment.objects.approved().values_list("text", flat=True))
    assert all(re.search(SCRIPTS[script], said) for script in ("Hangul", "kana", "Han", "Arabic"))
    assert Comment.objects.approved().values("article").distinct().count() >= 10


def test_a_thread_is_at_least_four_deep_on_the_aloners_review() -> None:
    comments = Comment.objects.filter(article__slug="aloners-review").approved()
    deep = comments.filter(parent__parent__parent__isnull=False)
    assert deep.exists()


def test_comments_came_in_by_the_front_door() -> None:
    assert not Comment.objects.filter(decisions=None).exists()
    for comment in Comment.objects.annotate(found=Sum("findings__points")):
        assert comment.score == (comment.found or 0)
        assert comment.decisions.last().to_status == comment.status
    assert Finding.objects.values("rule").distinct().count() >= 4


def test_nothing_happens_before_what_it_answers_or_after_now() -> None:
    now = timezone.now()
    assert not Comment.objects.filter(submitted_at__lte=F("parent__submitted_at")).exists()
    early = Comment.objects.filter(submitted_at__lt=F("article__first_published_at"))
    assert not early.exists()
    assert not Comment.objects.filter(submitted_at__gt=now).exists()
    assert not Decision.objects.filter(made_at__lt=F("comment__submitted_at")).exists()
    assert not Decision.objects.filter(made_at__gt=now).exists()
    screened_late = Screening.objects.filter(
        reviews__in=Article.objects.published(),
        edition__starts_on__gt=F("reviews__first_published_at__date"),
    )
    assert not screened_late.exists()


def test_nobody_real_is_written_to_or_linked_from_a_comment() -> None:
    addresses = [email.rpartition("@")[2] for email in _all(Comment, "author_email")]
    for text in [*_all(Comment, "author_url"), *_all(Comment, "text")]:
        addresses += re.findall(r"https?://([^/\s]+)", text)
    assert len(addresses) > 35
    assert [address for address in addresses if not NOBODYS.search(address)] == []


def _all(model: Any, field: str) -> list[str]:
    return list(model.objects.values_list(field, flat=True))


def test_every_picture_has_a_use() -> None:
    assert [image.file.name for image in Image.objects.unused()] == []


def test_the_review_that_is_talked_of_most_is_light_without_brotli_too(client: Client) -> None:
    """With names of static files that say nothing of what is in them, and each picture once."""
    talked_of = Article.objects.published().reviews().annotate(replies=Count("comments"))
    page = client.get(talked_of.order_by("-replies")[0].get_absolute_url()).content
    css = (settings.BASE_DIR / "static/css/site.css").read_text()
    weight = len(gzip.compress(page, 6)) + len(gzip.compress(cssmin(css).encode(), 9))
    assert page.count(b'<article class="comment') >= 10
    assert weight <= MOST_BYTES - MARGIN
