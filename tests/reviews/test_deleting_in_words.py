"""Who is about to delete something reads by name what goes with it, and what stays without it."""

import pytest
from django.test import Client

from reviews import publishing
from reviews.models import Credit, DeletedArticle, Imported, Tag
from tests.factories import (
    make_article,
    make_draft,
    make_film,
    make_image,
    make_person,
    make_reviewer,
    make_user,
)

pytestmark = pytest.mark.django_db
BETWEEN = " object ("  # how Django calls a row that has no name


def asked(client: Client, *rows: object) -> str:
    """The page that asks: of one row, or of many that were ticked."""
    one = rows[0]
    desk = f"/admin/reviews/{one._meta.model_name}/"  # type: ignore[attr-defined]
    keys = [row.pk for row in rows]  # type: ignore[attr-defined]
    if len(keys) == 1:
        return client.get(f"{desk}{keys[0]}/delete/").content.decode()
    ticked = {"action": "delete_selected", "_selected_action": keys}
    return client.post(desk, ticked).content.decode()


def test_of_a_tag_the_pieces_that_lose_it_are_said(editor_client: Client) -> None:
    slow, long = (Tag.objects.create(name=name, slug=name.lower()) for name in ("Slow", "Long"))
    make_article(headline="Jeanne Dielman").tags.add(slow)
    make_draft(headline="Sátántangó").tags.add(slow, long)
    for page in (asked(editor_client, slow), asked(editor_client, slow, long)):
        stays = page.split("This stays, but without it:")[1]
        assert ">Jeanne Dielman</a>, published" in stays
        assert ">Sátántangó</a>, draft" in stays
        assert BETWEEN not in page


def test_what_stays_without_it_says_so_in_its_own_history(editor_client: Client) -> None:
    slow, film = Tag.objects.create(name="Slow", slug="slow"), make_film("Cats", year=2019)
    piece, other, still = make_article(), make_draft(kind="feature"), make_image(film=film)
    for each in (piece, other):
        each.tags.add(slow)
        each.related_films.add(film)
    ticked = {"action": "delete_selected", "_selected_action": [slow.pk], "post": "yes"}
    editor_client.post("/admin/reviews/tag/", ticked)
    editor_client.post(f"/admin/reviews/film/{film.pk}/delete/", {"post": "yes"})
    film_went = "Lost the film Cats (2019), which was deleted."
    for desk, row in (("review", piece), ("article", other), ("image", still)):
        told = editor_client.get(f"/admin/reviews/{desk}/{row.pk}/history/").text
        assert film_went in told
        assert ("Lost the tag Slow, which was deleted." in told) == (desk != "image")
    assert not Tag.objects.exists()


def test_of_a_deleted_piece_what_is_its_own_is_said_and_what_it_chose_stays(
    editor_client: Client,
) -> None:
    draft = make_draft(by=make_reviewer("Wren Castellane"), lead_image=make_image())
    draft.tags.add(Tag.objects.create(name="Slow", slug="slow"))
    publishing.delete(draft, by=make_user())
    page = asked(editor_client, DeletedArticle.objects.get())
    assert "Bylines: Wren Castellane" in page
    assert "Slow" not in page
    assert BETWEEN not in page


def test_of_a_film_its_titles_and_the_stills_that_lose_it_are_said(editor_client: Client) -> None:
    film = make_film("Aloners", original=("혼자 사는 사람들", "ko"))
    still = make_image(film=film)
    page = asked(editor_client, film)
    assert "Titles: 혼자 사는 사람들" in page
    assert f"/admin/reviews/image/{still.pk}/change/" in page.split("without it:")[1]


def test_of_what_came_from_elsewhere_nothing_is_said_of_its_row(editor_client: Client) -> None:
    """That it came is remembered without it; nobody has a form of that."""
    draft, image = make_draft(), make_image()
    Imported.objects.create(origin="post 1", number=1, article=draft)
    Imported.objects.create(origin="picture 2", number=2, image=image)
    for row in (draft, image):
        assert "This stays, but without it:" not in asked(editor_client, row)


def test_a_long_list_is_cut_and_says_how_much_more_there_is(editor_client: Client) -> None:
    tag = Tag.objects.create(name="Slow", slug="slow")
    for _ in range(23):
        make_draft().tags.add(tag)
    assert "and 3 more" in asked(editor_client, tag)


def test_a_reviewer_is_kept_by_the_pieces_and_a_person_by_the_films(editor_client: Client) -> None:
    wren, hong = make_reviewer("Wren Castellane"), make_person("Hong Sung-eun")
    make_article(headline="Aloners", by=wren)
    assert ">Aloners</a>, published" in asked(editor_client, wren)
    Credit.objects.create(film=make_film("Aloners"), person=hong, role="director")
    assert "Aloners" in asked(editor_client, hong)
