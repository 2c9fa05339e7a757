"""Who may do what: every address of the site, asked and posted to as everybody.

`authorisation.txt` says what each is answered. Rows may have been written down
from what the site answered: the test keeps them as they are, and people have to read whether they
are right. A new address fails until it has a row, and a row until its address is gone.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from .addresses import Rows, patterns
from .people import PEOPLE, client_of

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("authorisation.txt")

# What an answer means, in the words of the table.
LOGIN, ELSEWHERE, REFUSED, ABSENT, WRONG_METHOD, DONE = "login", "on", "no", "404", "405", "yes"


def expected() -> dict[str, list[str]]:
    """By route: for each of PEOPLE “GET/POST”."""
    rows = (line.split() for line in TABLE.read_text().splitlines() if line[:1] == "/")
    return {row[0]: row[1:] for row in rows}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {route for route, _ in patterns()} == set(expected())
    assert all(len(cells) == len(PEOPLE) for cells in expected().values())


def answer(client: Client, method: str, path: str) -> str:
    with transaction.atomic():
        headers = {"sec-fetch-site": "same-origin"}
        response = getattr(client, method)(path, headers=headers)
        transaction.set_rollback(True)  # nobody's press changes what the next one finds
    if 300 <= response.status_code < 400:
        return LOGIN if response["Location"].startswith("/admin/login/") else ELSEWHERE
    told = {403: REFUSED, 404: ABSENT, 405: WRONG_METHOD}
    return told.get(response.status_code, DONE if response.status_code < 500 else "broken")


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_is_answered_as_the_table_says(person: str) -> None:
    rows, client, wrong = Rows(), client_of(person), []
    session = client.cookies.get("sessionid")
    for route, cells in expected().items():
        path = rows.address(route).path
        if session:
            client.cookies["sessionid"] = session.value  # logging out was one of the addresses
        told = f"{answer(client, 'get', path)}/{answer(client, 'post', path)}"
        if told != cells[PEOPLE.index(person)]:
            wrong.append(f"{route}: {cells[PEOPLE.index(person)]} is said, {told} was answered")
    assert not wrong, "\n".join(wrong)
