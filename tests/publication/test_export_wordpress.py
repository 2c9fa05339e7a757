"""A publication leaves: what goes out in WordPress's format comes in again as it was."""

import errno
import os
import stat
import xml.etree.ElementTree as ElementTree
from datetime import timedelta
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from comments.models import Comment
from publication.backups import unfinished
from publication.models import Masthead
from reviews import publishing
from reviews.models import Article, Byline, Film, Image, Reviewer, Section, Tag
from reviews.wordpress.wxr import Export
from tests.factories import (
    make_article,
    make_comment,
    make_draft,
    make_film,
    make_image,
    make_reviewer,
    make_user,
)

WP = "{http://wordpress.org/export/1.2/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
HOSTILE = "“]]>” & <b>혼자 사는 사람들</b> \U0001f3ac العربية"


def export(folder: Path, **options: Any) -> ElementTree.Element:
    target = folder / "out.xml"
    call_command("export_wordpress", str(target), **options)
    return ElementTree.fromstring(target.read_bytes())


def items(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [i for i in root.iter("item") if i.findtext(f"{WP}post_type") == kind]


def a_publication() -> Article:
    """A review with all that could get lost, and comments in every state."""
    film = make_film("Aloners", year=2021)
    images = [make_image(credit_line=f"Image © {number} {HOSTILE}") for number in range(3)]
    one, two, three = (image.pk for image in images)
    article = make_article(
        headline=HOSTILE,
        standfirst="She eats alone.",
        film=film,
        rating=9,
        lead_image=images[0],
        section=Section.objects.create(name="On screens", slug="on-screens"),
        body=(
            f"<p>First, {escape(HOSTILE)}.</p>"
            f'<figure data-image="{one}"><figcaption>At <em>work</em></figcaption></figure>'
            "<h2>Then</h2><blockquote><p>Quoted.</p></blockquote><ul><li><p>one</p></li></ul>"
            f'<div data-gallery=""><figure data-image="{two}"><figcaption></figcaption></figure>'
            f'<figure data-image="{three}"><figcaption></figcaption></figure></div>'
            "<details><p>She leaves.</p></details>"
            '<p>Said <span lang="ko">혼자</span>.</p>'
        ),
    )
    article.tags.add(Tag.objects.create(name="Solitude", slug="solitude"))
    second = make_reviewer("Second Writer")
    Byline.objects.create(article=article, reviewer=second, role="words", position=5)
    parent = make_comment(article, status="approved", text=f"First. {HOSTILE}\n\nSpoiler: no.")
    make_comment(article, status="approved", parent=parent, text="Second.")
    for status in ("pending", "spam", "rejected"):
        make_comment(article, status=status, text=f"It is {status}.")
    return article


def no_room(export: Export) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def told(article: Article) -> dict[str, object]:
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "kind": article.kind,
        "rating": article.rating,
        "film": str(article.film),
        "guid": article.guid,
        "at": article.publish_at and article.publish_at.replace(microsecond=0),
        "section": article.section.name,
        "writers": [reviewer.name for reviewer in article.writers()],
        "comments": sorted(
            (c.text, c.status, c.author_name, c.author_email, c.parent and c.parent.text)
            for c in article.comments.exclude(status="rejected").select_related("parent")
        ),
        "credits": sorted(i.credit_line for i in article.body_images.all()),
        "lead": article.lead_image and article.lead_image.credit_line,
    }


@pytest.mark.django_db(transaction=True)
def test_what_goes_out_comes_in_again(tmp_path: Path) -> None:
    article = a_publication()
    before, body = told(article), article.body
    keys = list(article.body_images.order_by("pk").values_list("pk", flat=True))
    export(tmp_path, media=tmp_path / "media")
    Comment.objects.update(parent=None, root=None)
    for model in (Comment, Article, Film, Tag, Section, Reviewer, Image):
        model.objects.all().delete()
    call_command("import_wordpress", str(tmp_path / "out.xml"), media=tmp_path / "media")
    found = Article.objects.get(kind="review")
    assert told(found) == before
    for old, new in zip(keys, found.body_images.order_by("pk"), strict=True):
        body = body.replace(f'data-image="{old}"', f'data-image="{new.pk}"')
    assert found.body.replace("\n", "") == f"{body}<p>Aloners, 2021</p>"
    assert {"Solitude", "Aloners (2021)"} == {tag.name for tag in found.tags.all()}


@pytest.mark.django_db(transaction=True)
def test_each_state_has_its_word_there_and_what_is_deleted_or_withdrawn_stays(
    tmp_path: Path,
) -> None:
    make_draft(headline="A draft")
    make_article(headline="Out")
    later = make_article(headline="Later")
    Article.objects.filter(pk=later.pk).update(publish_at=timezone.now() + timedelta(days=2))
    editor = make_user("Editor")
    publishing.withdraw(gone := make_article(headline="Withdrawn"), by=editor)
    publishing.delete(make_draft(headline="Deleted"), by=editor)
    hidden = make_image(credit_line="Hidden")
    Image.objects.filter(pk=hidden.pk).update(
        rights_status="withdrawn", withdrawn_at=timezone.now()
    )
    Article.objects.filter(pk=gone.pk).update(lead_image=hidden)
    root = export(tmp_path)
    found = {i.findtext("title"): i.findtext(f"{WP}status") for i in items(root, "post")}
    assert found == {
        "A draft": "draft",
        "Out": "publish",
        "Later": "future",
        "Withdrawn": "private",
    }
    assert "Hidden" not in ElementTree.tostring(root, "unicode")


