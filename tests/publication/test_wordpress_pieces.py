"""Pieces of an export of WordPress become ours: kind, words, byline, film, dates and address."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from reviews.models import Article, Film, Reviewer, Section
from tests.factories import make_reviewer
from tests.wordpress import bring_in, category, export, post

pytestmark = pytest.mark.django_db

BLOCKS = """<!-- wp:paragraph -->
<p>She eats <em>alone</em>. Nobody asks.</p>
<!-- /wp:paragraph -->

<!-- wp:heading {"level":4} -->
<h4>The office</h4>
<!-- /wp:heading -->

<!-- wp:pullquote -->
<figure class="wp-block-pullquote"><blockquote><p>A room with a phone.</p><cite>Hong</cite>
</blockquote></figure>
<!-- /wp:pullquote -->

<!-- wp:list --><ul><!-- wp:list-item --><li>One</li><!-- /wp:list-item --></ul><!-- /wp:list -->

<!-- wp:jetpack/rating-star {"rating":3.5} -->
<figure class="wp-block-jetpack-rating-star"><span>★★★½</span></figure>
<!-- /wp:jetpack/rating-star -->

<!-- wp:embed {"url":"https://youtu.be/abc","providerNameSlug":"youtube"} -->
<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://youtu.be/abc
</div><figcaption>The trailer</figcaption></figure>
<!-- /wp:embed -->

