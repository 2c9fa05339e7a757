"""An admin's form as a browser opened it: what it would send when nothing is typed."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from tests.safety.people import client_of


def opened(client: Client, address: str) -> dict[str, Any]:
    """The values of every control of the page's own form, by name."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return sent_by(response)


def sent_by(response: Any) -> dict[str, Any]:
    """What the page's own form would send, as it came: a refused one, too."""
    page = _Controls()
    page.feed(response.content.decode())
    page.close()
    assert page.forms == 1, page.forms
    said: dict[str, Any] = {}
    for name, value in page.said:
        said.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in said.items()}


def just_opened(address: str, client: Client | None = None) -> dict[str, str]:
    """What a form opened now remembers of its row, for tests that write the rest themselves."""
    form = (client or client_of("administrator")).get(address).context["adminform"].form
    return {"as_opened": form["as_opened"].value()}


class _Controls(HTMLParser):
    """Reads the page’s own form. Whether tags are closed where they must be, tests/nu sees to."""

    def __init__(self) -> None:
        super().__init__()
        self.forms = 0
        self.said: list[tuple[str, str]] = []
        self._inside = False
        self._named = ""  # the list or the text that is open, if it is sent
        self._text: list[str] | None = None
        self._options: list[tuple[str, bool]] = []
        self._several = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._inside = has.get("id", "").endswith(("_form", "changelist-form"))
            self.forms += self._inside
        elif not self._inside:
            return
        elif tag == "option":
            self._options.append((has.get("value", ""), "selected" in has))
        elif tag in ("input", "select", "textarea"):
            name = has.get("name", "")
            sent = "__prefix__" not in name and "disabled" not in has
            self._open(tag, name if sent else "", has)

    def _open(self, tag: str, name: str, has: dict[str, str]) -> None:
        if tag != "input":
            self._named, self._several = name, "multiple" in has
            self._options, self._text = [], []
        elif name and (kind := has.get("type", "")) not in ("submit", "file", "button"):
            ticked = kind in ("checkbox", "radio")
            if not ticked or "checked" in has:
                self.said.append((name, has.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag in ("select", "textarea") and self._inside:
            if self._named and tag == "textarea":
                self.said.append((self._named, "".join(self._text or ()).removeprefix("\n")))
            elif self._named:
                self.said += [(self._named, value) for value in self._chosen()]
            self._named, self._text = "", None

    def _chosen(self) -> list[str]:
        marked = [value for value, selected in self._options if selected]
        return marked or ([] if self._several else [value for value, _ in self._options[:1]])
