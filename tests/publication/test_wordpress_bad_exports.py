"""What is wrong with an export is said in words; nothing of it runs, and nothing half comes."""

from pathlib import Path

import pytest
from django.core.management import CommandError
from django.test import Client

from reviews.models import Article, Section
from reviews.wordpress import blocks, bodies
from tests.wordpress import HEAD, SITE, attachment, bring_in, export, post

pytestmark = pytest.mark.django_db


def refusal(folder: Path, raw: bytes) -> str:
    with pytest.raises(CommandError) as refused:
        bring_in(folder, raw=raw)
    assert not Article.objects.exists()
    return str(refused.value)


def test_what_breaks_in_the_middle_is_named_by_its_line(tmp_path: Path) -> None:
    whole = export(post(1), post(2), post(3)).decode()
    cut = whole.index("<wp:post_id><![CDATA[3]]>")
    line = whole[:cut].count("\n") + 1
    said = refusal(tmp_path, (whole[:cut] + "<wp:post_id>3</wp:oops>" + whole[cut:]).encode())
    assert f"is broken at line {line}" in said
    assert "mismatched tag" in said


def test_a_file_that_ends_too_early_is_said_so(tmp_path: Path) -> None:
    assert "is broken at line" in refusal(tmp_path, export(post(1), post(2))[:-400])


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_no_entity_is_ever_expanded(declared: str, tmp_path: Path) -> None:
    raw = export(post(1, "&a;")).decode().replace("<rss", f"{declared}<rss", 1)
    assert "declares a document type" in refusal(tmp_path, raw.encode())


def test_what_is_no_export_is_said_so(tmp_path: Path) -> None:
    assert "no export of WordPress" in refusal(tmp_path, b"<html><p>Hello</p></html>")
    feed = HEAD.format(encoding="UTF-8", site=SITE).replace("wxr_version", "other")
    assert "names no version" in refusal(tmp_path, f"{feed}</channel></rss>".encode())
    assert "is broken at line 1" in refusal(tmp_path, b"")


@pytest.mark.parametrize("encoding", ["zlib", "base64", "rot13", "klingon"])
def test_an_encoding_that_is_none_of_letters_is_said_so(encoding: str, tmp_path: Path) -> None:
    raw = export(post(1)).replace(b"UTF-8", encoding.encode(), 1)
    assert f"written in “{encoding}”, which nobody here knows" in refusal(tmp_path, raw)


def test_footnotes_that_nest_without_end_stop_nothing(tmp_path: Path) -> None:
    deep = post(2, meta={"footnotes": "[" * 100_000})
    bring_in(tmp_path, post(1), deep, post(3))
    assert Article.objects.count() == 3


@pytest.mark.parametrize("encoding", ["UTF-16", "EUC-KR", "windows-1252"])
def test_other_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    title = "Amélie (2001)" if encoding == "windows-1252" else "혼자 사는 사람들 (2021)"
    bring_in(tmp_path, raw=export(post(1, title), encoding=encoding))
    assert Article.objects.get().headline == title


def test_letters_that_are_not_of_the_encoding_are_said_so(tmp_path: Path) -> None:
    raw = export(post(1, "Amélie (2001)"), encoding="latin-1").replace(b"latin-1", b"UTF-8")
    assert "not of the encoding" in refusal(tmp_path, raw)
    unknown = export(post(1)).replace(b"UTF-8", b"klingon")
    assert "which nobody here knows" in refusal(tmp_path, unknown)


def test_halves_of_characters_are_said_so(tmp_path: Path) -> None:
    raw = export(post(1, "\\ud800 (2001)")).replace(b"UTF-8", b"unicode_escape")
    assert "not of the encoding" in refusal(tmp_path, raw)


def test_blocks_that_name_others_ten_times_each_do_not_multiply_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(number: int) -> str:
        return f'<!-- wp:block {{"ref":{number}}} /-->'

    monkeypatch.setattr(blocks, "MOST_REUSED", 5_000)
    nested = [post(n, content=shown(n + 1) * 10, post_type="wp_block") for n in range(2, 6)]
    leaf = post(6, content="<p>Again.</p>", post_type="wp_block")
    bring_in(tmp_path, post(1, content=f"<p>Of its own.</p>{shown(2)}"), *nested, leaf)
    body = Article.objects.get().body
    assert body.startswith("<p>Of its own.</p>")
    assert 10 < body.count("Again.") < 400


