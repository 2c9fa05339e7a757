"""The newsroom’s pages are HTML without an error, but for those that Django’s own parts bring."""

from pathlib import Path

import pytest
from django.test import Client

from tests.safety.addresses import Rows, patterns
from tests.safety.test_authorisation import client_of

from . import said_of

pytestmark = pytest.mark.django_db

# What Django 5.2 writes itself: the checker’s words, and where they point.
DJANGOS = {
    # AutocompleteSelect begins with an empty choice, or with none where a choice is required.
    "Element “option” without attribute “label” must not be empty.": 'value=""></option>',
    "A “select” element with a “required” attribute": "</select>",
    "The first “option” element in a “select” element with a “required” attribute": "<option",
    # The form of a login: the help of a password is a list, and a hash is shown in a <div>.
    "No “p” element in scope but a “p” end tag seen.": "</ul></p>",
    "Attribute “disabled” not allowed on element “div”": "<div",
}


def test_every_page_of_the_newsroom(tmp_path: Path) -> None:
    client, rows, pages = client_of("administrator"), Rows(), {}
    for route, _ in patterns():
        if not route.startswith("/admin/") or "logout" in route:
            continue
        answer = client.get(rows.address(route).path)
        if answer["Content-Type"].startswith("text/html") and answer.content:
            pages[route] = answer.content.decode()
    pages["/admin/login/"] = Client().get("/admin/login/").content.decode()
    assert len(pages) > 60
    ours = [line for line in said_of(pages, tmp_path).splitlines() if not _is_djangos(line)]
    assert not ours, "\n".join(ours)


def _is_djangos(line: str) -> bool:
    return any(words in line and part in line for words, part in DJANGOS.items())
