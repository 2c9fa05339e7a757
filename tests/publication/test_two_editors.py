"""Every form of the newsroom: of two people who have one open, the second overwrites nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import models
from django.test import Client

from comments.models import Limits, Phrase, SavedAnswer, Sender
from publication.models import Masthead
from reviews.admin.meanwhile import NothingOverwritten
from reviews.models import Country, CreditSource, Festival, Language, Section, Tag
from tests.factories import (
    make_draft,
    make_edition,
    make_film,
    make_image,
    make_person,
    make_reviewer,
    make_screening,
    make_section,
    make_user,
)
from tests.opened import opened, sent_by
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db

Row = Callable[[], models.Model]
# They compare by themselves, or change nothing but where a piece stands.
DESKS_OF_THEIR_OWN = {
    *("comment", "follower", "akismethealth", "rulesetting", "learnt", "deletedarticle")
}
FORMS: dict[str, tuple[Row, str]] = {
    "film": (lambda: make_film("Aloners"), "title"),
    "person": (lambda: make_person("Hong Sung-eun"), "name"),
    "reviewer": (lambda: make_reviewer("Jane Okafor"), "bio"),
    "festival": (lambda: Festival.objects.create(name="LKFF", slug="lkff"), "name"),
    "festivaledition": (make_edition, "city"),
    "screening": (lambda: make_screening(make_film()), "strand"),
    "section": (make_section, "description"),
    "tag": (lambda: Tag.objects.create(name="Debuts", slug="debuts"), "name"),
    "country": (lambda: Country.objects.all()[0], "name"),
    "language": (lambda: Language.objects.all()[0], "name"),
    "creditsource": (lambda: CreditSource.objects.create(name="LKFF", credit_line="LKFF"), "name"),
    "image": (make_image, "caption"),
    "review": (make_draft, "verdict"),
    "article": (lambda: make_draft(kind="feature", film=None, rating=None), "standfirst"),
    "masthead": (lambda: Masthead.objects.create(pk=1, name="The Lantern"), "tagline"),
    "phrase": (lambda: Phrase.objects.create(words="casino", listed_by=make_user()), "note"),
    "sender": (lambda: Sender.objects.create(who="a@b.example", listed_by=make_user()), "note"),
    "savedanswer": (lambda: SavedAnswer.objects.create(title="Fold", text="Fold it."), "text"),
    "limits": (lambda: Limits.objects.create(pk=1), "links_for_newcomers"),
    "user": (lambda: make_user("Editor"), "first_name"),
    "group": (lambda: Group.objects.get(name="Editor"), "name"),
}


@pytest.fixture
def jane() -> Client:
    return _logged_in(first_name="Jane", last_name="Okafor")


@pytest.fixture
def mina() -> Client:
    return _logged_in(first_name="Mina", last_name="Park")


def _logged_in(**names: str) -> Client:
    client = client_of("administrator")
    User.objects.filter(pk=client.session["_auth_user_id"]).update(**names)
    return client


def _address(row: models.Model, name: str) -> str:
    app = row._meta.app_label
    return f"/admin/{app}/{name}/{row.pk}/change/"


def _words(field: str, n: int) -> str:
    return str(n) if field == "links_for_newcomers" else f"Words {n}"


@pytest.mark.parametrize("name", FORMS)
def test_the_second_to_save_is_told_and_overwrites_nothing(
    name: str, jane: Client, mina: Client
) -> None:
    make, field = FORMS[name]
    row = make()
    address = _address(row, name)
    both = opened(jane, address)  # the form that either of them gets
    assert jane.post(address, both | {field: _words(field, 7)}).status_code == 302
    answer = mina.post(address, both | {field: _words(field, 8)})
    (told,) = answer.context["adminform"].form.errors["__all__"]
    assert "Jane Okafor saved this " in told
    assert f'href="{address}"' in told
    assert answer.context["adminform"].form[field].value() == _words(field, 8)
    row.refresh_from_db()
    assert str(getattr(row, field)) == _words(field, 7)
    assert mina.post(address, both | {field: _words(field, 8)}).status_code == 200, "once more"
    now = opened(mina, address)
    assert mina.post(address, now | {field: _words(field, 8)}).status_code == 302
    row.refresh_from_db()
    assert str(getattr(row, field)) == _words(field, 8)


def test_every_form_of_the_newsroom_is_among_them() -> None:
    desks = {model._meta.model_name: desk for model, desk in admin.site._registry.items()}
    assert set(FORMS) == set(desks) - DESKS_OF_THEIR_OWN
    for name in FORMS:
        assert isinstance(desks[name], NothingOverwritten), name


def test_what_changed_is_said_and_comes_into_the_form(jane: Client, mina: Client) -> None:
    film = make_film("Aloners", year=2021)
    address = _address(film, "film")
    hers, mine = opened(jane, address), opened(mina, address)
    jane.post(address, hers | {"year": "2022"})
    answer = mina.post(address, mine | {"synopsis": "Alone."})
    (told,) = answer.context["adminform"].form.errors["__all__"]
    assert "Changed Year." in told
    assert "Taken from theirs into this form: Year." in told
    merged = sent_by(answer)
    assert (merged["year"], merged["synopsis"]) == ("2022", "Alone.")
    assert mina.post(address, merged).status_code == 302
    film.refresh_from_db()
    assert (film.year, film.synopsis) == (2022, "Alone.")


def _title(text: str, language: str, kind: str) -> dict[str, str]:
    return {"text": text, "language": language, "kind": kind}


@pytest.mark.parametrize("press", ["changed", "added", "deleted"])
def test_a_row_below_counts_too(jane: Client, mina: Client, press: str) -> None:
    film = make_film(original=("혼자 사는 사람들", "ko"))
    address = _address(film, "film")
    hers, mine = opened(jane, address), opened(mina, address)
    row = {
        "changed": {"titles-0-text": "혼자"},
        "added": {f"titles-1-{k}": v for k, v in _title("Aloners", "en", "english").items()},
        "deleted": {"titles-0-DELETE": "on"},
    }
    assert jane.post(address, hers | row[press]).status_code == 302
    stored = list(film.titles.values_list("text", flat=True))
    answer = mina.post(address, mine | {"titles-0-text": "Mine", "runtime_minutes": "91"})
    assert "Jane Okafor saved this film" in answer.content.decode()
    assert "Mine" in answer.content.decode()
    film.refresh_from_db()
    assert list(film.titles.values_list("text", flat=True)) == stored
    assert film.runtime_minutes is None


def test_choices_of_several_count_too(jane: Client, mina: Client) -> None:
    film = make_film()
    address = _address(film, "film")
    hers, mine = opened(jane, address), opened(mina, address)
    jane.post(address, hers | {"countries": [Country.objects.get(code="KR").pk]})
    assert mina.post(address, mine | {"synopsis": "Alone."}).status_code == 200
    assert [country.code for country in film.countries.all()] == ["KR"]


def test_ones_own_other_window_is_named(jane: Client) -> None:
    film = make_film()
    address = _address(film, "film")
    first, second = opened(jane, address), opened(jane, address)
    jane.post(address, first | {"synopsis": "First."})
    answer = jane.post(address, second | {"synopsis": "Second."})
    assert "You yourself saved this film at " in answer.content.decode()


@pytest.mark.parametrize("sent", ["", "x", ".", "0.99999999999999", "\0", "1." + "9" * 4000])
def test_a_form_that_does_not_say_what_it_saw_is_not_saved(jane: Client, sent: str) -> None:
    film = make_film()
    address = _address(film, "film")
    data: dict[str, Any] = opened(jane, address) | {"as_opened": sent, "synopsis": "Mine."}
    assert jane.post(address, data).status_code == 200
    film.refresh_from_db()
    assert film.synopsis == ""


def test_the_history_does_not_tell_of_what_nobody_typed(jane: Client) -> None:
    film = make_film()
    address = _address(film, "film")
    jane.post(address, opened(jane, address) | {"synopsis": "Alone."})
    assert "Changed Synopsis." in jane.get(address.replace("change", "history")).content.decode()


def test_logging_in_meanwhile_is_no_change_of_a_login(jane: Client) -> None:
    user = make_user("Editor")
    address = _address(user, "user")
    data = opened(jane, address)
    Client().force_login(user)
    assert jane.post(address, data | {"first_name": "Mina"}).status_code == 302
    user = User.objects.get(pk=user.pk)
    assert user.first_name == "Mina"
    assert user.last_login is not None


def test_the_order_of_sections_is_kept_as_each_moved_it(jane: Client, mina: Client) -> None:
    for n, name in enumerate(["Film", "Theatre", "Books"], start=1):
        Section.objects.update_or_create(name=name, defaults={"slug": name, "position": n})
    address = "/admin/reviews/section/"
    hers, mine = (opened(who, address) | {"_save": "Save"} for who in (jane, mina))
    rows = {name: n for n in range(3) for name in [_section_in(mine, n)]}
    jane.post(address, hers | {f"form-{rows['Film']}-position": "9"})
    mina.post(address, mine | {f"form-{rows['Books']}-position": "7"})
    assert _positions() == {"Film": 9, "Theatre": 2, "Books": 7}
    answer = mina.post(address, mine | {f"form-{rows['Film']}-position": "4"})
    assert "A colleague has moved it to 9 since you opened this." in answer.content.decode()
    assert _positions()["Film"] == 9


def test_a_section_that_a_colleague_deleted_keeps_no_other_from_moving(
    jane: Client, mina: Client
) -> None:
    for n, name in enumerate(["Film", "Theatre", "Books"], start=1):
        Section.objects.update_or_create(name=name, defaults={"slug": name, "position": n})
    address = "/admin/reviews/section/"
    mine = opened(mina, address) | {"_save": "Save"}
    rows = {name: n for n in range(3) for name in [_section_in(mine, n)]}
    Section.objects.get(name="Theatre").delete()
    typed = {f"form-{rows['Theatre']}-position": "8", f"form-{rows['Books']}-position": "7"}
    answer = mina.post(address, mine | typed, follow=True)
    assert "was deleted by a colleague" in answer.content.decode()
    assert _positions() == {"Film": 1, "Books": 7}


def _section_in(form: dict[str, Any], n: int) -> str:
    return Section.objects.get(pk=form[f"form-{n}-id"]).name


def _positions() -> dict[str, int]:
    return dict(Section.objects.values_list("name", "position"))
