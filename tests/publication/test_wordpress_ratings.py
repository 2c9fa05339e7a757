"""What stands alone in a paragraph of WordPress's as a rating, in half-stars of ours."""

import pytest

from reviews.wordpress import ratings


@pytest.mark.parametrize(
    ("words", "rating"),
    [
        ("★★★½☆", 7),
        ("½", 1),
        ("Rating: ★★★★★", 10),
        ("3.5/5", 7),
        ("3,5 / 5", 7),
        ("Our verdict – 7 out of 10", 7),
        ("70/100.", 7),
        ("2 out of 4 stars", 5),
        ("평점: 4/5", 8),
        ("0.5/5", 1),
        ("5/5", 10),
        ("0/5", None),
        ("6/5", None),
        ("3.7/5", None),
        ("2/3", None),
        ("3/0", None),
        ("0/0", None),
    ],
)
def test_a_line_that_says_nothing_else_is_a_rating(words: str, rating: int | None) -> None:
    found = ratings.of_a_line(words)
    assert found is not None
    assert ratings.half_stars(*found) == rating


@pytest.mark.parametrize("words", ["★★★½ and more", "9/11 was a day", "3.5", "Four of five", ""])
def test_any_other_line_is_none(words: str) -> None:
    assert ratings.of_a_line(words) is None


@pytest.mark.parametrize(
    ("given", "scale", "said"),
    [
        (3.5, 5, "★★★½☆"),
        (5, 5, "★★★★★"),
        (0.5, 5, "½☆☆☆☆"),
        (7, 10, "7/10"),
        (3.7, 5, "3.7/5"),
        (0, 5, "0/5"),
        (6, 5, "6/5"),
    ],
)
def test_a_rating_is_written_as_it_is_read(given: float, scale: float, said: str) -> None:
    assert ratings.line(given, scale) == said
    assert ratings.of_a_line(said) == (given, scale)
