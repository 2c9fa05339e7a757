"""An address that is made from words fits into its column, and leads to one row."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reviews import slugs
from reviews.models import Article, Film
from tests.factories import make_draft, make_film
from tests.opened import opened

from .desk import ADD, form_data

MOST: Any = Article._meta.get_field("slug").max_length


def test_of_long_words_it_is_the_beginning_and_ends_with_a_letter() -> None:
    assert slugs.made_from("a" * (MOST - 1) + " b", Article) == "a" * (MOST - 1)


def test_a_number_behind_a_long_one_has_room() -> None:
    long = "a" * MOST
    assert slugs.followed_by(long, 2, Article) == "a" * (MOST - slugs.ROOM) + "-2"


@pytest.mark.django_db
def test_what_another_kind_of_piece_has_is_taken(editor_client: Client) -> None:
    make_draft(kind="feature", film=None, slug="tokyo-story")
    editor_client.post(ADD, form_data(headline="Tokyo Story", slug=""))
    review = Article.objects.get(kind="review")
    assert review.slug.startswith("tokyo-story-")


@pytest.mark.django_db
def test_a_row_may_have_back_what_leads_to_it(editor_client: Client) -> None:
    film = make_film("Drive", slug="drive")
    desk = reverse("admin:reviews_film_change", args=[film.pk])
    for slug in ("second", ""):
        editor_client.post(desk, opened(editor_client, desk) | {"slug": slug})
    film.refresh_from_db()
    assert film.slug == "drive"


@pytest.mark.django_db
def test_a_year_behind_a_long_one_has_room_too(editor_client: Client) -> None:
    desk = reverse("admin:reviews_film_add")
    for year in (1999, 2021):
        said = {"title": "혼자사는사람" * 33, "year": year}
        editor_client.post(desk, opened(editor_client, desk) | said)
    assert [film.slug[-5:] for film in Film.objects.filter(year=2021)] == ["-2021"]
