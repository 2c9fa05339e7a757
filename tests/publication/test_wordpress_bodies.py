"""The text of a piece as it came from WordPress: blocks, shortcodes and bare lines become what the
editor could have made, and what has no place here is named."""

from pathlib import Path

import pytest

from reviews.models import Article, Film
from tests.wordpress import UPLOADS, bring_in, post

pytestmark = pytest.mark.django_db


def the_one() -> Article:
    return Article.objects.get()


def test_classic_text_has_its_paragraphs(tmp_path: Path) -> None:
    text = (
        "First line\nsecond line\n\n<strong>Next</strong> one&nbsp;here &#8217; too\n\n"
        "https://www.youtube.com/watch?v=x\n\n[youtube https://youtu.be/y&amp;w=320]\n\n"
        "Rating: 4/5\n\n<ul>\n<li>One</li>\n<li></li></ul>\n<ul><li></li></ul>\n"
        "[sic] stays\n<blockquote>Said.</blockquote>"
    )
    bring_in(tmp_path, post(7, content=text))
    body = the_one().body
    assert "<p>First line<br>second line</p>" in body
    assert "<p><strong>Next</strong> one&nbsp;here ’ too</p>" in body
    assert '<p><a href="https://www.youtube.com/watch?v=x"' in body
    assert "https://youtu.be/y" in body
    assert "<ul><li><p>One</p></li></ul>" in body
    assert body.count("<ul>") == 1
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


def test_what_is_raised_above_a_word_is_not_run_into_it(tmp_path: Path) -> None:
    text = (
        '<p>Week<sup><a href="#n1">1</a></sup> of the 20<sup>th</sup>.</p><p>1. Seven days.</p>'
        "<p><ruby>東京<rt>とうきょう</rt></ruby>, "
        "<ruby>風<rp>(</rp><rt>かぜ</rt><rp>)</rp></ruby></p>"
    )
    bring_in(tmp_path, post(7, content=text))
    assert the_one().body == (
        "<p>Week[1] of the 20th.</p>\n<p>1. Seven days.</p>\n<p>東京（とうきょう）, 風(かぜ)</p>"
    )


def test_links_to_files_of_the_former_site_are_named(tmp_path: Path) -> None:
    kit, film = f"{UPLOADS}/press.pdf", f"{UPLOADS}/trailer.mp4"
    text = f'<p><a href="{kit}">Press kit</a></p>\n\n[video src="{film}"]'
    said = bring_in(tmp_path, post(7, content=text))
    for file in (kit, film):
        assert f"{file} in “Film Review: Aloners (2021)”" in said
        assert f'href="{file}"' in the_one().body
    assert "Links to files of the site that was left" in said
    assert "Embeds" not in said


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


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("[tweet https://twitter.com/x/status/1]", "https://twitter.com/x/status/1"),
        ("[tweet 123 hide_thread='true']", "https://twitter.com/i/status/123"),
        ("[instagram url=https://instagr.am/p/x/]", "https://instagr.am/p/x/"),
        ("[youtube=http://youtube.com/watch?v=x&w=320&h=266]", "http://youtube.com/watch?v=x"),
        ("[youtube http://youtube.com/watch?v=x&amp;w=3]", "http://youtube.com/watch?v=x"),
        ("[youtube JaNH56Vpg-A]", "https://www.youtube.com/watch?v=JaNH56Vpg-A"),
        ("[vimeo 12345 w=400 h=300]", "https://vimeo.com/12345"),
        ('[dailymotion id="x7abc"]', "https://www.dailymotion.com/video/x7abc"),
        ("[wpvideo hrPKeL5t]", "https://videopress.com/v/hrPKeL5t"),
        ("[audio https://a.example/talk.mp3|titles=Talk]", "https://a.example/talk.mp3"),
        ("[embed]https://vimeo.com/99[/embed]", "https://vimeo.com/99"),
        (
            '<object width="425"><param name="movie" value="https://youtube.com/v/x" />'
            '<embed src="https://youtube.com/v/x" type="application/x-shockwave-flash" /></object>',
            "https://youtube.com/v/x",
        ),
        ("One\nhttps://youtu.be/x\nand on", "https://youtu.be/x"),
        ('<!-- wp:jetpack/pinterest {"url":"https://pin.it/x"} /-->', "https://pin.it/x"),
    ],
)
def test_what_was_shown_from_elsewhere_is_a_link(typed: str, leads_to: str, tmp_path: Path) -> None:
    said = bring_in(tmp_path, post(7, content=f"Before.\n\n{typed}\n\nAfter."))
    body = the_one().body
    assert f'<p><a href="{leads_to}">{leads_to}</a></p>' in body
    assert "<p>Before.</p>" in body
    assert "<p>After.</p>" in body
    assert f"{leads_to} in “Film Review: Aloners (2021)”" in said


