"""What two editors both changed is chosen in the form, field by field, and told in the history."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import timezone

from reviews.models import Byline, Image
from tests.factories import (
    make_draft,
    make_edition,
    make_film,
    make_image,
    make_reviewer,
    make_screening,
)
from tests.opened import opened, sent_by
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane() -> Client:
    client = client_of("editor")
    names = {"first_name": "Jane", "last_name": "Okafor"}
    User.objects.filter(pk=client.session["_auth_user_id"]).update(**names)
    return client


@pytest.fixture
def mina() -> Client:
    return client_of("editor")


def _film(**said: Any) -> tuple[Any, str]:
    film = make_film(**said)
    return film, f"/admin/reviews/film/{film.pk}/change/"


def _both_change(jane: Client, mina: Client, address: str, hers: Any, mine: Any) -> Any:
    """The form that comes back to Mina."""
    both = opened(jane, address)  # the form that either of them gets
    assert jane.post(address, both | hers).status_code == 302
    answer = mina.post(address, both | mine)
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("key", ["9" * 20, "x", "-1"])
def test_what_is_no_key_of_a_picture_is_no_choice_and_breaks_nothing(
    jane: Client, mina: Client, key: str
) -> None:
    draft = make_draft()
    address, hers = f"/admin/reviews/review/{draft.pk}/change/", {"lead_image": make_image().pk}
    answer = _both_change(jane, mina, address, hers, {"lead_image": key})
    assert "What Jane Okafor saved" in answer.content.decode()


def test_both_versions_stand_in_the_form_and_neither_is_chosen(jane: Client, mina: Client) -> None:
    film, address = _film()
    answer = _both_change(jane, mina, address, {"synopsis": "Hers."}, {"synopsis": "Mine."})
    page = answer.content.decode()
    assert "What Jane Okafor saved" in page
    assert page.count("Hers.") == 1
    form = sent_by(answer)
    assert form["synopsis"] == "Mine."
    assert "stays-synopsis" not in form
    again = mina.post(address, form)
    assert again.status_code == 200
    assert "Choose which version stays" in again.content.decode()
    film.refresh_from_db()
    assert film.synopsis == "Hers."


def test_who_has_two_tabs_open_is_told_so_in_a_sentence(jane: Client) -> None:
    _, address = _film()
    answer = _both_change(jane, jane, address, {"synopsis": "One."}, {"synopsis": "Two."})
    assert "What you yourself saved" in answer.content.decode()


def test_the_words_that_differ_are_marked_and_nothing_becomes_markup(
    jane: Client, mina: Client
) -> None:
    _, address = _film()
    hers, mine = {"synopsis": "She eats <b>alone</b>."}, {"synopsis": "She sits <b>alone</b>."}
    page = _both_change(jane, mina, address, hers, mine).content.decode()
    for word in ("eats", "sits"):
        assert f"She <mark>{word} </mark>&lt;b&gt;alone&lt;/b&gt;." in page


@pytest.mark.parametrize(("choice", "stays"), [("mine", "Mine."), ("theirs", "Hers.")])
def test_the_chosen_version_is_saved(jane: Client, mina: Client, choice: str, stays: str) -> None:
    film, address = _film()
    answer = _both_change(
        jane, mina, address, {"synopsis": "Hers."}, {"synopsis": "Mine.", "runtime_minutes": "91"}
    )
    assert mina.post(address, sent_by(answer) | {"stays-synopsis": choice}).status_code == 302
    film.refresh_from_db()
    assert (film.synopsis, film.runtime_minutes) == (stays, 91)


def test_the_history_keeps_what_was_passed_over(jane: Client, mina: Client) -> None:
    _, address = _film()
    answer = _both_change(jane, mina, address, {"synopsis": "Hers."}, {"synopsis": "Mine."})
    mina.post(address, sent_by(answer) | {"stays-synopsis": "mine"})
    history = mina.get(address.replace("change", "history")).content.decode()
    assert "Synopsis: kept own version in place of what was saved meanwhile: Hers." in history


def test_mine_can_be_put_together_from_both(jane: Client, mina: Client) -> None:
    film, address = _film()
    answer = _both_change(jane, mina, address, {"synopsis": "Hers."}, {"synopsis": "Mine."})
    both = {"stays-synopsis": "mine", "synopsis": "Hers. Mine."}
    assert mina.post(address, sent_by(answer) | both).status_code == 302
    film.refresh_from_db()
    assert film.synopsis == "Hers. Mine."


def test_a_choice_counts_only_for_what_was_seen(jane: Client, mina: Client) -> None:
    """Saved once more in between, it is asked about once more."""
    film, address = _film()
    answer = _both_change(jane, mina, address, {"synopsis": "Hers."}, {"synopsis": "Mine."})
    jane.post(address, opened(jane, address) | {"synopsis": "Hers, again."})
    again = mina.post(address, sent_by(answer) | {"stays-synopsis": "mine"})
    assert "Hers, again." in again.content.decode()
    film.refresh_from_db()
    assert film.synopsis == "Hers, again."
    assert mina.post(address, sent_by(again) | {"stays-synopsis": "mine"}).status_code == 302
    film.refresh_from_db()
    assert film.synopsis == "Mine."


def test_nobody_chooses_what_they_were_not_asked_about(jane: Client, mina: Client) -> None:
    film, address = _film()
    first, second = opened(jane, address), opened(mina, address)
    jane.post(address, first | {"synopsis": "Hers."})
    forged = second | {"synopsis": "Mine.", "stays-synopsis": "mine"}
    assert mina.post(address, forged).status_code == 200
    film.refresh_from_db()
    assert film.synopsis == "Hers."


def test_a_choice_outlives_another_mistake(jane: Client, mina: Client) -> None:
    film, address = _film()
    answer = _both_change(jane, mina, address, {"synopsis": "Hers."}, {"synopsis": "Mine."})
    wrong = mina.post(address, sent_by(answer) | {"stays-synopsis": "mine", "year": "x"})
    assert wrong.status_code == 200
    form = sent_by(wrong)
    assert form["stays-synopsis"] == "mine"
    assert mina.post(address, form | {"year": "2021"}).status_code == 302
    film.refresh_from_db()
    assert film.synopsis == "Mine."


def test_rows_are_melded_one_by_one(jane: Client, mina: Client) -> None:
    film, address = _film()
    for text, kind in (("혼자", "festival"), ("Alone", "english"), ("Aloners", "uk_release")):
        film.titles.create(text=text, language="en", kind=kind)
    first, second = opened(jane, address), opened(mina, address)
    new = {"titles-3-text": "Solitaires", "titles-3-language": "fr", "titles-3-kind": "festival"}
    jane.post(address, first | new | {"titles-0-text": "혼자 사는", "titles-2-DELETE": "on"})
    answer = mina.post(address, second | {"titles-1-text": "All Alone"})
    assert "Title “Solitaires”" in answer.content.decode()
    assert mina.post(address, sent_by(answer)).status_code == 302
    titles = sorted(film.titles.values_list("text", flat=True))
    assert titles == ["All Alone", "Solitaires", "혼자 사는"]


@pytest.mark.parametrize(
    ("choice", "mine", "stays"),
    [
        ("theirs", {"titles-0-text": "Mine"}, ["Hers"]),
        ("mine", {"titles-0-text": "Mine"}, ["Mine"]),
        ("mine", {"titles-0-DELETE": "on"}, []),
        ("theirs", {"titles-0-DELETE": "on"}, ["Hers"]),
    ],
)
def test_of_a_row_that_both_changed_one_version_is_chosen(
    jane: Client, mina: Client, choice: str, mine: dict[str, str], stays: list[str]
) -> None:
    film, address = _film()
    title = film.titles.create(text="Alone", language="en", kind="english")
    answer = _both_change(jane, mina, address, {"titles-0-text": "Hers"}, mine)
    form = sent_by(answer) | {f"stays-titles:{title.pk}": choice}
    assert mina.post(address, form).status_code == 302
    assert list(film.titles.values_list("text", flat=True)) == stays


@pytest.mark.parametrize(("choice", "stay"), [("theirs", ["Other"]), ("mine", ["Mine", "Other"])])
def test_a_row_that_a_colleague_deleted_and_i_changed_is_chosen(
    jane: Client, mina: Client, choice: str, stay: list[str]
) -> None:
    film, address = _film()
    title = film.titles.create(text="Alone", language="en", kind="english")
    film.titles.create(text="Other", language="en", kind="festival")
    mine = {"titles-0-text": "Mine"}
    answer = _both_change(jane, mina, address, {"titles-0-DELETE": "on"}, mine)
    (asked,) = answer.context["meanwhile"].choices
    assert asked.label == "Title “Mine”"
    assert [words for _, words in asked.versions()][1] == "Removed"
    assert "Text: Mine" in asked.mine
    unanswered = mina.post(address, sent_by(answer))
    assert "Choose which version stays" in unanswered.content.decode()
    wrong = sent_by(unanswered) | {f"stays-titles:{title.pk}": choice, "year": "x"}
    again = sent_by(mina.post(address, wrong)) | {"year": "2021"}
    assert mina.post(address, again).status_code == 302
    assert sorted(film.titles.values_list("text", flat=True)) == stay


def test_what_no_form_kept_of_a_deleted_row_breaks_nothing(jane: Client, mina: Client) -> None:
    film, address = _film()
    title = film.titles.create(text="Alone", language="en", kind="english")
    answer = _both_change(jane, mina, address, {"titles-0-DELETE": "on"}, {"titles-0-text": "Mine"})
    name, form = f"stays-titles:{title.pk}", sent_by(answer)
    for kept in ("", "{", "[]", '{"text": "x"}', '{"id": ["1"], "text": [1]}'):
        forged = form | {name: "mine", f"{name}-row": kept}
        with transaction.atomic():
            assert mina.post(address, forged).status_code in (200, 302), kept
            assert not film.titles.filter(text="Alone").exists(), kept
            transaction.set_rollback(True)


def test_of_a_row_the_columns_that_differ_are_named(jane: Client, mina: Client) -> None:
    film, address = _film()
    film.titles.create(text="Alone", language="en", kind="english")
    hers, mine = {"titles-0-text": "Hers"}, {"titles-0-kind": "festival"}
    answer = _both_change(jane, mina, address, hers, mine)
    (asked,) = answer.context["meanwhile"].choices
    assert asked.differ == ["Text", "Kind"]
    assert "(different: Text, Kind)" in answer.content.decode()


def test_of_a_long_body_the_lines_that_differ_are_shown(jane: Client, mina: Client) -> None:
    paragraphs = [f"<p>Paragraph {n}.</p>" for n in range(30)]
    article = make_draft(body="".join(paragraphs))
    address = f"/admin/reviews/review/{article.pk}/change/"
    hers, mine = [*paragraphs], [*paragraphs]
    hers[20], mine[20] = "<p>Hers.</p>", "<p>Mine.</p>"
    answer = _both_change(jane, mina, address, {"body": "".join(hers)}, {"body": "".join(mine)})
    (choice,) = answer.context["meanwhile"].choices
    assert [words for _, words in choice.versions()] == ["…\nMine.\n…", "…\nHers.\n…"]
    form = sent_by(answer) | {"stays-body": "theirs"}
    assert mina.post(address, form).status_code == 302
    article.refresh_from_db()
    assert "Hers." in article.body


def test_a_form_that_nobody_typed_into_differs_from_nothing(jane: Client, mina: Client) -> None:
    """Every kind of field: what a browser sends back is known for what it was filled with."""
    now = timezone.now()
    film = make_film(original=("혼자", "ko"))
    Image.objects.filter(pk=(picture := make_image()).pk).update(taken_at=now, expires_at=now)
    article = make_draft(body="<p>One.</p><p>Two.</p>", film=film, lead_image=picture, rating=7)
    Byline.objects.create(article=article, reviewer=make_reviewer("Second"), position=2)
    edition = make_edition()
    make_screening(film)
    for name, row, field in (
        ("film", film, "synopsis"),
        ("image", picture, "caption"),
        ("review", article, "verdict"),
        ("festivaledition", edition, "city"),
        ("reviewer", make_reviewer("Jane"), "bio"),
    ):
        address = f"/admin/reviews/{name}/{row.pk}/change/"
        answer = _both_change(jane, mina, address, {field: "Hers"}, {})
        assert answer.context["meanwhile"].choices == [], name
        assert sent_by(answer)[field] == "Hers"
        assert mina.post(address, sent_by(answer)).status_code == 302


def test_of_very_many_lines_all_from_the_first_to_the_last_that_differ_are_shown(
    jane: Client, mina: Client
) -> None:
    article = make_draft(body="<p>Once.</p><p>Twice.</p>")
    address = f"/admin/reviews/review/{article.pk}/change/"
    bodies = [["Once.", *some, "Twice."] for some in (["a", "b"] * 150, ["b", "a", "c"] * 100)]
    hers, mine = ["".join(f"<p>{line}</p>" for line in lines) for lines in bodies]
    answer = _both_change(jane, mina, address, {"body": hers}, {"body": mine})
    (choice,) = answer.context["meanwhile"].choices
    expected = ["\n".join(["…", *lines[1:-1], "…"]) for lines in reversed(bodies)]
    assert [words for _, words in choice.versions()] == expected
