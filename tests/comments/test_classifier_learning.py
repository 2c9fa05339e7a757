"""The classifier learns from labels, forgets by learning again, and is kept as bytes."""

import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.spam import written
from comments.spam.classifier import REMEMBERED, Classifier, Unreadable, mixed
from comments.spam.features import Example, example
from comments.spam.remembered import NEARNESS_ADDS, NEARNESS_COUNTS, Label, Remembered

SPAM = ["Cheap boots at boots-shop.example, buy now", "Earn money from home, click my profile"]
HONEST = ["The last scene stayed with me.", "I saw it in Busan and the hall was silent."]
LABELS = [(text, True) for text in SPAM] + [(text, False) for text in HONEST]


def many(number: int) -> list[tuple[str, bool]]:
    random = Random(3)
    pieces = [word for text in SPAM + HONEST for word in text.split()]
    return [(" ".join(random.choices(pieces, k=6)), random.random() < 0.5) for _ in range(number)]


def test_without_seed_and_labels_it_does_not_know() -> None:
    assert Classifier(None).score("Anything at all") == 0.5


def test_it_learns_what_it_is_told() -> None:
    classifier = Classifier.of(LABELS * 3, None)
    assert all(classifier.is_spam(text) for text in SPAM)
    assert not any(classifier.is_spam(text) for text in HONEST)
    assert classifier.is_spam("Cheap hats at hats-shop.example, buy them now")


def _label(text: str, is_spam: bool) -> Label:
    return Label(example(text), is_spam, 0.0)


def test_a_text_leans_to_the_label_it_is_nearest_to() -> None:
    known = Remembered(_label(*label) for label in LABELS)
    assert known.leaning(example(SPAM[0])) == NEARNESS_ADDS
    assert known.leaning(example(HONEST[1])) == -NEARNESS_ADDS
    assert 0 < known.leaning(example("click here now")) < NEARNESS_ADDS


def test_a_text_leans_less_the_more_labels_are_of_one_kind() -> None:
    few, seen = [_label(*label) for label in LABELS], example("click here now")
    many_honest = Remembered([*few, *(_label(f"{HONEST[0]} {n}", False) for n in range(18))])
    assert 0 < many_honest.leaning(seen) < Remembered(few).leaning(seen) / 5


@pytest.mark.parametrize("is_spam", [True, False])
def test_labels_of_one_kind_alone_make_no_text_lean(is_spam: bool) -> None:
    known = Remembered(_label(text, is_spam) for text in SPAM)
    assert known.leaning(example(SPAM[0])) == 0


def _shape(seen: Example) -> set[int]:
    return {*seen.groups[1], *seen.groups[2]}


def test_how_near_labels_are_is_as_when_each_is_compared_and_none_replaced_counts() -> None:
    labels = [_label(*label) for label in many(90)]
    known = Remembered(labels[:40])
    for place, label in enumerate(labels[40:]):
        known.replace(place % 40, label)
    assert list(known) == labels[80:] + labels[50:80]
    for text, _ in many(5) + LABELS:
        seen = example(text)
        nearest = [0.0, 0.0]
        for label in known:
            both, either = _shape(seen) & _shape(label.seen), _shape(seen) | _shape(label.seen)
            nearest[label.is_spam] = max(nearest[label.is_spam], len(both) / len(either))
        spam = sum(label.is_spam for label in known)
        fewer, more = sorted((spam, len(known) - spam))
        apart = NEARNESS_COUNTS * fewer / more * (nearest[True] - nearest[False])
        assert known.leaning(seen) == max(-NEARNESS_ADDS, min(NEARNESS_ADDS, apart))


def test_labels_of_this_site_outweigh_the_seed() -> None:
    text = "Please subscribe to my channel"
    classifier = Classifier()
    assert classifier.score(text) > 0.9
    for _ in range(12):
        classifier.learn(text, is_spam=False)
    assert classifier.score(text) < 0.5


@pytest.mark.parametrize(
    ("labelled", "other"),
    [(False, "Please subscribe to my channel, http://videos.example/me"), (True, HONEST[0])],
)
def test_labels_of_one_kind_alone_do_not_make_everything_that_kind(
    labelled: bool, other: str
) -> None:
    labels = [(text, is_spam) for text, is_spam in written.texts() if is_spam is labelled]
    classifier = Classifier.of((labels * 3)[:400])
    assert classifier.is_spam(other) is not labelled


def test_the_same_labels_give_the_same_bits() -> None:
    labels = many(60)
    assert Classifier.of(labels).to_bytes() == Classifier.of(labels).to_bytes()


def test_a_corrected_label_is_as_if_it_had_never_been_learnt() -> None:
    labels = many(40)
    wrong = [*labels[:20], ("A thoughtful film", True), *labels[20:]]
    right = [*labels[:20], ("A thoughtful film", False), *labels[20:]]
    assert Classifier.of(wrong).to_bytes() != Classifier.of(right).to_bytes()
    without = [label for label in wrong if label[0] != "A thoughtful film"]
    assert Classifier.of(without).to_bytes() == Classifier.of(labels).to_bytes()


