"""The desk: a review is written on one screen, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reviews.models import Article, Review
from tests.factories import (
    make_draft,
    make_film,
    make_image,
    make_reviewer,
    make_screening,
    make_section,
)
from tests.reviews.desk import ADD, change_url, errors, form_data

pytestmark = pytest.mark.django_db


def test_a_review_is_written_on_one_screen(editor_client: Client) -> None:
    film, picture, reviewer = make_film("Aloners"), make_image(), make_reviewer()
    placed = f'<figure data-image="{picture.pk}"><figcaption>Ours</figcaption></figure>'
    data = form_data(
        film=film.pk,
        rating="7",
        standfirst="Quiet.",
        body=f"<p>Words.</p>{placed}",
        lead_image=picture.pk,
        by=reviewer,
    )
    assert editor_client.post(ADD, data).status_code == 302
    review = Review.objects.get()
    assert (review.slug, review.film, review.rating) == ("aloners-review", film, 7)
    assert (review.kind, review.status, review.language) == ("review", "draft", "en-GB")
    assert review.body == f"<p>Words.</p>{placed}"
    assert review.bylines.get().reviewer == reviewer
    assert list(review.body_images.all()) == [picture]


def test_a_slug_that_is_taken_is_said_at_the_field_and_the_text_is_kept(
    editor_client: Client,
) -> None:
    make_draft(slug="an-address")
    data = form_data(slug="an-address", body="<p>Long hours of work.</p>")
    response = editor_client.post(ADD, data)
    assert errors(response) == {
        "slug": ["Another article has this address. Change a word or add the year."]
    }
    assert "Long hours of work." in response.content.decode()


@pytest.mark.parametrize(
    "slug", ["", "aloners-review"], ids=["left empty", "written by the script"]
)
def test_a_headline_that_was_used_before_gets_an_address_of_its_own(
    editor_client: Client, slug: str
) -> None:
    make_draft(slug="aloners-review")
    film = make_film(year=2021)
    for expected in ("aloners-review-2021", "aloners-review-2", "aloners-review-3"):
        assert editor_client.post(ADD, form_data(slug=slug, film=film.pk)).status_code == 302
        assert Review.objects.latest("pk").slug == expected


def test_an_address_once_given_stays_when_it_is_also_the_headlines(editor_client: Client) -> None:
    review = make_draft(slug="aloners-review")
    make_draft(slug="aloners-review-2")
    data = form_data(slug="aloners-review-2", as_opened=review.version)
    response = editor_client.post(f"/admin/reviews/review/{review.pk}/change/", data)
    assert list(errors(response)) == ["slug"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("rating", "11", "from ½ to 5 stars"),
        ("headline", "", "Fill this in"),
        ("headline", "x" * 201, "200 characters"),
        ("slug", "not a slug", "letters a to z"),
        ("body", '<figure data-image="999999"></figure>', "not in the library (no. 999999)"),
        ("body", '<p><a href="the door">a</a></p>', "The link to “the door” leads nowhere."),
        ("body", "<p>" + "long " * 40_000 + "</p>", "200000 characters"),
        ("body", "<p>nul \x00</p>", "Null characters"),
        ("lead_image", "999999", "Choose again."),
        ("lead_image", "abc", "Choose again."),
        ("language", "Engish", "Write its English name"),
        ("film", "999999", "Choose again."),
        ("film", "abc", "Choose again."),
        ("film", "9" * 30, "Choose again."),
        ("tags", "abc", "Choose again."),
        ("tags", "9" * 30, "Choose again."),
        ("standfirst", "s" * 401, "400 characters"),
        ("comments_close_after_days", "100000000", "At most 3650"),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field_and_the_rest_is_kept(
    editor_client: Client, field: str, value: str, said: str
) -> None:
    data = form_data(verdict="Kept verdict") | {field: value}
    response = editor_client.post(ADD, data)
    assert response.status_code == 200
    assert said in " ".join(errors(response)[field])
    assert "Kept verdict" in response.content.decode()
    assert not Article.objects.exists()


def test_a_script_that_was_pasted_is_gone_when_it_is_saved(editor_client: Client) -> None:
    dirty = '<p onclick="x()">Hi <script>alert(1)</script><a href="javascript:x">link</a></p>'
    editor_client.post(ADD, form_data(body=dirty))
    assert Review.objects.get().body == "<p>Hi <a>link</a></p>"


def test_unrated_on_purpose_and_not_decided_yet_are_two_things(editor_client: Client) -> None:
    editor_client.post(ADD, form_data(rating="unrated"))
    review = Review.objects.get()
    assert (review.rating, review.unrated) == (None, True)
    editor_client.post(change_url(review), form_data(review, rating=""))
    review.refresh_from_db()
    assert (review.rating, review.unrated) == (None, False)
    editor_client.post(change_url(review), form_data(review, rating="1"))
    review.refresh_from_db()
    assert (review.rating, review.unrated) == (1, False)


def test_the_stars_are_said_in_words(editor_client: Client) -> None:
    page = editor_client.get(ADD).content.decode()
    for words in ("½ star<", "1 star<", "1½ stars<", "5 stars<", "Unrated on purpose"):
        assert words in page


def test_what_the_stars_are_of_is_said_with_them(editor_client: Client) -> None:
    page = editor_client.get(ADD).content.decode()
    group = page.partition('<div role="radiogroup" aria-label="Rating">')[2]
    assert group.strip().startswith('<div id="id_rating"')


def test_a_new_review_starts_with_what_is_likely(editor_client: Client, editor: User) -> None:
    first, reviewer = make_section("Film"), make_reviewer("Esther Lim")
    music = make_section("Music")
    reviewer.user = editor
    reviewer.save()
    response = editor_client.get(ADD)
    assert response.context["adminform"].form.initial["section"] == first.pk
    assert "Esther Lim" in response.content.decode()
    make_draft(section=music, by=reviewer)
    assert editor_client.get(ADD).context["adminform"].form.initial["section"] == music.pk


def test_the_film_is_found_by_any_of_its_titles(editor_client: Client) -> None:
    make_film("Another")
    film = make_film("Aloners", original=("혼자 사는 사람들", "ko"))
    for term in ("혼자", "aloners"):
        query = {"app_label": "reviews", "model_name": "review", "field_name": "film", "term": term}
        found = editor_client.get(reverse("admin:autocomplete"), query).json()["results"]
        assert found == [{"id": str(film.pk), "text": "Aloners (2021)"}]


def test_other_kinds_have_their_own_form_without_stars(editor_client: Client) -> None:
    url = reverse("admin:reviews_article_add")
    form = editor_client.get(url).context["adminform"].form
    assert "review" not in dict(form.fields["kind"].choices)
    assert not {"film", "rating", "verdict", "screening"} & set(form.fields)
    data: dict[str, Any] = form_data(kind="interview", headline="A talk with Hong Sung-eun")
    assert editor_client.post(url, data).status_code == 302
    assert Article.objects.get().kind == "interview"
    assert editor_client.post(url, data | {"kind": "review", "slug": "x"}).status_code == 200


def test_a_review_reached_through_all_articles_opens_on_its_own_form(editor_client: Client) -> None:
    review = make_draft()
    response = editor_client.get(reverse("admin:reviews_article_change", args=[review.pk]))
    assert response.headers["Location"] == change_url(review)


def test_without_a_script_the_body_is_a_plain_text_field(editor_client: Client) -> None:
    page = editor_client.get(ADD).content.decode()
    assert '<textarea name="body"' in page
    assert 'data-library="/admin/reviews/image/"' in page


def test_a_screening_of_another_film_is_refused(editor_client: Client) -> None:
    film, other = make_film("Aloners"), make_film("Broker")
    elsewhere, here = make_screening(other), make_screening(film)
    said = form_data(film=film.pk, screening=elsewhere.pk, body="<p>Long hours of work.</p>")
    response = editor_client.post(ADD, said)
    assert errors(response) == {
        "screening": [
            "That is a screening of “Broker”, and this review is of “Aloners”. Choose a screening "
            "of the film under review, or leave this empty."
        ]
    }
    assert "Long hours of work." in response.content.decode()
    response = editor_client.post(ADD, said | {"film": ""})
    assert "no film is chosen yet" in errors(response)["screening"][0]
    assert editor_client.post(ADD, said | {"screening": here.pk}).status_code == 302
    assert Review.objects.get().screening == here


def test_what_is_too_long_is_said_and_kept_and_no_browser_cuts_it_off(
    editor_client: Client,
) -> None:
    assert "maxlength" not in editor_client.get(ADD).text
    response = editor_client.post(ADD, form_data(standfirst="word " * 100))
    (said,) = errors(response)["standfirst"]
    assert said == "400 characters at most, and this has 499: shorten it."
    assert "word " * 99 in response.text
    assert not Article.objects.exists()


@pytest.mark.parametrize("model", ["review", "article"])
def test_what_modules_are_called_is_said_before_the_first(
    editor_client: Client, model: str
) -> None:
    """Firefox takes no import map once a module has begun to load: the body had no editor there."""
    html = editor_client.get(reverse(f"admin:reviews_{model}_add")).content.decode()
    kinds = re.findall(r'<(?:script|link)\b[^>]*"(importmap|module|modulepreload)"', html)
    assert (kinds[0], kinds.count("importmap")) == ("importmap", 1)
