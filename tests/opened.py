"""An admin's form as a browser opened it: what it would send when nothing is typed."""

from collections.abc import Iterator
from typing import Any

import html5lib
from django.test import Client

from tests.safety.people import client_of


def opened(client: Client, address: str) -> dict[str, Any]:
    """The values of every control of the page's own form, by name."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return sent_by(response)


def sent_by(response: Any) -> dict[str, Any]:
    """What the page's own form would send, as it came: a refused one, too."""
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    (form,) = (
        each
        for each in page.iter("form")
        if each.get("id", "").endswith(("_form", "changelist-form"))
    )
    said: dict[str, Any] = {}
    for name, value in _values(form):
        said.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in said.items()}


def just_opened(address: str, client: Client | None = None) -> dict[str, str]:
    """What a form opened now remembers of its row, for tests that write the rest themselves."""
    form = (client or client_of("administrator")).get(address).context["adminform"].form
    return {"as_opened": form["as_opened"].value()}


def _values(form: Any) -> Iterator[tuple[str, str]]:
    for control in form.iter():
        name, kind = control.get("name"), control.get("type", "")
        if not name or "__prefix__" in name or control.get("disabled") is not None:
            continue
        if control.tag == "textarea":
            yield name, (control.text or "").removeprefix("\n")
        elif control.tag == "select":
            yield from ((name, each.get("value", "")) for each in _chosen(control))
        elif control.tag == "input" and kind not in ("submit", "file", "button"):
            ticked = kind in ("checkbox", "radio")
            if not ticked or control.get("checked") is not None:
                yield name, control.get("value", "on" if kind == "checkbox" else "")


def _chosen(select: Any) -> list[Any]:
    options = list(select.iter("option"))
    marked = [option for option in options if option.get("selected") is not None]
    return marked or ([] if select.get("multiple") is not None else options[:1])
