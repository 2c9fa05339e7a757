"""What is pasted into the body from where people write: Google Docs, Word, WordPress."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories import make_image

from .body import ADD, PASTE, begin, written

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
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>Under it<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt'>
&nbsp;&nbsp; </span></span></span><![endif]>Second<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>Next to it<o:p></o:p></p>
<p class=MsoNormal>The end.</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>Numbered<o:p></o:p></p>
<!--EndFragment--></body></html>"""


def pasted(form: Page, html: str) -> str:
    begin(form)
    form.evaluate(PASTE, html)
    return written(form)


def noted(form: Page, html: str) -> Locator:
    """What is said below the body after a paste."""
    begin(form)
    form.evaluate(PASTE, html)
    return form.locator(".desk-left-out")


def test_google_docs_keeps_what_is_bold_and_slanted_and_nothing_else_is(form: Page) -> None:
    assert pasted(form, FROM_GOOGLE_DOCS) == (
        "<h2>A still night</h2><p>Plain, <strong>bold</strong><em> and slanted</em>.</p>"
        '<ul><li><p>One point</p></li></ul><p><a href="https://bfi.example/x">a link</a></p>'
    )


def test_word_keeps_lists_and_other_languages_and_brings_no_blanks(form: Page) -> None:
    assert pasted(form, FROM_WORD) == (
        "<h2>A still night</h2><p>It opens on <em>silence</em>, and <strong>stays</strong>: "
        '<span lang="KO">혼자</span>.[1]</p>'
        "<ul><li><p>First</p><ul><li><p>Under it</p></li></ul></li><li><p>Second</p></li></ul>"
        "<ol><li><p>Next to it</p></li></ol>"
        "<p>The end.</p><ol><li><p>Numbered</p></li></ol>"
    )


def test_footnotes_are_spoken_of_and_nothing_that_is_raised_joins_the_word_before(
    form: Page,
) -> None:
    google = """<p><span>Slow</span><span style="font-size:6.6pt;vertical-align:super;"><a
    href="#ftnt1">12</a></span>, 24 m<sup>2</sup> of CO<sub>2</sub>, 19<sup>th</sup>,
    <ruby>東京<rt>とうきょう</rt></ruby>, <ruby>風<rp>(</rp><rt>かぜ</rt><rp>)</rp></ruby>.</p>
    <div><br clear=all><hr><p><a href="#ftnt_ref1">[12]</a> See there.</p></div>"""
    expect(noted(form, google)).to_contain_text("Footnotes are plain words now, where they stood")
    said = (
        "<p>Slow¹², 24 m² of CO₂, 19th, 東京（とうきょう）, 風(かぜ).</p><hr><p>[12] See there.</p>"
    )
    assert written(form) == said


def test_word_keeps_what_is_bold_in_latin_letters_alone_and_its_quotations(form: Page) -> None:
    word = """<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Bold</b>, <span
    style='mso-bidi-font-weight:bold'>not</span>.</p><p class=MsoQuote>Quoted</p>
    <p class=MsoQuote>Quoted on</p><p class=MsoNormal>Not.</p>"""
    assert pasted(form, word) == (
        "<p><strong>Bold</strong>, not.</p>"
        "<blockquote><p>Quoted</p><p>Quoted on</p></blockquote><p>Not.</p>"
    )


def test_a_link_leads_straight_where_it_led_by_way_of_google(form: Page) -> None:
    by_way = "https://www.google.com/url?q=https://kofic.example/x%3Fa%3D1&amp;sa=D&amp;ust=17"
    assert 'href="https://kofic.example/x?a=1"' in pasted(form, f'<p><a href="{by_way}">a</a></p>')


def test_plain_marks_of_a_mail_are_set_but_not_in_addresses_or_other_languages(form: Page) -> None:
    mail = """<div>"It's <i>'Aloners'</i>," he wrote -- no...<br>"See
    <a href="https://x.example/a--b">https://x.example/a--b</a>"</div>
    <p><span lang="fr">"non"</span> "yes"</p>"""
    assert pasted(form, mail) == (
        "<p>“It’s <em>‘Aloners’</em>,” he wrote – no…<br>“See "
        '<a href="https://x.example/a--b">https://x.example/a--b</a>"</p>'
        '<p><span lang="fr">"non"</span> “yes”</p>'
    )
    begin(form)
    form.evaluate(PASTE_WORDS, "\"But--\" It's --\"no\"--he wrote. 'Tis rock 'n' roll.")
    assert written(form) == "<p>“But–” It’s –“no”–he wrote. ’Tis rock ’n’ roll.</p>"


