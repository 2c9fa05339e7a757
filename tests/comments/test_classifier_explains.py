"""The classifier says why: the strongest features each way, and where they stand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from comments.spam import wording
from comments.spam.classifier import Classifier
from comments.spam.explanation import NEAREST, PAIR, STRONGEST, STRUCTURE, WORD, explain
from comments.spam.features import beginning_numbers, structure_number
from comments.spam.remembered import NEARNESS_ADDS

ADVERT = "Please ＳＵＢＳＣＲＩＢＥ to my chаnnel: http://videos.example/me (the film was good)"


def test_whole_words_come_first_with_their_places_in_the_text() -> None:
    found = Classifier().explain(ADVERT)
    first = found.for_spam[0]
    assert (first.kind, first.name) == (WORD, "subscribe")
    assert [ADVERT[span.start : span.end] for span in first.spans] == ["ＳＵＢＳＣＲＩＢＥ"]
    kinds = [reason.kind for reason in found.for_spam]
    assert kinds == sorted(kinds, key=[WORD, PAIR, STRUCTURE].index)


def test_at_most_five_each_way_and_each_on_its_side() -> None:
    found = Classifier().explain(ADVERT * 3)
    assert 0 < len(found.for_spam) <= STRONGEST
    assert len(found.against) <= STRONGEST
    assert all(reason.points > 0 for reason in found.for_spam)
    assert all(reason.points < 0 for reason in found.against)


def test_structure_is_named_in_words_and_shown() -> None:
    text = "http://a.example/x"
    classifier = Classifier.of([(text, True), ("Nothing to see.", False)] * 4, None)
    found = {reason.name: reason.spans for reason in classifier.explain(text).for_spam}
    assert [text[span.start : span.end] for span in found["links: 1"]] == [text]


def test_what_a_text_is_after_is_shown_at_its_words() -> None:
    text = "Deposit now: 赌场 and poker"
    classifier = Classifier.of([("casino", True), ("a quiet film", False)] * 5, None)
    found = {reason.name: reason.spans for reason in classifier.explain(text).for_spam}
    shown = [text[span.start : span.end] for span in found["gambling: more than once"]]
    assert shown == ["赌场", "poker"]


def test_each_place_that_links_lead_to_is_a_reason_of_its_own() -> None:
    text = "Loans: open.kakao.com/o/s8 and http://shop.weebly.com for boots"
    places = ("invitations to a chat", "free pages")
    heavy = {structure_number(f"leads to={place}") for place in places}
    found = {
        each.name: each.spans for each in explain(text, lambda number: number in heavy).for_spam
    }
    shown = {name: [text[start:end] for start, end in spans] for name, spans in found.items()}
    assert shown == {
        "leads to invitations to a chat": ["open.kakao.com/o/s8"],
        "leads to free pages": ["http://shop.weebly.com"],
    }


def test_what_was_learnt_here_is_explained() -> None:
    classifier = Classifier.of([("boots boots boots", True), ("a quiet film", False)] * 5, None)
    names = [reason.name for reason in classifier.explain("nice boots").for_spam]
    assert "boots" in names


def test_how_near_a_text_is_to_labels_is_explained() -> None:
    classifier = Classifier.of([("cheap boots", True), ("a quiet film", False)], None)
    (nearness,) = (
        reason for reason in classifier.explain("cheap boots").for_spam if reason.name == NEAREST
    )
    assert (nearness.kind, nearness.points, nearness.spans) == (STRUCTURE, NEARNESS_ADDS, ())
    assert NEAREST in wording.SAID
    assert not [why for why in Classifier().explain("cheap boots").for_spam if why.name == NEAREST]


def test_what_a_text_begins_with_is_explained_and_shown_whole() -> None:
    begins = beginning_numbers(["zo", "mir", "ka"])[3]
    found = explain("Zo mir, ka! Zo.", lambda number: float(number == begins))
    (reason,) = found.for_spam
    assert (reason.kind, reason.name, reason.spans) == (PAIR, "zo mir ka", ((0, 10),))


def test_a_text_without_anything_has_no_reasons_of_words() -> None:
    found = Classifier().explain("")
    assert all(reason.kind == STRUCTURE for reason in found.for_spam + found.against)


@settings(max_examples=50)
@given(st.text(max_size=120))
def test_every_place_is_inside_the_text(text: str) -> None:
    found = Classifier().explain(text)
    for reason in found.for_spam + found.against:
        for span in reason.spans:
            assert 0 <= span.start <= span.end <= len(text)
