"""A film's people are typed as press notes have them, and stand in its list when it is saved."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from reviews.admin.typed_credits import Line, read
from reviews.finding import index
from reviews.models import Credit, Film, Person
from tests.factories import make_article, make_film, make_person
from tests.opened import just_opened
from tests.reviews.desk import errors
from tests.reviews.test_admin_films import ADD, film_data
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db

D, W, C = Credit.Role.DIRECTOR, Credit.Role.WRITER, Credit.Role.CAST
NOTES = """Director/Writer: Hong Sung-eun
Cast: Gong Seung-yeon (Jina), Jung Da-eun (Su-jin, the new girl) and Seo Hyun-woo
Music: Agnès Varda & Yeo-jeong Kim"""


def billed(film: Film) -> list[tuple[str, str, str]]:
    return [(each.person.name, each.role, each.character) for each in film.credits.all()]


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("Director: A B", [Line("A B", (D,), "")]),
        ("directed by: A B;", [Line("A B", (D,), "")]),
        ("Writer and director: A B", [Line("A B", (W, D), "")]),
        ("Cast:\nA B (The Doctor: a man)\n\nC D as E", [
            Line("A B", (C,), "The Doctor: a man"), Line("C D", (C,), "E"),
        ]),
        ("Cast: A (B, C and D), E & F", [
            Line("A", (C,), "B, C and D"), Line("E", (C,), ""), Line("F", (C,), ""),
        ]),
        ("DIRECTED BY A B\nCAST\nC-D E – F\nG ..... H, I\tJ\nEditor - K L", [
            Line("A B", (D,), ""), Line("C-D E", (C,), "F"), Line("G", (C,), "H"),
            Line("I", (C,), "J"), Line("K L", (Credit.Role.EDITOR,), ""),
        ]),
        ("Cast:", []),
        ("", []),
    ],
)  # fmt: skip
def test_lines_are_read_as_press_notes_have_them(typed: str, lines: list[Line]) -> None:
    assert read(typed) == lines


def test_who_is_not_here_is_added_and_all_are_credited_in_their_order(
    editor_client: Client,
) -> None:
    there = make_person("Gong Seung-yeon")
    assert editor_client.post(ADD, film_data(typed_credits=NOTES)).status_code == 302
    film = Film.objects.get()
    assert billed(film) == [
        ("Hong Sung-eun", "director", ""),
        ("Hong Sung-eun", "writer", ""),
        ("Gong Seung-yeon", "cast", "Jina"),
        ("Jung Da-eun", "cast", "Su-jin, the new girl"),
        ("Seo Hyun-woo", "cast", ""),
        ("Agnès Varda", "composer", ""),
        ("Yeo-jeong Kim", "composer", ""),
    ]
    assert film.cast()[0] == there
    added = LogEntry.objects.filter(content_type__model="person", change_message='[{"added": {}}]')
    assert added.count() == 5
    assert Person.objects.filter(slug="agnes-varda", sort_name="Agnès Varda").exists()
    assert (
        "Added credit Hong Sung-eun, director."
        in LogEntry.objects.latest("pk").get_change_message()
    )


def test_they_come_after_those_who_are_there_and_nobody_twice(editor_client: Client) -> None:
    film, one = make_film(), make_person("Somebody")
    row = film.credits.create(person=one, role="cast", position=7)
    address = f"/admin/reviews/film/{film.pk}/change/"
    typed = "Cast: Somebody, Another Face"
    data = film_data(people=[(one.pk, "cast", row.pk)], slug=film.slug, typed_credits=typed)
    data |= {"credits-0-position": 7}
    assert (
        editor_client.post(address, data | just_opened(address, editor_client)).status_code == 302
    )
    assert [(each.person.name, each.position) for each in film.credits.all()] == [
        ("Somebody", 7),
        ("Another Face", 8),
    ]


def test_one_who_is_named_twice_is_one(editor_client: Client) -> None:
    typed = "Director: AGNÈS VARDA\nWriter: Agnès Varda"
    assert editor_client.post(ADD, film_data(typed_credits=typed)).status_code == 302
    assert [role for _, role, _ in billed(Film.objects.get())] == ["director", "writer"]
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Gaffer: A B", "“Gaffer” is not a role here. The roles are: Director, Writer, Cast,"),
        ("A B, C D", "Begin with a role and a colon, such as “Director: A B, C D”."),
        ("Director: A B (C)", "“A B (C)”: only cast play somebody. Write the name alone."),
        ("Cast: " + "A" * 121, "A: 120 characters at most, and this has 121: shorten it."),
        (
            "Cast: A (" + "B" * 121 + ")",
            "B: 120 characters at most, and this has 121: shorten it.",
        ),
        ("Cast: Kim Min-hee", "Several people here are called Kim Min-hee"),
        ("Cast:" + " A B," * 100, "101 people: type 100 at most, save, then the others."),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_is_saved(
    editor_client: Client, typed: str, said: str
) -> None:
    make_person("Kim Min-hee", slug="one")
    make_person("Kim Min-hee", slug="two")
    response = editor_client.post(ADD, film_data(typed_credits=f"{typed}\nWriter: New Face"))
    assert said in " ".join(errors(response)["typed_credits"])
    assert f"{typed}\nWriter: New Face" in response.content.decode()
    assert not Film.objects.exists()
    assert not Person.objects.filter(name="New Face").exists()


@pytest.mark.parametrize("almost", ["Agnes Varda", "Varda Agnès", "Agnès Verda"])
def test_who_is_written_almost_as_somebody_here_is_asked_about(
    editor_client: Client, almost: str
) -> None:
    make_person("Agnès Varda")
    index.read_next()
    data = film_data(typed_credits=f"Director: {almost}")
    response = editor_client.post(ADD, data)
    (said,) = errors(response)["are_others"]
    assert said.startswith(f"{almost} looks like Agnès Varda, who is here already.")
    assert '<input type="checkbox" name="are_others"' in response.content.decode()
    assert not Film.objects.exists()
    assert editor_client.post(ADD, data | {"are_others": "on"}).status_code == 302
    assert Film.objects.get().directors()[0].name == almost


def test_two_who_are_typed_almost_alike_are_asked_about(editor_client: Client) -> None:
    typed = "Director: Hong Sung-eun\nWriter: Hong Seung-eun\nCast: Gong Seung-yeon, Kim Min-hee"
    data = film_data(typed_credits=typed)
    (said,) = errors(editor_client.post(ADD, data))["are_others"]
    assert said.startswith("Hong Seung-eun looks like Hong Sung-eun, whom you typed before")
    assert not Film.objects.exists()
    assert editor_client.post(ADD, data | {"are_others": "on"}).status_code == 302
    assert Person.objects.count() == 4


def test_who_may_not_change_the_film_types_nobody_into_it() -> None:
    film, contributor_client = make_film(), client_of("contributor")
    address = f"/admin/reviews/film/{film.pk}/change/"
    assert 'name="typed_credits"' in contributor_client.get(address).content.decode()
    make_article(film=film)
    assert "typed_credits" not in contributor_client.get(address).content.decode()
