"""Stylesheets are collected without what only those who write them read."""

from pathlib import Path

import pytest
from django.conf import settings

from publication.static_files import without_comments


@pytest.mark.parametrize(
    ("written", "collected"),
    [
        ("/* Why. */\n\na { color: red; }\n", "a{color: red;}"),
        ("a {\n  color: red; /* it's “;” */\n}\n/**/\nb c { }", "a{color: red;}b c{}"),
        ("a /* and */ b > c { margin: 0 auto }", "a b > c{margin: 0 auto}"),
        ("/* one **/ a { } /* two */ b { }", "a{}b{}"),
        (
            """a::after { content: "/* {  } */" '; \\' ;' }""",
            """a::after{content: "/* {  } */" '; \\' ;'}""",
        ),
        ("a { background: url(data:x;/*;y) }", "a{background: url(data:x;/*;y)}"),
        ('a { background: url("a ) ; b") }', 'a{background: url("a ) ; b")}'),
        ("/*! Licence: MIT */ /* not this */ a { }", "/*! Licence: MIT */ a{}"),
        ("p { width: calc(1rem + 2px); --said: a,  b }", "p{width: calc(1rem + 2px);--said: a, b}"),
    ],
)
def test_comments_and_lines_are_left_out_and_nothing_else(written: str, collected: str) -> None:
    assert without_comments(written) == collected
    assert without_comments(collected) == collected


def test_ours_is_a_ninth_shorter() -> None:
    css = (Path(settings.BASE_DIR) / "static/css/site.css").read_text()
    assert len(without_comments(css)) < 0.9 * len(css)
