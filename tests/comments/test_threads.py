"""Rows into a thread."""

from hypothesis import given
from hypothesis import strategies as st

from comments.models import Comment
from comments.reading import threads
from comments.reading.threads import DEEPEST_SHOWN, Place

Status = Comment.Status


def row(pk: int, parent: int | None = None, status: str = "approved") -> Comment:
    return Comment(pk=pk, parent_id=parent, status=status, author_name=f"Reader {pk}")


def shape(places: tuple[Place, ...]) -> list[tuple[int, int]]:
    return [(place.comment.pk, place.level) for place in places]


def nested(places: tuple[Place, ...]) -> str:
    """The lists as the template writes them: brackets for lists, `(n` and `)` for items."""
    out = ""
    for place in places:
        out += "[" * place.opens + f"({place.comment.pk}"
        out += "" if place.holds_replies else ")"
        for level in place.closes:
            out += "]" + (")" if level else "")
    return out


def test_replies_follow_what_they_answer_oldest_first() -> None:
    thread = threads.build([row(1), row(2), row(3, 1), row(4, 2), row(5, 1)])
    assert shape(thread.places) == [(1, 1), (3, 2), (5, 2), (2, 1), (4, 2)]
    assert nested(thread.places) == "[(1[(3)(5)])(2[(4)])]"
    assert thread.replies == 5
    assert not any(place.more for place in thread.places)


def test_a_ten_level_thread_is_shown_to_depth_four_and_names_parents_below() -> None:
    thread = threads.build([row(1), *(row(pk, pk - 1) for pk in range(2, 11))])
    assert [place.level for place in thread.places] == [1, 2, 3, 4, 4, 4, 4, 4, 4, 4]
    assert [place.answers and place.answers.pk for place in thread.places] == [
        *[None] * 4,
        *range(4, 10),
    ]
    assert nested(thread.places) == "[(1[(2[(3[(4)(5)(6)(7)(8)(9)(10)])])])]"


def test_ten_thousand_levels_are_only_a_long_list() -> None:
    deep = [row(1), *(row(pk, pk - 1) for pk in range(2, 10_001))]
    assert len(threads.build(deep).places) == 10_000


def test_a_removed_comment_keeps_its_place_while_somebody_answers_it() -> None:
    rows = [row(1, status="rejected"), row(2, 1, "spam"), row(3, 2), row(4, status="rejected")]
    rows.append(row(5, 4, "pending"))
    thread = threads.build(rows)
    assert [(p.comment.pk, p.removed) for p in thread.places] == [(1, True), (2, True), (3, False)]
    assert thread.replies == 1


def test_a_waiting_comment_is_shown_to_whom_it_is_for() -> None:
    rows = [row(1), row(2, 1, "pending"), row(3, 1, "pending")]
    thread = threads.build(rows, shown={2})
    assert shape(thread.places) == [(1, 1), (2, 2)]
    assert thread.replies == 1


def test_nothing_makes_an_empty_thread() -> None:
    assert threads.build([]).places == ()


@st.composite
def forests(draw: st.DrawFn) -> list[Comment]:
    """Rows oldest first; keys in any order, parents among the older ones or unknown."""
    pks = draw(st.lists(st.integers(1, 10**6), unique=True, max_size=30))
    return [
        row(
            pk,
            draw(st.sampled_from([None, 10**7, *pks[:number]])),
            draw(st.sampled_from(list(Status))),
        )
        for number, pk in enumerate(pks)
    ]


@given(forests())
def test_every_approved_comment_stands_exactly_once(rows: list[Comment]) -> None:
    thread = threads.build(rows)
    shown = [place.comment.pk for place in thread.places if not place.removed]
    assert sorted(shown) == sorted(comment.pk for comment in rows if comment.is_approved())
    assert len({place.comment.pk for place in thread.places}) == len(thread.places)
    assert thread.replies == len(shown)


@given(forests())
def test_with_all_shown_every_comment_stands_exactly_once(rows: list[Comment]) -> None:
    everything = {comment.pk for comment in rows}
    places = threads.build(rows, shown=everything).places
    assert sorted(place.comment.pk for place in places) == sorted(everything)
    assert all(1 <= place.level <= DEEPEST_SHOWN for place in places)


@given(forests())
def test_lists_are_well_nested(rows: list[Comment]) -> None:
    written = nested(threads.build(rows).places)
    brackets = "".join(char for char in written if char in "[]()")
    while "()" in brackets or "[]" in brackets:
        brackets = brackets.replace("()", "").replace("[]", "")
    assert brackets == ""
