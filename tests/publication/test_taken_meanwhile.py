"""What a colleague takes or deletes between a form's check and its saving."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from threading import Barrier
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection
from django.test import Client

from reviews.admin import merging
from reviews.admin.films import FilmAdmin
from reviews.admin.slugs import SlugForm
from reviews.models import Film, Image, Placement, Tag
from tests.at_once import People
from tests.factories import make_draft, make_film, make_image
from tests.opened import opened, sent_by
from tests.reviews.desk import errors
from tests.safety.people import client_of

Colleague = Callable[[], "Future[int]"]


@pytest.fixture
def mina(db: None) -> Client:
    return client_of("administrator")


@pytest.fixture
def too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form looks once as if a moment before the colleague's row was there."""
    looks = SlugForm._post_clean  # type: ignore[attr-defined]

    def look(form: Any) -> None:
        form.validate_unique = lambda: None
        looks(form)
        monkeypatch.undo()

    monkeypatch.setattr(SlugForm, "_is_taken", lambda *_: False)
    monkeypatch.setattr(SlugForm, "_post_clean", look)


def test_an_address_that_writes_itself_becomes_the_next_free_one(
    mina: Client, request: pytest.FixtureRequest
) -> None:
    make_film("Aloners", slug="aloners", year=2009)
    address = "/admin/reviews/film/add/"
    form = opened(mina, address) | {"title": "Aloners", "year": "2021", "slug": ""}
    request.getfixturevalue("too_early")
    assert mina.post(address, form).status_code == 302
    assert Film.objects.get(year=2021).slug == "aloners-2021"


def test_where_there_is_no_other_address_it_is_said_at_its_field(
    mina: Client, request: pytest.FixtureRequest
) -> None:
    Tag.objects.create(name="Debuts", slug="debuts")
    address = "/admin/reviews/tag/add/"
    form = opened(mina, address) | {"name": "Debuts, first films", "slug": "debuts"}
    request.getfixturevalue("too_early")
    answer = mina.post(address, form)
    assert list(errors(answer)) == ["slug"]
    assert sent_by(answer)["name"] == "Debuts, first films"
    assert "successfully" not in answer.content.decode()
    assert Tag.objects.get().name == "Debuts"


@pytest.fixture
def picture(transactional_db: None) -> Image:
    return make_image()


@pytest.fixture
def deletes(picture: Image) -> Iterator[Colleague]:
    """A colleague's deletion of the picture, in a thread with a connection of its own."""
    colleague = client_of("administrator")

    def delete() -> int:
        address = f"/admin/reviews/image/{picture.pk}/delete/"
        return colleague.post(address, {"post": "yes"}).status_code

    with People(1) as pool:
        yield lambda: pool.submit(delete)


def _saved(mina: Client, address: str, typed: dict[str, Any]) -> Any:
    return mina.post(address, opened(mina, address) | typed)


def test_a_lead_picture_deleted_while_its_article_is_saved(
    mina: Client, picture: Image, deletes: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make_draft()
    started: list[Future[int]] = []
    looks = SlugForm._post_clean  # type: ignore[attr-defined]

    def look(form: Any) -> None:
        looks(form)
        if form.is_bound and not started:
            started.append(deletes())
            if connection.vendor == "postgresql":  # SQLite's second writer waits at BEGIN
                wait(started, 20)

    monkeypatch.setattr(SlugForm, "_post_clean", look)
    typed = {"lead_image": str(picture.pk), "verdict": "Typed."}
    answer = _saved(mina, f"/admin/reviews/review/{draft.pk}/change/", typed)
    assert started[0].result(20) in (200, 302)
    draft.refresh_from_db()
    if answer.status_code == 302:
        assert draft.lead_image == picture
        return
    assert not Image.objects.exists()
    assert "This picture is not in the library any more" in errors(answer)["lead_image"][0]
    assert sent_by(answer)["verdict"] == "Typed."
    assert "successfully" not in answer.content.decode()


def test_a_picture_in_a_body_that_is_saved_now_stays(
    mina: Client, picture: Image, deletes: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make_draft()
    started: list[Future[int]] = []
    place = Placement.objects.bulk_create

    def placed(*args: Any, **kwargs: Any) -> Any:
        started.append(deletes())
        wait(started, 0.5)  # on both databases it waits for the transaction that this is in
        return place(*args, **kwargs)

    monkeypatch.setattr(Placement.objects, "bulk_create", placed)
    typed = {"body": f'<figure data-image="{picture.pk}"></figure>'}
    answer = _saved(mina, f"/admin/reviews/review/{draft.pk}/change/", typed)
    assert answer.status_code == 302
    assert started[0].result(20) in (200, 302)
    assert list(draft.placements.values_list("image_id", flat=True)) == [picture.pk]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's second writer waits at BEGIN")
@pytest.mark.django_db(transaction=True)
def test_a_form_and_a_merging_that_wait_for_each_other_are_both_done() -> None:
    doubled, stays = make_film(), make_film()
    draft = make_draft(film=doubled)
    mina, jane = client_of("administrator"), client_of("administrator")
    address = f"/admin/reviews/review/{draft.pk}/change/"
    form = opened(mina, address) | {"film": str(stays.pk)}
    merging = {"action": "merge", "_selected_action": [doubled.pk, stays.pk], "merge": "Merge"}
    merging |= {"stays": stays.pk}
    together = Barrier(2)

    def press(client: Client, path: str, data: dict[str, Any]) -> int:
        together.wait(20)
        return client.post(path, data).status_code

    with People(2) as pool:
        presses = [pool.submit(press, jane, "/admin/reviews/film/", merging)]
        presses.append(pool.submit(press, mina, address, form))
        assert [pressed.result(60) for pressed in presses] == [302, 302]
    draft.refresh_from_db()
    assert draft.film == stays
    assert not Film.objects.filter(pk=doubled.pk).exists()


@pytest.mark.parametrize("in_the_list", [False, True])
def test_what_the_database_does_not_let_go_is_said_and_told_in_no_history(
    mina: Client, in_the_list: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a film to which a colleague's merging brings titles while it is being deleted."""

    def refuse(*_: Any) -> None:
        raise IntegrityError

    film = make_film()
    monkeypatch.setattr(FilmAdmin, "delete_queryset" if in_the_list else "delete_model", refuse)
    address = "/admin/reviews/film/" if in_the_list else f"/admin/reviews/film/{film.pk}/delete/"
    listed = {"action": "delete_selected", "_selected_action": [film.pk]} if in_the_list else {}
    answer = mina.post(address, {"post": "yes"} | listed)
    assert answer.status_code == 409
    assert "Something changed while you pressed" in answer.content.decode()
    assert "uccessfully" not in mina.get("/admin/").content.decode()
    assert not LogEntry.objects.exists()


def test_of_several_it_is_not_said_that_nothing_is_done(
    mina: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is merged by itself: those before the one that is refused are."""
    stays, *doubled = [make_film() for _ in range(3)]
    real = merging.merge

    def merge(row: Film, *, into: Film) -> None:
        if row == doubled[1]:
            raise IntegrityError
        real(row, into=into)

    monkeypatch.setattr(merging, "merge", merge)
    ticked = {"action": "merge", "_selected_action": [film.pk for film in (stays, *doubled)]}
    pressed = ticked | {"merge": "Merge", "stays": stays.pk}
    page = mina.post("/admin/reviews/film/", pressed).content.decode()
    assert set(Film.objects.all()) == {stays, doubled[1]}
    assert "It may be done for some of what you ticked, and not for the others." in page
    assert "Nothing of what you sent" not in page
