"""The comments written for the seed, where the development data has none."""

from pathlib import Path
from random import Random

import pytest

from comments.spam import addresses, lists, scripts, written
from comments.spam.features import words_of


def test_a_filling_of_the_templates_gives_the_same_texts_every_time() -> None:
    texts = list(written.texts())
    assert texts == list(written.texts())
    assert texts != list(written.texts(1))
    assert sum(is_spam for _, is_spam in texts) > 100
    assert sum(not is_spam for _, is_spam in texts) > 400


def test_no_choice_or_name_is_left_in_a_text() -> None:
    for text, _ in written.texts():
        assert text
        assert "{" not in text
        assert "}" not in text
        assert "|" not in text


def test_a_list_may_hold_choices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("honest.txt", "spam.txt"):
        (tmp_path / name).write_text("$end = {was|is} good|bored me\nThe {film|end} $end\n")
    monkeypatch.setattr(written, "_FOLDER", tmp_path)
    written._read.cache_clear()
    made = {text.lower().rstrip(".") for text, is_spam in written.texts() if not is_spam}
    written._read.cache_clear()
    ends = ("was good", "is good", "bored me")
    assert made == {f"the {what} {end}" for what in ("film", "end") for end in ends}


def test_no_text_is_written_as_both_kinds() -> None:
    texts = {kind: {t for t, spam in written.texts() if spam is kind} for kind in (True, False)}
    assert not texts[True] & texts[False]


def test_no_film_that_readers_talk_of_is_named_by_spam() -> None:
    spam = " ".join(text for text, is_spam in written.texts() if is_spam).casefold()
    assert not [name for name in ("parasite", "oldboy", "wailing", "barbie") if name in spam]


def test_a_cited_source_leads_to_a_known_place() -> None:
    kinds = set()
    for number in range(40):
        address = written.source(Random(number))
        found = addresses.links(address) or addresses.bare(address)
        assert found
        kinds |= {signal for signal in addresses.signals(found, 99) if "leads to" in signal}
    assert "leads to=an unknown place" not in kinds


@pytest.mark.parametrize("name", ["kinds.txt", "hosts.txt"])
def test_every_entry_of_a_list_has_a_kind_and_is_in_small_letters(name: str) -> None:
    for entry, kind in lists.read(name).items():
        assert kind
        assert entry == entry.lower()


def test_every_entry_of_kinds_is_a_word_as_texts_are_read() -> None:
    for entry in lists.read("kinds.txt"):
        word = scripts.fold(entry.removesuffix("*"))
        assert words_of(word) == [word]
