"""Pieces of an export of WordPress become ours: kind, words, byline, film, dates and address."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from reviews import publishing
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


def test_what_was_for_subscribers_is_a_draft(tmp_path: Path) -> None:
    part = (
        "<!-- wp:premium-content/container --><div><!-- wp:premium-content/subscriber-view -->"
        "<p>The end.</p><!-- /wp:premium-content/subscriber-view -->"
        "<!-- wp:premium-content/logged-out-view --><p>Subscribe!</p>"
        "<!-- /wp:premium-content/logged-out-view --></div><!-- /wp:premium-content/container -->"
    )
    said = bring_in(
        tmp_path,
        post(1, meta={"_jetpack_newsletter_access": "paid_subscribers"}),
        post(2, content=part),
        post(3, meta={"_jetpack_newsletter_access": "everybody"}),
    )
    assert [piece.status for piece in Article.objects.order_by("pk")] == [
        *("draft", "draft", "published")
    ]
    assert Article.objects.get(slug="post-2").body == "<p>The end.</p>"
    assert "it, or a part of it, was for subscribers" in said


def test_what_was_to_appear_later_appears_then(tmp_path: Path) -> None:
    later = timezone.now().year + 1
    bring_in(tmp_path, post(7, status="future", date_gmt=f"{later}-01-02 08:00:00"))
    assert the_one().status == "scheduled"
    assert the_one().publish_at == datetime(later, 1, 2, 8, tzinfo=UTC)
    assert not Article.objects.published().exists()


def test_what_is_no_post_is_left_out_and_named(tmp_path: Path) -> None:
    said = bring_in(
        tmp_path,
        post(7, "Blog", "<!-- wp:latest-posts /-->", post_type="page"),
        post(8, "Thrown away", status="trash"),
        post(9, "Menu", post_type="nav_menu_item"),
        post(10, "Portfolio", post_type="jetpack-portfolio"),
    )
    assert not Article.objects.exists()
    assert "“Blog” (line" in said
    assert "a page without words" in said
    assert "in the trash there" in said
    assert "a “jetpack-portfolio”, not a post" in said
    assert "“Menu”" not in said


def test_a_page_is_a_draft_whose_address_leads_on_once_it_is_published(
    tmp_path: Path, client: Client
) -> None:
    link = "https://reel.example/write-for-us/"
    page = post(7, "Write for us", "<p>Pitch!</p>", categories=(), post_type="page", link=link)
    said = bring_in(tmp_path, page)
    assert (the_one().kind, the_one().status, the_one().body) == (
        "feature",
        "draft",
        "<p>Pitch!</p>",
    )
    assert "“Write for us” (/write-for-us/)" in said
    assert client.get("/write-for-us/").status_code == 404
    publishing.publish(the_one(), by=None)
    assert client.get("/write-for-us/")["Location"] == the_one().get_absolute_url()


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


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Drama Review: Kingdom (South Korea, 2019)", "series"),
        ("K-Drama review – Kingdom (2019)", "series"),
        ("TV Review: Kingdom (2019)", "series"),
        ("Film Review: Kingdom (2019)", "film"),
    ],
)
def test_a_drama_is_a_series(tmp_path: Path, headline: str, kind: str) -> None:
    bring_in(tmp_path, post(1, headline, categories=("Uncategorized",)))
    film = Film.objects.get()
    assert (the_one().kind, film.title, film.year, film.kind) == ("review", "Kingdom", 2019, kind)


def test_a_review_that_names_no_film_is_read_as_a_feature(tmp_path: Path, client: Client) -> None:
    text = "Words.\n\n★★★★"
    said = bring_in(tmp_path, post(7, "Thoughts on a train", text))
    assert "<p>★★★★</p>" in the_one().body
    piece = the_one()
    assert (piece.kind, piece.film, piece.rating) == ("feature", None, None)
    assert client.get(piece.get_absolute_url()).status_code == 200
    assert "“Thoughts on a train”" in said


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


def test_a_rehearsal_says_what_would_come_and_changes_nothing(tmp_path: Path) -> None:
    said = bring_in(tmp_path, post(7), post(8, "No film"), dry_run=True)
    assert "nothing was changed" in said
    assert "2  pieces came" in said
    assert "“No film”" in said
    assert not Article.objects.exists()
    assert not Reviewer.objects.exists()


def test_the_whole_report_can_be_kept(tmp_path: Path) -> None:
    pages = [post(n, f"Page {n}", status="trash") for n in range(1, 20)]
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


def test_what_has_no_title_is_called_by_its_first_words(tmp_path: Path) -> None:
    items = [
        post(1, "", '[gallery ids="1,2"]\n\nhttps://youtu.be/x\n\nThree stills. And more.'),
        post(2, "", "A thought on trains"),
        post(3, "", f"One {'word ' * 20}"),
        post(4, "", "[gallery]"),
    ]
    bring_in(tmp_path, *items)
    assert list(Article.objects.order_by("pk").values_list("headline", flat=True)) == [
        "Three stills. And more.",
        "A thought on trains",
        f"One{' word' * 11}…",
        "Untitled, number 4",
    ]
