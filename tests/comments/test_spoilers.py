"""What gives away a film stays folded, and out of every place that cannot fold."""

import pytest
from django.test import Client

from comments import plain_text
from comments.reading import rendering
from tests.factories import make_comment

OPENS = '<details class="spoiler"><summary lang="en-GB">Spoiler: press to read</summary>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Spoiler: she leaves.", f"{OPENS}<p>she leaves.</p></details>"),
        ("SPOILERS : she leaves.", f"{OPENS}<p>she leaves.</p></details>"),
        ("Spoiler:\nshe\nleaves.", f"{OPENS}<p>she<br>\nleaves.</p></details>"),
        ("Spoiler:\n\nshe leaves.\n\nGood.", f"{OPENS}<p>she leaves.</p></details>\n<p>Good.</p>"),
        ("스포일러: 떠난다.", f"{OPENS}<p>떠난다.</p></details>"),
        ("ネタバレ：去る。", f"{OPENS}<p>去る。</p></details>"),
        ("Spoiler: <b>", f"{OPENS}<p>&lt;b&gt;</p></details>"),
        ("No spoiler: I promise.", "<p>No spoiler: I promise.</p>"),
        ("Spoilers ahead.", "<p>Spoilers ahead.</p>"),
        ("Spoiler:", ""),
    ],
)
def test_a_paragraph_that_begins_with_the_word_is_folded(text: str, expected: str) -> None:
    assert rendering.comment_html(text) == expected


def test_moderators_see_it_unfolded() -> None:
    assert rendering.comment_html("Spoiler: x.", folded=False).startswith(
        '<details class="spoiler" open>'
    )


def test_places_that_cannot_fold_leave_it_out() -> None:
    text = "Fine.\n\nSpoiler: she leaves.\n\nSpoiler:\n\nHe too.\n\nSee it."
    said = plain_text.without_spoilers(text)
    assert said == "Fine.\n\n[spoiler]\n\n[spoiler]\n\nSee it."


@pytest.mark.django_db
def test_the_form_says_how_and_the_page_folds(client: Client) -> None:
    comment = make_comment(status="approved", text="Spoiler: she leaves.")
    page = client.get(comment.article.get_absolute_url()).content.decode()
    assert "A paragraph that begins with “Spoiler:” stays folded" in page
    assert f"{OPENS}<p>she leaves.</p></details>" in page