@pytest.mark.parametrize(
    "text",
    [
        f"a{' ' * 400_000}b",
        f"[jetpack{'-a' * 200_000}",
        f"words {'<pre>' * 100_000}",
    ],
    ids=["spaces", "an open shortcode", "open preformatted"],
)
def test_what_goes_on_and_on_takes_no_longer_for_it(text: str) -> None:
    """Minutes, where each place in it is the beginning of a look at all the rest."""
    made = blocks.plain(text, list, {})
    if "<pre>" not in text:  # the parser of HTML takes its time for what nests
        assert bodies.made(made.html, lambda _: None).html.startswith(("<p>a", "<p>[jetpack"))


def test_characters_that_xml_does_not_know_are_passed_over(tmp_path: Path) -> None:
    bring_in(tmp_path, post(1, content="One\x0b two\x08."))
    assert Article.objects.get().body == "<p>One two.</p>"


def test_nothing_of_a_body_runs(tmp_path: Path, client: Client) -> None:
    text = (
        "<p onclick=alert(1)>Text</p><script>alert(1)</script><style>p{}</style>"
        '<a href="javascript:alert(1)">press</a><svg onload=alert(1)></svg>'
        '<iframe src="javascript:alert(1)"></iframe><img src=x onerror=alert(1)>'
        "<!-- wp:html --><object data=x></object><!-- /wp:html -->"
    )
    bring_in(tmp_path, post(1, "<script>alert(1)</script>A (2020)", text))
    piece = Article.objects.get()
    assert "alert" not in piece.body
    page = client.get(piece.get_absolute_url()).content.decode()
    assert "onclick" not in page
    assert "<script>alert" not in page


def test_dates_that_no_calendar_has_make_a_draft(tmp_path: Path) -> None:
    said = bring_in(
        tmp_path, post(1, date_gmt="2019-13-45 99:00:00"), post(2, date_gmt="9999-01-01 00:00:00")
    )
    assert set(Article.objects.values_list("status", flat=True)) == {"draft"}
    assert "no date of its publication can be read" in said


def test_a_date_of_a_feed_whose_zone_no_clock_has_makes_a_draft(tmp_path: Path) -> None:
    at = "<pubDate>Fri, 03 May 2019 09:00:00 +99999999999999</pubDate>"
    undated = post(1, date_gmt="0000-00-00 00:00:00")
    said = bring_in(tmp_path, undated.replace("<item>\n", f"<item>\n{at}\n", 1))
    assert Article.objects.get().status == "draft"
    assert "no date of its publication can be read" in said


def test_two_pieces_with_one_number_both_come(tmp_path: Path, client: Client) -> None:
    bring_in(tmp_path, post(5, "A (2020)"), post(5, "B (2020)", guid="https://other.example/?p=5"))
    assert Article.objects.count() == 2
    assert client.get("/?p=5")["Location"] == "/reviews/post-5/"


def test_a_piece_that_cannot_be_read_stops_none(tmp_path: Path) -> None:
    deep = "<div>" * 5_000 + "x"
    page = post(3, content=deep, post_type="page")
    said = bring_in(tmp_path, post(1, content=deep), page, post(2))
    assert Article.objects.count() == 1
    assert said.count("could not be read: the log says why") == 2


def test_names_and_addresses_that_are_none_stop_nothing(tmp_path: Path, client: Client) -> None:
    said = bring_in(
        tmp_path,
        post(1, creator="", link="http://[", categories=("", "Reviews"), tags=("", "t" * 90)),
        post(2, content='<p>A <a href="http://[">b</a></p><img src="http://[/x.jpg">'),
        attachment(3, "2019/05/[.jpg"),
        post(4, "", "", attachment_url="http://[/x.jpg", post_type="attachment", guid="http://["),
        post(5, creator="x" * 300, categories=("c" * 90,)),
        media=tmp_path,
    )
    assert Article.objects.count() == 3
    assert "Say who it is by." in said
    assert f"A tag of “Film Review: Aloners (2021)” is too long for one: {'t' * 90}" in said
    assert not Section.objects.filter(name="").exists()


def test_a_title_that_is_too_long_is_cut_and_said(tmp_path: Path) -> None:
    said = bring_in(tmp_path, post(1, f"{'Long ' * 60}end"), post(2, ""))
    assert "longer than 200 characters, and was cut" in said
    assert "had no title" in said
    assert Article.objects.count() == 2