def test_no_words_are_lost_between_shortcodes(tmp_path: Path) -> None:
    video = "https://a.example/{}.mp4"
    text = (
        f'[video src="{video.format(1)}"]\n\nBetween.\n\n[video src="{video.format(2)}"][/video]'
        "\n\n[caption]A film: [video src=x] here[/caption]\n\n"
        "One page.<!--nextpage-->Another.<!--more Read on-->A third."
    )
    bring_in(tmp_path, post(7, content=text))
    body = the_one().body
    assert video.format(1) in body
    assert video.format(2) in body
    assert "A film: [video src=x] here<" in body
    assert body.count("here") == 1
    for words in ("Between.", "One page.", "Another.", "A third."):
        assert f"<p>{words}</p>" in body


def test_captions_without_an_end_keep_their_words(tmp_path: Path) -> None:
    count = 20_000  # of which each was once looked for to the end of the text
    bring_in(tmp_path, post(7, content="[caption]Said. " * count + "The end."))
    assert the_one().body.count("Said.") == count
    assert "The end." in the_one().body


def test_what_nobody_here_knows_stays_and_is_named(tmp_path: Path) -> None:
    text = '[su_quote cite="Bong"]Words of a quote[/su_quote] and [sic], [1] and [Laughs].'
    said = bring_in(tmp_path, post(7, content=text))
    assert "Words of a quote" in the_one().body
    assert "the shortcode [su_quote], which stands in the text as it was" in said
    assert "[sic], which" not in said
    assert "[Laughs], which" not in said


def test_what_has_no_place_here_is_left_out_and_named(tmp_path: Path) -> None:
    text = 'One.\n\n[contact-form to="x"][contact-form-field label="Name" /][/contact-form]\n\nTwo.'
    said = bring_in(tmp_path, post(7, content=text))
    assert the_one().body == "<p>One.</p>\n<p>Two.</p>"
    assert "the shortcode [contact-form] in" in said
    assert "the shortcode [contact-form-field] in" in said


def test_a_block_that_several_pieces_show_is_in_each(tmp_path: Path) -> None:
    def shows(number: int) -> str:
        return f'<!-- wp:block {{"ref":{number}}} /-->'

    said = bring_in(
        tmp_path,
        post(7, content=f"<!-- wp:paragraph --><p>Mine.</p><!-- /wp:paragraph -->{shows(90)}"),
        post(90, "Ours", f"<!-- wp:paragraph --><p>Ours.</p><!-- /wp:paragraph -->{shows(90)}",
             post_type="wp_block"),
        post(8, "Lost", shows(91), categories=("News",)),
    )  # fmt: skip
    assert Article.objects.get(slug="post-7").body == "<p>Mine.</p>\n<p>Ours.</p>"
    assert "the block “block”, which has no text of its own in “Lost”" in said


def _stars(said: str) -> str:
    return (
        f"<!-- wp:jetpack/rating-star {said}--><figure><span>★</span></figure>"
        "<!-- /wp:jetpack/rating-star -->"
    )


def test_stars_of_a_block_are_the_reviews_and_stay_where_they_are_not(tmp_path: Path) -> None:
    more, less, of_ten = (
        _stars(f"{{{said}}} ")
        for said in ('"rating":3.5', '"rating":0.5', '"rating":7,"maxRating":10')
    )
    several = f"<p>One.</p>{more}<p>Two.</p>{less}"
    bring_in(
        tmp_path,
        post(1, content=f"<p>Bad.</p>{_stars('')}"),
        post(2, content=f"<p>Good.</p>{of_ten}"),
        post(3, "Busan, day two", several, categories=("Festival reports",)),
    )
    one, ten, report = Article.objects.order_by("pk")
    assert (one.rating, one.body) == (2, "<p>Bad.</p>")
    assert (ten.rating, ten.body) == (7, "<p>Good.</p>")
    assert report.body == "<p>One.</p>\n<p>★★★½☆</p>\n<p>Two.</p>\n<p>½☆☆☆☆</p>"
