"""A row that a colleague deleted while its form was open: nothing that was typed is lost."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from reviews.models import Article, Country, CreditSource, Film, Image, Person, Tag
from tests.factories import make_draft, make_film, make_image, make_person, make_user
from tests.opened import opened, sent_by
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mina() -> Client:
    return client_of("administrator")


def _deleted(row: Any, by: Client) -> None:
    address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/delete/"
    assert by.post(address, {"post": "yes"}).status_code == 302
    there = type(row)._default_manager.filter(pk=row.pk)
    waits = isinstance(row, Article)  # among the deleted ones
    assert there.exists() == waits


def _address(row: Any) -> str:
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: make_film("Aloners"), "title"),
        (lambda: make_person("Hong Sung-eun"), "name"),
        (lambda: make_draft(kind="feature", film=None, rating=None), "headline"),
        (lambda: Tag.objects.create(name="Debuts", slug="debuts"), "name"),
        (lambda: CreditSource.objects.create(name="LKFF", credit_line="LKFF"), "name"),
    ],
    ids=["film", "person", "article", "tag", "credit source"],
)
def test_it_comes_back_as_a_new_one_and_one_press_saves_it(
    mina: Client, make: Any, field: str
) -> None:
    row = make()
    form = opened(mina, _address(row)) | {field: "What I typed"}
    jane = client_of("administrator")
    User.objects.filter(pk=jane.session["_auth_user_id"]).update(first_name="Jane")
    _deleted(row, jane)
    answer = mina.post(_address(row), form)
    assert answer.status_code == 200
    assert f"Jane deleted this {row._meta.verbose_name} at " in answer.content.decode()
    assert not type(row)._base_manager.filter(**{field: "What I typed"}).exists()
    again = mina.post(_address(row).replace(f"{row.pk}/change", "add"), sent_by(answer))
    assert again.status_code == 302
    assert type(row)._base_manager.filter(**{field: "What I typed"}).exists()


def test_the_form_that_comes_back_leads_to_adding(mina: Client) -> None:
    film = make_film()
    form = opened(mina, _address(film))
    _deleted(film, mina)
    answer = mina.post(_address(film), form)
    assert 'action="/admin/reviews/film/add/"' in answer.content.decode()
    assert "You yourself deleted this film" in answer.content.decode()
    assert "If you save, what you typed is added as a new one." in answer.content.decode()


def test_its_rows_come_along(mina: Client) -> None:
    film = make_film(original=("혼자", "ko"))
    form = opened(mina, _address(film)) | {"titles-0-text": "혼자 사는 사람들"}
    _deleted(film, mina)
    answer = mina.post(_address(film), form)
    assert mina.post("/admin/reviews/film/add/", sent_by(answer)).status_code == 302
    assert Film.objects.get().titles.get().text == "혼자 사는 사람들"


def test_into_what_it_was_merged_is_said(mina: Client) -> None:
    stays, doubled = make_person("Hong Sung-eun"), make_person("Hong Sungeun")
    form = opened(mina, _address(doubled))
    both = {"action": "merge", "_selected_action": [stays.pk, doubled.pk]}
    mina.post("/admin/reviews/person/", both | {"merge": "yes", "stays": stays.pk})
    assert list(Person.objects.all()) == [stays]
    answer = mina.post(_address(doubled), form)
    assert "It was merged into Hong Sung-eun." in answer.content.decode()


def test_of_a_picture_the_words_come_back_and_the_file_is_asked_for(mina: Client) -> None:
    picture = make_image()
    form = opened(mina, _address(picture)) | {"caption": "What I typed"}
    _deleted(picture, mina)
    answer = mina.post(_address(picture), form)
    assert sent_by(answer)["caption"] == "What I typed"
    assert "Choose a picture." in answer.content.decode()
    assert not Image.objects.exists()


def test_a_verb_that_was_pressed_does_nothing_yet(mina: Client) -> None:
    article = make_draft()
    address = _address(article).replace("/article/", "/review/")
    form = opened(mina, address) | {"_publish": "1"}
    article.delete()
    answer = mina.post(address, form)
    assert "was deleted while you had it open" in answer.content.decode()
    assert not Article.objects.exists()


def test_who_may_add_none_reads_what_they_typed(mina: Client) -> None:
    user = make_user("Contributor")
    user.groups.clear()
    user.user_permissions.set(Permission.objects.filter(codename__in=["change_film", "view_film"]))
    client = Client()
    client.force_login(user)
    film = make_film()
    form = opened(client, _address(film))
    korea = Country.objects.get(code="KR")
    form |= {"synopsis": "What I typed", "countries": [korea.pk], "poster": ""}
    _deleted(film, mina)
    answer = client.post(_address(film), form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert '<dd dir="auto">What I typed</dd>' in page
    assert f'<dd dir="auto">{korea}</dd>' in page
    assert not Film.objects.exists()


def test_of_a_login_what_its_new_form_does_not_ask_stands_below(mina: Client) -> None:
    user = make_user("Editor", username="jane")
    form = opened(mina, _address(user)) | {"first_name": "What I typed"}
    user.delete()
    answer = mina.post(_address(user), form)
    assert '<dd dir="auto">What I typed</dd>' in answer.content.decode()


def test_who_may_change_nothing_is_told_nothing() -> None:
    film = make_film()
    address = _address(film)
    film.delete()
    assert client_of("moderator").post(address, {"synopsis": "x"}).status_code == 403


def test_what_was_chosen_and_is_gone_is_said_at_its_field(mina: Client) -> None:
    tag = Tag.objects.create(name="Debuts", slug="debuts")
    picture, person = make_image(), make_person("Hong Sung-eun")
    article, film = make_draft(lead_image=picture), make_film()
    address = f"/admin/reviews/review/{article.pk}/change/"
    form = opened(mina, address) | {"tags": [tag.pk], "verdict": "Typed."}
    row = {"credits-0-person": str(person.pk), "credits-0-role": "cast"}
    credited = opened(mina, _address(film)) | row
    article.lead_image = None
    article.save(update_fields=["lead_image"])
    for gone in (tag, picture, person):
        _deleted(gone, mina)
    answer = mina.post(address, form)
    errors = answer.context["adminform"].form.errors
    assert "a colleague deleted it, or merged it into another" in errors["tags"][0]
    assert "This picture is not in the library any more" in errors["lead_image"][0]
    assert sent_by(answer)["verdict"] == "Typed."
    assert "a colleague deleted it" in mina.post(_address(film), credited).content.decode()