def test_an_empty_line_of_a_mail_ends_a_paragraph(form: Page) -> None:
    mail = """<div>Dear Jo,<br><br>I saw <i>it<br>&nbsp;<br><br>twice</i>.</div>
    <blockquote><span>One<br>line on<br><br>Two</span></blockquote>Yours<br><br>Ann
    <p>Her card</p>"""
    assert pasted(form, mail) == (
        "<p>Dear Jo,</p><p>I saw <em>it</em></p><p><em>twice</em>.</p>"
        "<blockquote><p>One<br>line on</p><p>Two</p></blockquote>"
        "<p>Yours</p><p>Ann</p><p>Her card</p>"
    )


PASTE_WORDS = """words => {
  const data = new DataTransfer()
  data.setData("text/plain", words)
  const init = { clipboardData: data, bubbles: true, cancelable: true }
  document.querySelector(".tiptap").dispatchEvent(new ClipboardEvent("paste", init))
}"""
FROM_A_PDF = """The door of the night opens on a corri-
dor. Nobody speaks, and the camera
waits with us until somebody does.
In the second part the neighbour is
back, with a key.

1. One of its questions is who has
the key; another one is who lost it.
2. There is no other question."""


def test_lines_that_a_pdf_ends_are_joined_and_that_is_said(form: Page) -> None:
    begin(form)
    form.evaluate(PASTE_WORDS, FROM_A_PDF)
    assert written(form) == (
        "<p>The door of the night opens on a corridor. Nobody speaks, and the camera waits with us "
        "until somebody does. In the second part the neighbour is back, with a key.</p>"
        "<p>1. One of its questions is who has the key; another one is who lost it.</p>"
        "<p>2. There is no other question.</p>"
    )
    note = form.locator(".desk-left-out")
    expect(note).to_contain_text("Lines that went on in the next were joined. A word was put")


@pytest.mark.parametrize(
    "words",
    [
        "Somebody asks: who are you, then?\nNobody you would know, says she.\nGood, says he.",
        "A short line\nof a verse\nand another",
        f"{'A paragraph of many words ' * 6}\n{'and the next one of them ' * 6}\nand more",
    ],
    ids=["sentences", "verse", "paragraphs"],
)
def test_lines_that_somebody_ended_stay(form: Page, words: str) -> None:
    begin(form)
    form.evaluate(PASTE_WORDS, words)
    assert written(form).count("<p>") == 3
    expect(form.locator(".desk-left-out")).to_have_count(0)


def test_wordpress_keeps_its_blocks(form: Page) -> None:
    assert (
        pasted(
            form,
            "<!-- wp:paragraph --><p>A paragraph.</p><!-- /wp:paragraph --><!-- wp:quote -->"
            '<blockquote class="wp-block-quote"><p>A quote</p></blockquote><!-- /wp:quote -->'
            '<!-- wp:heading {"level":4} --><h4>A heading</h4><!-- /wp:heading -->',
        )
        == "<p>A paragraph.</p><blockquote><p>A quote</p></blockquote><h3>A heading</h3>"
    )


def test_words_of_the_body_itself_are_moved_as_they_are(form: Page) -> None:
    begin(form, words="Alone.")
    form.keyboard.press("Control+a")
    form.keyboard.press("Control+b")
    form.keyboard.press("Control+x")
    form.keyboard.press("Control+v")
    assert written(form) == "<p><strong>Alone.</strong></p>"


DROP_A_PICTURE = """how => {
  const data = new DataTransfer()
  data.items.add(new File(["x"], "still.jpg", { type: "image/jpeg" }))
  const init = { bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data }
  const event = how === "paste" ? new ClipboardEvent(how, init) : new DragEvent(how, init)
  document.querySelector(".tiptap").dispatchEvent(event)
  return event.defaultPrevented
}"""


def test_pictures_that_are_left_out_are_spoken_of_with_the_way_to_add_them(form: Page) -> None:
    still = '<img src="https://a.example/still.jpg" alt="A still">'
    begin(form)
    form.evaluate(PASTE, f"<p>Words {still} and more.</p><p>{still}</p>")
    note = form.locator(".desk-left-out")
    expect(note).to_contain_text("2 pictures were left out.")
    expect(note).to_contain_text("press “Insert picture”, then “Add pictures”.")
    form.evaluate(PASTE, "<p>Words alone.</p>")
    expect(note).to_have_count(0)


def test_a_picture_leaves_no_blank_behind_and_its_caption_is_spoken_of(form: Page) -> None:
    still = '<img src="https://a.example/still.jpg" alt="">'
    html = f"<p>A.</p><p><span>{still}</span></p><figure>{still}<figcaption>B</figcaption></figure>"
    expect(noted(form, html)).to_contain_text("Their captions are paragraphs")
    assert written(form) == "<p>A.</p><p>B</p>"