<!-- wp:jetpack/contact-form --><div><p>Write to us</p></div><!-- /wp:jetpack/contact-form -->
"""


def the_one() -> Article:
    return Article.objects.get()


def test_a_review_comes_with_all_that_it_is(tmp_path: Path, client: Client) -> None:
    said = bring_in(
        tmp_path,
        post(7, content=BLOCKS, slug="aloners", excerpt="Living <b>alone</b> &amp; well.",
             categories=("Reviews", "Korean cinema"), tags=("debuts",),
             post_modified_gmt="2019-06-01 09:00:00"),
    )  # fmt: skip
    piece = the_one()
    assert "1  pieces came: 1 review" in said
    assert (piece.kind, piece.rating, piece.unrated) == ("review", 7, False)
    assert piece.film == Film.objects.get(title="Aloners", year=2021)
    assert piece.standfirst == "Living alone & well."
    assert piece.section.name == "Korean cinema"
    assert [tag.name for tag in piece.tags.all()] == ["debuts"]
    assert piece.first_published_at == datetime(2019, 5, 3, 9, tzinfo=UTC)
    assert piece.updated_at == datetime(2019, 6, 1, 9, tzinfo=UTC)
    assert [line.reviewer.name for line in piece.bylines.all()] == ["Jina Hong"]
    page = client.get(piece.get_absolute_url()).content.decode()
    assert "She eats <em>alone</em>." in page
    assert "<h3>The office</h3>" in page
    assert '<aside role="doc-pullquote"><p>A room with a phone.</p>' in page
    assert '<a href="https://youtu.be/abc"' in page
    assert "The trailer" in page
    assert "Write to us" not in page
    assert "★★★½" not in piece.body
    assert "https://youtu.be/abc in “Film Review: Aloners (2021)”" in said
    assert "jetpack/contact-form" in said


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


@pytest.mark.parametrize(
    ("status", "becomes", "kept_back"),
    [
        ("publish", "published", False),
        ("draft", "draft", True),
        ("pending", "draft", True),
        ("private", "draft", True),
    ],
)
def test_readers_see_what_they_saw(
    status: str, becomes: str, kept_back: bool, tmp_path: Path, client: Client
) -> None:
    bring_in(tmp_path, post(7, status=status))
    assert the_one().status == becomes
    answer = client.get("/2019/05/03/post-7/")
    assert answer.status_code == (404 if kept_back else 301)


def test_what_a_password_kept_from_readers_is_a_draft(tmp_path: Path) -> None:
    said = bring_in(tmp_path, post(7, post_password="secret"))
    assert the_one().status == "draft"
    assert "a password kept it from readers" in said


def test_what_was_to_appear_later_appears_then(tmp_path: Path) -> None:
    later = timezone.now().year + 1
    bring_in(tmp_path, post(7, status="future", date_gmt=f"{later}-01-02 08:00:00"))
    assert the_one().status == "scheduled"
    assert the_one().publish_at == datetime(later, 1, 2, 8, tzinfo=UTC)
    assert not Article.objects.published().exists()


def test_what_is_no_post_is_left_out_and_named(tmp_path: Path) -> None:
    said = bring_in(
        tmp_path,
        post(7, "About us", post_type="page"),
        post(8, "Thrown away", status="trash"),
        post(9, "Menu", post_type="nav_menu_item"),
    )
    assert not Article.objects.exists()
    assert "“About us” (line" in said
    assert "in the trash there" in said
    assert "“Menu”" not in said


def test_former_addresses_lead_to_the_piece(tmp_path: Path, client: Client) -> None:
    bring_in(tmp_path, post(7, "혼자 사는 사람들 (2021)", slug="혼자-사는-사람들"))
    piece = the_one()
    assert piece.slug == "honja-saneun-saramdeul-2021"
    for address in ("/2019/05/03/혼자-사는-사람들/", "/2019/05/03/혼자-사는-사람들", "/?p=7"):
        answer = client.get(address)
        assert answer.status_code == 301, address
        assert answer["Location"] == piece.get_absolute_url()
    for tail in ("amp/", "comment-page-2/", "feed", "2/"):
        answer = client.get(f"/2019/05/03/혼자-사는-사람들/{tail}")
        assert answer["Location"] == piece.get_absolute_url(), tail
    assert client.get("/2019/05/03/혼자-사는-사람들/more/").status_code == 404
    assert client.get("/?p=8").status_code == 404
    assert client.get("/?p=x").status_code == 404
    assert client.get("/2019/05/03/another/").status_code == 404
    assert client.get("/2019/05/03/post%00/").status_code == 404
    assert client.post("/2019/05/03/혼자-사는-사람들/").status_code == 404


def test_former_pages_of_categories_tags_writers_and_months_lead_on(
    tmp_path: Path, client: Client
) -> None:
    make_reviewer("Jina Hong")
    bring_in(tmp_path, post(7, categories=("Reviews", "Korean cinema"), tags=("debuts",)))
    leads = {
        "/category/film/korean-cinema/": "/sections/korean-cinema/",
        "/category/reviews/": "/reviews/",
        "/tag/debuts": "/tags/debuts/",
        "/author/jina/": Reviewer.objects.get().get_absolute_url(),
        "/2019/05/": "/archive/2019/05/",
    }
    for address, here in leads.items():
        answer = client.get(address)
        assert (answer.status_code, answer.headers.get("Location")) == (301, here), address
        assert client.get(here).status_code == 200
    for address in ("/category/", "/category/none/", "/tag/%00/", "/2019/13/", "/author/"):
        assert client.get(address).status_code == 404, address


def test_a_former_address_follows_where_the_piece_goes(tmp_path: Path, client: Client) -> None:
    bring_in(tmp_path, post(7))
    Article.objects.update(slug="elsewhere")
    assert client.get("/?p=7")["Location"] == "/reviews/elsewhere/"


def test_kinds_are_said_by_categories_those_above_them_and_options(tmp_path: Path) -> None:
    items = [
        post(1, "Talk", categories=("Interviews",)),
        post(2, "Item", categories=("News",)),
        post(3, "Thoughts", categories=("Cinema",)),
        post(4, "One (2020)", categories=("Korean reviews",)),
        post(5, "Two (2020)", categories=("Kritik",)),
        post(6, "Film Review: Three (2020)", categories=("Uncategorized",)),
    ]
    raw = export(
        *items, categories=(category("Korean reviews", parent="reviews"), category("Reviews"))
    )
    bring_in(tmp_path, raw=raw, review_category=["Kritik"], section="Screen")
    kinds = dict(Article.objects.values_list("headline", "kind"))
    assert kinds == {
        "Talk": "interview",
        "Item": "news",
        "Thoughts": "feature",
        "One (2020)": "review",
        "Two (2020)": "review",
        "Film Review: Three (2020)": "review",
    }
    assert set(Section.objects.values_list("name", flat=True)) >= {
        "Cinema",
        "Korean reviews",
        "Screen",
    }


def test_a_review_that_names_no_film_is_read_as_a_feature(tmp_path: Path, client: Client) -> None:
    text = "Words.\n\n★★★★"
    said = bring_in(tmp_path, post(7, "Thoughts on a train", text))
    piece = the_one()
    assert (piece.kind, piece.film, piece.rating) == ("feature", None, None)
    assert client.get(piece.get_absolute_url()).status_code == 200
    assert "“Thoughts on a train”; 4 of 5 stars there" in said


@pytest.mark.parametrize("words", ["Rating: 7.3/10", "Score: B+", "Rating: 83/100"])
def test_a_rating_that_is_not_understood_stays_in_the_text(words: str, tmp_path: Path) -> None:
    said = bring_in(tmp_path, post(7, content=f"Words.\n\n{words}"))
    piece = the_one()
    assert (piece.rating, piece.unrated) == (None, True)
    assert words in piece.body
    assert "Ratings that were not understood" in said


def test_who_wrote_it_is_found_by_name_however_they_are_called_later(tmp_path: Path) -> None:
    there = make_reviewer("jina hong")
    bring_in(tmp_path, post(1), post(2, creator="sam"))
    assert Reviewer.objects.count() == 2
    assert Reviewer.objects.filter(user=None).count() == 2
    Reviewer.objects.filter(pk=there.pk).update(name="J. Hong", slug="j-hong")
    Reviewer.objects.filter(name="Sam Okafor").update(name="Samuel Okafor")
    bring_in(tmp_path, post(1), post(2, creator="sam"), post(3), post(4, creator="sam"))
    assert Reviewer.objects.count() == 2


def test_several_writers_are_all_named(tmp_path: Path) -> None:
    both = '<category domain="author" nicename="cap-sam"><![CDATA[sam]]></category>' + (
        '<category domain="author" nicename="cap-guest-one"><![CDATA[Guest One]]></category>'
    )
    raw = export(post(7)).decode().replace("</item>", f"{both}</item>")
    bring_in(tmp_path, raw=raw.encode())
    bylines = the_one().bylines.all()
    assert [line.reviewer.name for line in bylines] == ["Sam Okafor", "Guest One"]
    bring_in(tmp_path, post(7))
    assert [line.reviewer.name for line in the_one().bylines.all()] == ["Jina Hong"]


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


def test_links_to_the_former_site_lead_to_this_one(tmp_path: Path) -> None:
    text = '<p><a href="https://reel.example/2018/01/02/x/">there</a> <a href="https://a.example/">b</a></p>'
    bring_in(tmp_path, post(7, content=text))
    assert 'href="/2018/01/02/x/"' in the_one().body
    assert 'href="https://a.example/"' in the_one().body


def test_links_to_files_of_the_former_site_are_named(tmp_path: Path) -> None:
    file = "https://reel.files.wordpress.com/2019/05/press.pdf"
    text = f'<p><a href="{file}">Press kit</a></p>'
    said = bring_in(tmp_path, post(7, content=text))
    assert f"{file} in “Film Review: Aloners (2021)”" in said
    assert f'href="{file}"' in the_one().body


def test_a_rehearsal_says_what_would_come_and_changes_nothing(tmp_path: Path) -> None:
    said = bring_in(tmp_path, post(7), post(8, "No film"), dry_run=True)
    assert "nothing was changed" in said
    assert "2  pieces came" in said
    assert "“No film”" in said
    assert not Article.objects.exists()
    assert not Reviewer.objects.exists()


def test_the_whole_report_can_be_kept(tmp_path: Path) -> None:
    pages = [post(n, f"Page {n}", post_type="page") for n in range(1, 20)]
    said = bring_in(tmp_path, *pages, report=tmp_path / "report.txt")
    assert "and 7 more" in said
    assert "“Page 19”" in (tmp_path / "report.txt").read_text()


def test_without_an_excerpt_the_first_sentences_stand_first(tmp_path: Path) -> None:
    text = f"https://youtu.be/x\n\nOne sentence. {'And more of it ' * 30}\n\nAnother."
    bring_in(tmp_path, post(7, content=text))
    assert the_one().standfirst == "One sentence."


def test_a_standfirst_made_of_the_first_words_is_not_read_twice(
    tmp_path: Path, client: Client
) -> None:
    bring_in(tmp_path, post(7, content=f"One sentence. {'And more of it ' * 30}"))
    piece = the_one()
    assert client.get(piece.get_absolute_url()).content.decode().count(">One sentence.") == 1
    assert "One sentence." in client.get("/").content.decode()
    Article.objects.update(standfirst="By hand.")
    assert ">By hand.</p>" in client.get(piece.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("words", "language"),
    [("She eats alone.", "en-GB"), ("혼자 먹는다.", "ko"), ("ひとりで食べる。", "ja")],
)
def test_a_piece_is_in_the_language_of_its_script(
    words: str, language: str, tmp_path: Path
) -> None:
    bring_in(tmp_path, post(7, content=words))
    assert the_one().language == language


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
