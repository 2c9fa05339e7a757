"""axe-core objects to nothing on the editors' pages, at any size, in any light."""

import pytest
from playwright.sync_api import Page

from reviews.models import Section
from tests.factories import (
    make_article,
    make_comment,
    make_film,
    make_image,
    make_person,
    make_screening,
    make_user,
)

from . import axe
from .conftest import LogIn

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_editors_forms_and_lists_have_no_violations(axe_page: Page, log_in: LogIn) -> None:
    image, film = make_image(), make_film(original=("혼자 사는 사람들", "ko"))
    film.credits.create(person=make_person(), role="director")
    article = make_article(film=film, lead_image=image)
    make_comment(article)
    screening = make_screening(film)
    log_in(axe_page, make_user("Editor"))
    for address in (
        "reviews/review/",
        f"reviews/review/{article.pk}/change/",
        "reviews/article/add/",
        f"reviews/film/{film.pk}/change/",
        "reviews/film/",
        f"reviews/image/{image.pk}/change/",
        "reviews/image/",
        "reviews/image/upload/",
        f"reviews/image/{image.pk}/withdraw/",
        f"reviews/festivaledition/{screening.edition_id}/change/",
        f"reviews/section/{Section.objects.get().pk}/change/",
        "reviews/reviewer/add/",
        "reviews/person/add/",
        "publication/masthead/add/",
    ):
        assert axe.everywhere(axe_page, f"/admin/{address}") == []