def test_words_that_tracked_changes_delete_stay_out(form: Page) -> None:
    tracked = """<p class=MsoNormal>It is <span class=msoDel><del cite="mailto:Mina"
    datetime="2026-11-25T10:00">dreadful</del></span><span class=msoIns><ins cite="mailto:Mina"
    datetime="2026-11-25T10:00">fine</ins></span>.<a class=msocomanchor
    href="#_msocom_1">[MP1]</a></p>
    <div style='mso-element:comment-list'><p class=MsoCommentText>Too harsh?</p></div>"""
    note = noted(form, tracked)
    expect(note).to_contain_text("Words that tracked changes delete were left out.")
    expect(note).to_contain_text("Comments beside the text were left out.")
    assert written(form) == "<p>It is fine.</p>"


def test_words_that_were_struck_through_are_spoken_of(form: Page) -> None:
    google = '<p><span style="text-decoration:line-through;">Dreadful.</span> Fine.</p>'
    expect(noted(form, google)).to_contain_text("struck through are in the text: look")
    assert "Dreadful." in written(form)


def test_a_film_that_was_embedded_becomes_a_link(form: Page) -> None:
    youtube = (
        '<figure><iframe src="https://www.youtube.com/embed/Ab-1_x?start=3"></iframe></figure>'
    )
    vimeo = '<iframe src="//player.vimeo.com/video/1234?h=1"></iframe>'
    note = noted(form, f"<p>Before.</p>{youtube}{vimeo}<p>After.</p>")
    expect(note).to_contain_text("2 embeds were made a link")
    body = written(form)
    assert 'href="https://www.youtube.com/watch?v=Ab-1_x"' in body
    assert 'href="https://vimeo.com/1234"' in body


def test_a_table_is_taken_apart_and_that_is_said(form: Page) -> None:
    table = "<table><tbody><tr><td>Aloners</td><td>2021</td></tr></tbody></table>"
    expect(noted(form, f"<p>Films:</p>{table}")).to_contain_text("A table was taken apart")
    assert written(form) == "<p>Films:</p><p>Aloners</p><p>2021</p>"


def test_a_first_letter_that_word_sets_large_joins_its_word(form: Page) -> None:
    cap = """<div style='mso-element:dropcap-dropped;mso-element-linespan:3'><table align=left><tr>
    <td valign=top><p class=MsoNormal style='mso-element:dropcap-dropped'><span
    style='font-size:40pt'>I<o:p></o:p></span></p></td></tr></table></div>"""
    note = noted(form, f"{cap}<p class=MsoNormal>t begins with a car.</p><p>It ends.</p>")
    assert written(form) == "<p>It begins with a car.</p><p>It ends.</p>"
    expect(note).to_have_count(0)


@pytest.mark.parametrize("how", ["paste", "drop"])
def test_so_is_a_file_and_it_does_not_take_the_pages_place(form: Page, how: str) -> None:
    begin(form)
    prevented = form.evaluate(DROP_A_PICTURE, how)
    expect(form.locator(".desk-left-out")).to_contain_text("A picture was left out.")
    assert prevented or how == "paste"
    assert form.url.endswith(ADD)


def test_a_picture_of_the_library_is_moved_without_a_word(form: Page) -> None:
    begin(form, f'<p>A.</p><figure data-image="{make_image().pk}"></figure><p>B.</p>')
    form.locator(".tiptap p", has_text="A.").click()
    form.keyboard.press("Control+a")
    form.keyboard.press("Control+x")
    form.keyboard.press("Control+v")
    expect(form.locator("figure.desk-picture")).to_have_count(1)
    expect(form.locator(".desk-left-out")).to_have_count(0)


def test_in_a_long_body_the_buttons_and_what_was_left_out_stay_in_view(form: Page) -> None:
    begin(form, "<p>A paragraph.</p>" * 120)
    middle = form.locator(".tiptap p").nth(60)
    middle.click()
    form.evaluate(PASTE, '<p><img src="https://a.example/still.jpg"></p>')
    middle.scroll_into_view_if_needed()
    expect(form.locator(".desk-left-out")).to_be_in_viewport(ratio=1)
    expect(form.get_by_role("button", name="Insert picture")).to_be_in_viewport(ratio=1)
    form.set_viewport_size({"width": 390, "height": 844})  # room for one row
    middle.scroll_into_view_if_needed()
    expect(form.get_by_role("button", name="Insert picture")).to_be_in_viewport(ratio=1)
    buttons = form.locator(".prose-menubar")
    assert buttons.evaluate("(it) => it.scrollWidth > it.clientWidth && it.clientHeight < 60")
