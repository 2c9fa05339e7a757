"""Two versions of a text show whoever chooses between them which words differ."""

import pytest

from reviews.admin import differences


def drawn(one: str, other: str) -> tuple[str, str]:
    """Both, with [brackets] around what differs."""
    first, second = differences.apart(one, other)
    for pieces, text in ((first, one), (second, other)):
        assert "".join(words for words, _ in pieces) == text
    return _bracketed(first), _bracketed(second)


def _bracketed(pieces: differences.Pieces) -> str:
    return "".join(f"[{words}]" if differs else words for words, differs in pieces)


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("She eats alone.", "She sits alone.", ("She [eats ]alone.", "She [sits ]alone.")),
        ("She eats.", "She eats.\nAlone.", ("She [eats.]", "She [eats.\nAlone.]")),
        ("One", "Another text", ("One", "Another text")),
        ("她一个人吃饭", "她两个人吃饭", ("她[一]个人吃饭", "她[两]个人吃饭")),
        ("혼자 사는 사람", "혼자 먹는 사람", ("혼자 [사는 ]사람", "혼자 [먹는 ]사람")),
        ("", "New", ("", "New")),
    ],
)
def test_what_differs_is_apart(one: str, other: str, shown: tuple[str, str]) -> None:
    assert drawn(one, other) == shown


def test_of_very_long_texts_all_is_shown_and_nothing_marked() -> None:
    long = "word " * differences.MOST
    assert differences.apart(long, f"{long}more") == ([(long, False)], [(f"{long}more", False)])
