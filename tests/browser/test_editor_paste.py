"""What is pasted into the body from where people write: Google Docs, Word, WordPress."""

import pytest
from playwright.sync_api import Page

from tests.factories import make_section, make_user

from .conftest import LogIn
from .test_editor_body import PASTE, body_of, open_new

# As Chromium's clipboard has it, without what says nothing (fonts, colours, margins).
FROM_GOOGLE_DOCS = """<meta charset='utf-8'>
<b style="font-weight:normal;" id="docs-internal-guid-1f">
<h1 dir="ltr"><span style="font-size:20pt;font-weight:400;">A still night</span></h1>
<p dir="ltr" style="line-height:1.38;"
><span style="font-weight:400;font-style:normal;">Plain, </span
><span style="font-weight:700;font-style:normal;">bold</span
><span style="font-weight:400;font-style:italic;"> and slanted</span>.</p><br />
<ul><li dir="ltr"><p dir="ltr"><span style="font-weight:400;">One point</span></p></li></ul>
<p dir="ltr"><a href="https://bfi.example/x" style="text-decoration:none;"
><span style="color:#1155cc;">a link</span></a></p></b><br class="Apple-interchange-newline">"""

FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head></head>
<body lang=EN-GB><!--StartFragment-->
<h2><span lang=EN-US>A still night<o:p></o:p></span></h2>
<p class=MsoNormal style='margin-bottom:8.0pt'>It opens on <i>silence</i>, and <b>stays</b>:
<span lang=KO>혼자</span>.<a href="#_ftn1" title=""><sup>[1]</sup></a><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>
&nbsp;&nbsp; </span></span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>
&nbsp;&nbsp; </span></span></span><![endif]>Second<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>Next to it<o:p></o:p></p>
<p class=MsoNormal>The end.</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>Numbered<o:p></o:p></p>
<!--EndFragment--></body></html>"""


@pytest.fixture
def desk(page: Page, log_in: LogIn) -> Page:
    make_section()
    log_in(page, make_user("Editor"))
    return page


def pasted(desk: Page, html: str) -> str:
    open_new(desk)
    desk.evaluate(PASTE, html)
    return body_of(desk)


def test_google_docs_keeps_what_is_bold_and_slanted_and_nothing_else_is(desk: Page) -> None:
    assert pasted(desk, FROM_GOOGLE_DOCS) == (
        "<h2>A still night</h2><p>Plain, <strong>bold</strong><em> and slanted</em>.</p>"
        '<ul><li><p>One point</p></li></ul><p><a href="https://bfi.example/x">a link</a></p>'
    )


def test_word_keeps_lists_and_other_languages_and_brings_no_blanks(desk: Page) -> None:
    assert pasted(desk, FROM_WORD) == (
        "<h2>A still night</h2><p>It opens on <em>silence</em>, and <strong>stays</strong>: "
        '<span lang="KO">혼자</span>.[1]</p>'
        "<ul><li><p>First</p></li><li><p>Second</p></li></ul><ol><li><p>Next to it</p></li></ol>"
        "<p>The end.</p><ol><li><p>Numbered</p></li></ol>"
    )


def test_wordpress_keeps_its_blocks(desk: Page) -> None:
    assert (
        pasted(
            desk,
            "<!-- wp:paragraph --><p>A paragraph.</p><!-- /wp:paragraph --><!-- wp:quote -->"
            '<blockquote class="wp-block-quote"><p>A quote</p></blockquote><!-- /wp:quote -->'
            '<!-- wp:heading {"level":4} --><h4>A heading</h4><!-- /wp:heading -->',
        )
        == "<p>A paragraph.</p><blockquote><p>A quote</p></blockquote><h3>A heading</h3>"
    )


def test_words_of_the_body_itself_are_moved_as_they_are(desk: Page) -> None:
    open_new(desk, "Alone.")
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+b")
    desk.keyboard.press("Control+x")
    desk.keyboard.press("Control+v")
    assert body_of(desk) == "<p><strong>Alone.</strong></p>"
