"""Two people press “Save” in the same moment: one is saved, the other is told."""

from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from reviews.admin.meanwhile import NothingOverwritten
from tests.at_once import People
from tests.factories import make_film
from tests.opened import opened
from tests.safety.people import client_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_presses_in_one_moment_one_is_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    film = make_film()
    address = f"/admin/reviews/film/{film.pk}/change/"
    people = [client_of("editor") for _ in range(2)]
    forms = [opened(client, address) for client in people]
    together, hold = Barrier(2), NothingOverwritten._held

    def held(desk: Any, *args: Any) -> Any:
        if connection.vendor == "postgresql":  # SQLite's second writer waits at BEGIN
            together.wait(20)
        return hold(desk, *args)

    monkeypatch.setattr(NothingOverwritten, "_held", held)

    def press(client: Client, data: dict[str, Any], n: int) -> int:
        return client.post(address, data | {"synopsis": f"Words {n}"}).status_code

    with People(2) as pool:
        answers = list(pool.map(press, people, forms, [0, 1]))
    assert sorted(answers) == [200, 302]
    film.refresh_from_db()
    assert film.synopsis == f"Words {answers.index(302)}"
