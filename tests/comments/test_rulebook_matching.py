"""Listed phrases are found as whole words in any script, and quoted as they were written."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments import plain_text
from comments.spam import phrases


def found(phrase: str, text: str) -> tuple[str, ...]:
    words = plain_text.fold(phrase)
    spans = phrases.find([words], phrases.fold(text)).get(words, [])
    return phrases.as_written(text, spans)


@pytest.mark.parametrize(
    ("phrase", "text", "quotes"),
    [
        ("casino", "The best CASINO, online", ("CASINO",)),
        ("casino", "casinos", ()),
        ("casino", "a casino_online", ("casino",)),
        ("casino*", "Casinos and casinobest", ("Casinos", "casinobest")),
        ("c*o", "casino, cat no", ("casino",)),
        ("cheap flights", "Cheap\n  flights!", ("Cheap", "flights")),
        ("casino", "ｃａｓｉｎｏ", ("ｃａｓｉｎｏ",)),
        ("casino", "cas\u200bino now", ("cas\u200bino",)),
        ("c++", "I like C++.", ("C++",)),
        ("strasse", "Die Straße", ("Straße",)),
        ("ca", "café", ()),
        ("cafe\u0301", "im Café", ("Café",)),
        ("카지노", "온라인카지노를 추천", ("카지노",)),
        ("viagra", "viagra를", ("viagra",)),
        ("賭場", "網上賭場推薦", ("賭場",)),
        ("カジノ", "ｵﾝﾗｲﾝｶｼﾞﾉで", ("ｵﾝﾗｲﾝｶｼﾞﾉで",)),
        ("คาสิโน", "เว็บคาสิโนออนไลน์", ("คาสิโน",)),
        ("казино", "Казино и казиношка", ("Казино",)),
        ("हिन्द", "हिन्दी", ()),
        (".*", "anything", ()),
        ("a[b", "a[b", ("a[b",)),
    ],
)
def test_a_phrase_is_found_as_whole_words(phrase: str, text: str, quotes: tuple[str, ...]) -> None:
    assert found(phrase, text) == quotes


@given(st.text(max_size=60))
def test_a_folded_text_always_leads_back_to_what_was_written(text: str) -> None:
    folded = phrases.fold(text)
    for place, letter in enumerate(folded):
        if not letter.isspace():
            assert phrases.as_written(text, [(place, place + 1)])


def by_itself(phrase: str) -> re.Pattern[str]:
    """One phrase as one regular expression: what a whole list has to agree with."""
    inside = [bool(phrases._IN_A_WORD.match(end)) for end in (phrase[0], phrase[-1])]
    words = phrases._REST.join(map(re.escape, phrase.split("*")))
    return re.compile(phrases._BEGINS * inside[0] + words + phrases._ENDS * inside[1])


LETTERS = st.sampled_from("ab+カ ก\u0301")


@settings(max_examples=60)
@given(
    st.lists(st.text(st.one_of(LETTERS, st.just("*")), min_size=1, max_size=6), max_size=8),
    st.text(LETTERS, max_size=40),
)
def test_a_list_finds_what_each_of_its_phrases_would(listed: list[str], text: str) -> None:
    listed = list(filter(None, map(plain_text.fold, listed)))
    folded = phrases.fold(text)
    found = phrases.find(listed, folded)
    assert set(found) == {phrase for phrase in listed if by_itself(phrase).search(folded)}
    for phrase, spans in found.items():
        for start, end in spans:
            match = by_itself(phrase).match(folded, start)
            assert match
            assert match.end() == end


def test_of_a_text_full_of_listed_phrases_some_are_named() -> None:
    words = [f"w{number}" for number in range(60)]
    assert len(phrases.find(words, " ".join(words))) == phrases.MOST_PLACES


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_folded_as_any_other(text: str) -> None:
    """The letter that is added is no ASCII, and goes the long way."""
    for fold in (plain_text.fold, phrases.fold):
        assert f"{fold(text)} ж".lstrip() == fold(f"{text} Ж")