@settings(max_examples=15)
@given(st.lists(st.tuples(st.text(max_size=40), st.booleans()), max_size=8), st.booleans())
def test_what_is_kept_comes_back_bit_for_bit(labels: list[tuple[str, bool]], seeded: bool) -> None:
    classifier = Classifier.of(labels, "shipped" if seeded else None)
    back = Classifier.from_bytes(classifier.to_bytes())
    assert back.to_bytes() == classifier.to_bytes()
    for each in (classifier, back):
        each.learn("One more", True)
    assert back.to_bytes() == classifier.to_bytes()
    assert back.score("Another text") == classifier.score("Another text")


def test_learning_on_after_loading_is_learning_through() -> None:
    labels = many(REMEMBERED + 30)
    half = Classifier.from_bytes(Classifier.of(labels[:310], None).to_bytes())
    for text, is_spam in labels[310:]:
        half.learn(text, is_spam)
    assert half.to_bytes() == Classifier.of(labels, None).to_bytes()


def test_a_copy_learns_alone() -> None:
    classifier = Classifier.of(LABELS)
    before = classifier.to_bytes()
    copied = classifier.copy()
    copied.learn("Something else", True)
    assert classifier.to_bytes() == before
    classifier.learn("Something else", True)
    assert classifier.to_bytes() == copied.to_bytes()


def test_no_text_is_kept() -> None:
    kept = Classifier.of([("Zwetschgenknödel", True)]).to_bytes()
    assert b"zwetschgen" not in kept.lower()


@pytest.mark.parametrize("spoil", [b"", b"nonsense", b"comments.spam/1\n", b"comments.spam/2\nxyz"])
def test_what_is_no_classifier_is_refused(spoil: bytes) -> None:
    with pytest.raises(Unreadable):
        Classifier.from_bytes(spoil)


def test_a_damaged_classifier_is_refused() -> None:
    kept = Classifier.of(LABELS).to_bytes()
    for damaged in (kept[:-20], kept[:100] + b"\0\0\0" + kept[103:], kept[:40]):
        with pytest.raises(Unreadable):
            Classifier.from_bytes(damaged)


def test_weights_learnt_beside_another_seed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Classifier.of(LABELS).to_bytes()
    with pytest.raises(Unreadable, match="another seed"):
        Classifier.from_bytes(kept, None)
    monkeypatch.setattr("comments.spam.classifier.VERSION", 99)
    with pytest.raises(Unreadable, match="another way"):
        Classifier.from_bytes(kept)


@pytest.mark.parametrize("text", [None, b"Buy boots", 7, float("nan")])
def test_what_is_no_text_is_refused_in_words(text: Any) -> None:
    classifier = Classifier(None)
    for act in (classifier.score, classifier.explain, lambda it: classifier.learn(it, True)):
        with pytest.raises(TypeError, match="A text is a str, not "):
            act(text)


@pytest.mark.parametrize("label", [None, "0", "spam", 2])
def test_a_label_that_is_neither_true_nor_false_is_refused_and_teaches_nothing(label: Any) -> None:
    classifier = Classifier.of(LABELS, None)
    before = classifier.to_bytes()
    with pytest.raises(TypeError, match="True or False, not"):
        classifier.learn("Buy boots", label)
    assert classifier.to_bytes() == before


def test_labels_may_be_the_numbers_of_a_file() -> None:
    numbers: Any = [(text, int(is_spam)) for text, is_spam in LABELS]
    assert Classifier.of(numbers, None).to_bytes() == Classifier.of(LABELS, None).to_bytes()


@pytest.mark.parametrize("kept", ["text", None, 7])
def test_what_is_not_bytes_is_refused_in_words(kept: Any) -> None:
    with pytest.raises(TypeError, match="A saved classifier is bytes, not "):
        Classifier.from_bytes(kept)


def test_an_unknown_seed_is_refused_in_words() -> None:
    made: Any = Classifier
    with pytest.raises(TypeError, match="A seed is “shipped”, a Seed or None, not 'bayes'"):
        made("bayes")


@pytest.mark.parametrize(
    "text", ["", " \n", "word " * 20_000, "a" * 100_000, "http://a.example \ud800\udfff"]
)
def test_any_text_can_be_scored_learnt_and_explained(text: str) -> None:
    classifier = Classifier()
    classifier.learn(text, False)
    assert 0 <= classifier.score(text) < Classifier().score(text)
    assert Classifier.from_bytes(classifier.to_bytes()).score(text) == classifier.score(text)
    classifier.explain(text)


def test_it_needs_neither_settings_nor_a_database() -> None:
    script = (
        "import sys; from comments.spam.classifier import Classifier; c = Classifier();"
        "c.learn('x y z', True); c.explain('x'); Classifier.from_bytes(c.to_bytes());"
        "assert 'comments.models' not in sys.modules and 'django.db' not in sys.modules"
    )
    here = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script], cwd=here, env={}, check=True, timeout=60)


def test_labels_are_mixed_the_same_way_however_they_were_sorted() -> None:
    labels = many(60)
    spam_first = sorted(labels, key=lambda label: not label[1])
    order = mixed(spam_first)
    assert order == mixed(reversed(labels))
    assert sorted(order) == sorted(labels)
    half = [is_spam for _, is_spam in order[:30]]
    assert 5 < sum(half) < 25
