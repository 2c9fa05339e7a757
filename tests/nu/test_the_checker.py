"""A check that cannot fail is none: the checker finds what is wrong, and says on which page."""

from pathlib import Path

from . import said_of

GOOD = "<!doctype html><html lang=en><title>A page</title><h1>A page</h1></html>"


def test_it_finds_an_error_and_says_where(tmp_path: Path) -> None:
    bad = GOOD.replace("<h1>", "<p><ul><li>One</ul></p><a href=/><button>B</button></a><h1>")
    said = said_of({"/good/": GOOD, "/bad/": bad}, tmp_path).splitlines()
    assert len(said) == 2
    assert all(line.startswith("/bad/: ") for line in said)
    assert "“button” must not appear as a descendant of the “a” element" in said[1]
