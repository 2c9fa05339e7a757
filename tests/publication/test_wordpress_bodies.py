"""The text of a piece as it came from WordPress: blocks, shortcodes and bare lines become what the
editor could have made, and what has no place here is named."""

from pathlib import Path

import pytest

from reviews.models import Article, Film
from tests.wordpress import bring_in, post

pytestmark = pytest.mark.django_db


def the_one() -> Article:
    return Article.objects.get()


def test_classic_text_has_its_paragraphs(tmp_path: Path) -> None:
    text = (
        "First line\nsecond line\n\n<strong>Next</strong> one&nbsp;here &#8217; too\n\n"
        "https://www.youtube.com/watch?v=x\n\n[youtube https://youtu.be/y&amp;w=320]\n\n"
        "Rating: 4/5\n\n<ul>\n<li>One</li>\n</ul>\n[sic] stays\n<blockquote>Said.</blockquote>"
    )
    bring_in(tmp_path, post(7, content=text))
    body = the_one().body
    assert "<p>First line<br>second line</p>" in body
    assert "<p><strong>Next</strong> one&nbsp;here ’ too</p>" in body
    assert '<p><a href="https://www.youtube.com/watch?v=x"' in body
    assert "https://youtu.be/y" in body
    assert "<ul><li><p>One</p></li></ul>" in body
    assert "<p>[sic] stays</p>" in body
    assert "<blockquote><p>Said.</p></blockquote>" in body
    assert "Rating" not in body
    assert the_one().rating == 8


@pytest.mark.parametrize("words", ["Rating: 7.3/10", "Score: B+", "Rating: 83/100"])
def test_a_rating_that_is_not_understood_stays_in_the_text(words: str, tmp_path: Path) -> None:
    said = bring_in(tmp_path, post(7, content=f"Words.\n\n{words}"))
    piece = the_one()
    assert (piece.rating, piece.unrated) == (None, True)
    assert words in piece.body
    assert "Ratings that were not understood" in said


def test_footnotes_stand_at_the_end(tmp_path: Path) -> None:
    text = (
        '<!-- wp:paragraph --><p>Said<sup data-fn="a1" class="fn"><a href="#a1">1</a></sup>.</p>'
        "<!-- /wp:paragraph -->\n<!-- wp:footnotes /-->"
    )
    notes = '[{"content":"In an <em>interview</em>.","id":"a1"}]'
    bring_in(tmp_path, post(7, content=text, meta={"footnotes": notes}))
    assert "<p>Said[1].</p>" in the_one().body
    assert "<p>1. In an <em>interview</em>.</p>" in the_one().body


def test_what_leads_to_a_note_is_not_run_into_the_word_before_it(tmp_path: Path) -> None:
    text = '<p>Week<sup><a href="#n1">1</a></sup> of the 20<sup>th</sup>.</p><p>1. Seven days.</p>'
    bring_in(tmp_path, post(7, content=text))
    assert the_one().body == "<p>Week[1] of the 20th.</p>\n<p>1. Seven days.</p>"


def test_links_to_files_of_the_former_site_are_named(tmp_path: Path) -> None:
    file = "https://reel.files.wordpress.com/2019/05/press.pdf"
    text = f'<p><a href="{file}">Press kit</a></p>'
    said = bring_in(tmp_path, post(7, content=text))
    assert f"{file} in “Film Review: Aloners (2021)”" in said
    assert f'href="{file}"' in the_one().body


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('"Parasite" isn\'t "<em>just</em>" it', "“Parasite” isn’t “<em>just</em>” it"),
        ("One -- two--three... the '90s", "One — two–three… the ’90s"),
        ("She said (\"so\"), 'no'", "She said (“so”), ‘no’"),
        ('<a href="https://a.example/x--y">"x"</a>', '<a href="https://a.example/x--y">“x”</a>'),
        ('"그는 말했다"', "“그는 말했다”"),
    ],
)
def test_quotation_marks_are_shown_as_readers_saw_them(
    typed: str, shown: str, tmp_path: Path
) -> None:
    bring_in(tmp_path, post(7, '"Aloners" (2021)', content=typed))
    assert shown in the_one().body
    assert the_one().headline == "“Aloners” (2021)"
    assert Film.objects.get().title == "Aloners"