@pytest.mark.django_db(transaction=True)
def test_the_file_is_for_its_owner_and_addresses_may_stay(tmp_path: Path) -> None:
    make_comment(make_article(), author_email="mina@example.org")
    Masthead.objects.create(pk=1, name="Ninth Row", about="Who we are.\n\nWhere we are.")
    root = export(tmp_path, without_addresses=True)
    assert stat.S_IMODE((tmp_path / "out.xml").stat().st_mode) == 0o600
    assert "mina@example.org" not in ElementTree.tostring(root, "unicode")
    [about] = items(root, "page")
    assert about.findtext(CONTENT) == "<p>Who we are.</p>\n\n<p>Where we are.</p>"
    numbers = [i.findtext(f"{WP}post_id") for i in root.iter("item")]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.django_db(transaction=True)
def test_a_picture_in_a_text_is_named_as_the_file_that_wordpress_fetches(tmp_path: Path) -> None:
    until = timezone.now() + timedelta(days=9)
    image = make_image(developed=True, width=1500, height=100, expires_at=until)
    figure = f'<figure data-image="{image.pk}"><figcaption></figcaption></figure>'
    make_article(body=f"<p>One.</p>{figure}")
    root = export(tmp_path)
    [attachment], [piece] = items(root, "attachment"), items(root, "post")
    address = attachment.findtext(f"{WP}attachment_url")
    assert f'src="{address}"' in (piece.findtext(CONTENT) or "")
    assert until.isoformat() in [each.text for each in attachment.iter(f"{WP}meta_value")]


@pytest.mark.django_db(transaction=True)
def test_what_readers_may_not_see_yet_or_any_more_stays_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    early = make_image(developed=True, credit_line="Too early")
    late = make_image(developed=True, credit_line="Too late")
    figures = "".join(
        f'<figure data-image="{image.pk}"><figcaption></figcaption></figure>'
        for image in (early, late)
    )
    make_article(lead_image=late, body=f'<p>Two.</p>{figures}<div data-gallery="">{figures}</div>')
    now, day = timezone.now(), timedelta(days=1)
    Image.objects.filter(pk=early.pk).update(embargo_until=now + day)
    Image.objects.filter(pk=late.pk).update(expires_at=now - day)
    root = export(tmp_path)
    said = ElementTree.tostring(root, "unicode")
    assert "Too early" not in said
    assert "Too late" not in said
    assert "gallery" not in said
    assert "_thumbnail_id" not in said
    told = capsys.readouterr().out
    assert "0 pictures" in told
    assert early.file.name in told
    assert late.file.name in told


@pytest.mark.django_db(transaction=True)
def test_who_answers_what_was_erased_stands_alone(tmp_path: Path) -> None:
    gone = make_comment(article := make_article(), status="approved")
    make_comment(article, status="approved", parent=gone, text="An answer.")
    Comment.objects.filter(pk=gone.pk).update(text="")
    parents = [each.text for each in export(tmp_path).iter(f"{WP}comment_parent")]
    assert parents == ["0"]  # WordPress hangs it under whatever has that number there


@pytest.mark.django_db(transaction=True)
def test_a_piece_is_its_writers_and_says_when_it_came_and_whose_the_photographs_are(
    tmp_path: Path,
) -> None:
    article = make_article()
    article.bylines.all().delete()
    for position, role in enumerate(("photographs", "words")):
        Byline.objects.create(
            article=article, reviewer=make_reviewer(f"By {role}"), role=role, position=position
        )
    [piece] = items(export(tmp_path), "post")
    [writer] = [line.reviewer.slug for line in article.bylines.filter(role="words")]
    assert piece.findtext("{http://purl.org/dc/elements/1.1/}creator") == writer
    assert "<p>Photographs by By photographs</p>" in (piece.findtext(CONTENT) or "")
    came = parsedate_to_datetime(piece.findtext("pubDate") or "")  # Ghost's migrator reads no other
    assert came == article.first_published_at.replace(microsecond=0)


@pytest.mark.django_db(transaction=True)
def test_what_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_image(developed=True)
    make_article()
    left = tmp_path / f"{unfinished.PREFIX}killed"
    left.mkdir()
    (left / "lock").touch()
    monkeypatch.setattr(Export, "end", no_room)
    with pytest.raises(CommandError, match="Nothing was exported: No space left"):
        export(tmp_path, media=tmp_path / "media")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.django_db(transaction=True)
def test_pictures_do_not_stay_without_the_file_that_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_paths: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(unfinished, "put_in_place", broken_off)
    with pytest.raises(KeyboardInterrupt):
        export(tmp_path, media=tmp_path / "media")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_over_and_nothing_half_is_left(tmp_path: Path) -> None:
    (tmp_path / "out.xml").write_text("mine")
    with pytest.raises(CommandError, match=r"out\.xml is there already"):
        export(tmp_path)
    with pytest.raises(CommandError, match="There is no folder"):
        export(tmp_path / "nowhere")
    image = make_image(developed=True)
    image.file.storage.delete(image.file.name)
    with pytest.raises(CommandError, match="without 1 pictures whose files are not there"):
        call_command("export_wordpress", str(tmp_path / "second.xml"), media=tmp_path / "media")
    assert (tmp_path / "second.xml").exists()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
