"""What WordPress's own importer would leave out, double or break, an export says in another way
(wordpress-importer, class-wp-import.php; wp_insert_user and wpdb of WordPress)."""

import xml.etree.ElementTree as ElementTree
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from comments.models import Comment
from publication.management.commands import export_wordpress
from publication.models import Masthead
from reviews.models import Article, Byline, Image, Imported, Reviewer, Section
from tests.factories import (
    make_article,
    make_comment,
    make_draft,
    make_image,
)

WP = "{http://wordpress.org/export/1.2/}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
FIGURE = '<figure data-image="{}"><figcaption></figcaption></figure>'
NEVER = "0000-00-00 00:00:00"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_transaction_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_wordpress, "one_moment", nullcontext)


def export(folder: Path, name: str = "out.xml", **options: Any) -> ElementTree.Element:
    target = folder / name
    call_command("export_wordpress", str(target), **options)
    return ElementTree.fromstring(target.read_bytes())


def items(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [i for i in root.iter("item") if i.findtext(f"{WP}post_type") == kind]


def test_what_has_no_date_keeps_one_day_in_every_export(tmp_path: Path) -> None:
    """What is there already WordPress knows by title and day; 0000-00-00 becomes today there."""
    draft = make_draft()
    Article.objects.filter(pk=draft.pk).update(created_at=datetime(2025, 5, 3, 12, tzinfo=UTC))
    Masthead.objects.create(pk=1, name="Ninth Row", about="Who we are.")
    root = export(tmp_path)
    for kind in ("post", "page"):
        [item] = items(root, kind)
        assert (item.findtext(f"{WP}post_date") or "").startswith("2025-05-03")
    [piece] = items(root, "post")
    assert piece.findtext(f"{WP}post_date_gmt") == NEVER  # no draft is dated there
    assert piece.findtext("pubDate") is None


def test_a_login_is_no_longer_than_wordpress_takes_and_one_s_own(tmp_path: Path) -> None:
    article = make_article()
    article.bylines.all().delete()
    long = ["a" * 60 + each for each in "bc"]
    for position, slug in enumerate(long):
        reviewer = Reviewer.objects.create(name=slug[-1], slug=slug)
        Byline.objects.create(article=article, reviewer=reviewer, position=position)
    root = export(tmp_path)
    logins = [each.text or "" for each in root.iter(f"{WP}author_login")]
    assert len({*logins}) == len(logins)
    assert max(map(len, logins)) <= 50  # as much as its address has; it takes 60
    [piece] = items(root, "post")
    assert piece.findtext(CREATOR) in logins
    named = [c.get("nicename") for c in piece.iter("category") if c.get("domain") == "author"]
    assert {*named} <= {f"cap-{login}" for login in logins}


def test_a_comment_has_no_field_for_which_all_of_it_would_be_refused(tmp_path: Path) -> None:
    article = make_article()
    site = "https://example.org/" + "a" * 180
    make_comment(article, author_email=f"{'a' * 60}@{'b' * 40}.org", author_url=f"{site}b")
    make_comment(article, author_email="a@example.org", author_url=site)
    root = export(tmp_path)
    for name, said in (("email", "a@example.org"), ("url", site)):
        assert [each.text or "" for each in root.iter(f"{WP}comment_author_{name}")] == ["", said]


def test_a_guid_that_its_column_does_not_hold_is_left_out(tmp_path: Path) -> None:
    Article.objects.filter(pk=make_article().pk).update(guid=f"https://{'a' * 250}")
    [piece] = items(export(tmp_path), "post")
    assert not piece.findtext("guid")


def test_pictures_lie_elsewhere_than_wordpress_puts_them(tmp_path: Path) -> None:
    """Fetched from its own folder a file gets a name that begins with the old one (still-1.jpg),
    and then WordPress puts the new name for the old in it once more, in every text."""
    image = make_image(developed=True)
    make_article(body=f"<p>A.</p>{FIGURE.format(image.pk)}")
    root = export(tmp_path, media=tmp_path / "media")
    address = items(root, "attachment")[0].findtext(f"{WP}attachment_url") or ""
    assert "/uploads/" not in address
    [file] = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert address.endswith(f"/{file.relative_to(tmp_path / 'media')}")


def test_nobody_is_asked_for_comments_where_nobody_could_comment(tmp_path: Path) -> None:
    make_image(developed=True)
    make_article()
    Masthead.objects.create(pk=1, name="Ninth Row", about="Who we are.")
    root = export(tmp_path)
    said = {
        kind: [each.findtext(f"{WP}comment_status") for each in items(root, kind)]
        for kind in ("attachment", "page", "post")
    }
    assert said == {"attachment": ["closed"], "page": ["closed"], "post": ["open"]}


def test_a_section_keeps_its_address_and_takes_none_of_a_kind(tmp_path: Path) -> None:
    Section.objects.create(name="극장에서", slug="on-screens")
    make_article(section=Section.objects.create(name="평론", slug="reviews"))
    root = export(tmp_path)
    slugs = {
        c.findtext(f"{WP}cat_name"): c.findtext(f"{WP}category_nicename")
        for c in root.iter(f"{WP}category")
    }
    assert slugs["극장에서"] == "on-screens"
    assert slugs["Reviews"] == "reviews"
    [piece] = items(root, "post")
    named = {c.text: c.get("nicename") for c in piece.iter("category")}
    assert named["평론"] == slugs["평론"] != "reviews"


def test_a_decorative_picture_comes_back_as_one(tmp_path: Path) -> None:
    image = make_image(alt_text="", decorative=True)
    make_article(body=f"<p>A.</p>{FIGURE.format(image.pk)}")
    export(tmp_path, media=tmp_path / "media")
    for model in (Comment, Article, Imported, Image):
        model.objects.all().delete()
    call_command("import_wordpress", str(tmp_path / "out.xml"), media=tmp_path / "media")
    assert Image.objects.get().decorative
