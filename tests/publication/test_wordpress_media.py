"""The files of a media library are found however a piece names them, and taken in once each."""

import re
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError

from reviews.models import Article, Image
from reviews.wordpress.pictures import Pictures
from tests.factories import make_image, picture_bytes
from tests.wordpress import PICTURE, UPLOADS, attachment, bring_in, post

pytestmark = pytest.mark.django_db


def test_two_files_of_one_guid_are_two_pictures(tmp_path: Path, media: Path) -> None:
    same = attachment(22, "2019/05/phone.jpg").replace(
        f"{UPLOADS}/phone.jpg</guid>", f"{UPLOADS}/office.jpg</guid>"
    )
    text = '<img class="wp-image-21">\n\n<img class="wp-image-22">'
    bring_in(
        tmp_path, post(7, content=text), attachment(21, "2019/05/office.jpg"), same, media=media
    )
    keys = Image.objects.order_by("pk").values_list("pk", flat=True)
    assert len(keys) == 2
    assert all(f'data-image="{key}"' in Article.objects.get().body for key in keys)


def test_two_files_without_a_guid_are_two_pictures(tmp_path: Path, media: Path) -> None:
    files = [attachment(21, "2019/05/office.jpg"), attachment(22, "2019/05/phone.jpg")]
    bare = [re.sub("<guid[^>]*>.*</guid>", "", file) for file in files]
    text = "".join(f'<img src="{UPLOADS}/{name}.jpg"/>' for name in ("office", "phone"))
    bring_in(tmp_path, *bare, post(7, content=text), media=media)
    assert all(f'data-image="{n.pk}"' in Article.objects.get().body for n in Image.objects.all())
    assert Image.objects.count() == 2


def test_the_file_that_wordpress_scaled_is_found_by_a_smaller_one(
    tmp_path: Path, media: Path
) -> None:
    month = media / "wp-content" / "uploads" / "2019" / "05"
    (month / "office-scaled.jpg").write_bytes(picture_bytes())
    text = f'<img src="{UPLOADS}/office-1024x683.jpg">'
    bring_in(
        tmp_path, post(7, content=text), attachment(21, "2019/05/office-scaled.jpg"), media=media
    )
    assert f'data-image="{Image.objects.get().pk}"' in Article.objects.get().body


def test_a_picture_that_is_not_there_is_named_and_comes_when_it_is(
    tmp_path: Path, media: Path
) -> None:
    gone = media / "wp-content/uploads/2019/05/office.jpg"
    kept = gone.read_bytes()
    gone.unlink()
    items = [post(7, content=PICTURE), attachment(21, "2019/05/office.jpg")]
    said = bring_in(tmp_path, *items, media=media)
    assert (
        "“office.jpg” in “Film Review: Aloners (2021)”, under which stood “Jina at work. Photo"
        in said
    )
    assert Article.objects.get().body == "<p>Words.</p>"
    gone.write_bytes(kept)
    said = bring_in(tmp_path, *items, media=media)
    assert "1  pieces were brought up to date" in said
    assert "data-image" in Article.objects.get().body


def test_one_file_under_two_names_is_one_picture(tmp_path: Path, media: Path) -> None:
    month = media / "wp-content/uploads/2019/05"
    (month / "copy.jpg").write_bytes((month / "office.jpg").read_bytes())
    items = [attachment(21, "2019/05/office.jpg"), attachment(24, "2019/05/copy.jpg")]
    bring_in(tmp_path, *items, media=media)
    said = bring_in(tmp_path, *items, media=media)
    assert Image.objects.count() == 1
    assert "2  pictures were here already" in said


def test_words_that_the_library_has_are_not_written_over(tmp_path: Path, media: Path) -> None:
    items = [post(7, content=PICTURE), attachment(21, "2019/05/office.jpg", alt="A desk")]
    bring_in(tmp_path, *items, media=media)
    Image.objects.update(credit_line="", alt_text="By hand", caption="")
    bring_in(tmp_path, *items, media=media)
    image = Image.objects.get()
    assert (image.credit_line, image.alt_text, image.caption) == ("", "By hand", "")


def test_a_picture_that_was_deleted_here_does_not_come_again(tmp_path: Path, media: Path) -> None:
    items = [attachment(21, "2019/05/office.jpg")]
    bring_in(tmp_path, *items, media=media)
    Image.objects.all().delete()
    bring_in(tmp_path, *items, media=media)
    assert not Image.objects.exists()


def test_the_media_may_be_a_tar(tmp_path: Path, media: Path) -> None:
    with tarfile.open(tmp_path / "media.tar", "w") as tar:
        tar.add(media / "wp-content/uploads", "media-export")
    items = [post(7, content=PICTURE), attachment(21, "2019/05/office.jpg")]
    bring_in(tmp_path, *items, media=tmp_path / "media.tar")
    assert Image.objects.count() == 1
    with tarfile.open(tmp_path / "media.tar.gz", "w:gz") as tar:
        tar.add(media, "media-export")
    for wrong in ("media.tar.gz", "nowhere"):
        with pytest.raises(CommandError, match=r"no plain tar|cannot be opened"):
            bring_in(tmp_path, *items, media=tmp_path / wrong)


def test_without_media_it_is_said_once(tmp_path: Path) -> None:
    items = [attachment(n, f"2019/05/{n}.jpg") for n in (21, 22)]
    said = bring_in(tmp_path, post(7), *items)
    assert "No picture came: no --media was given" in said
    assert "no such file" not in said


def test_a_rehearsal_takes_no_picture(tmp_path: Path, media: Path) -> None:
    items = [post(7, content=PICTURE), attachment(21, "2019/05/office.jpg")]
    said = bring_in(tmp_path, *items, media=media, dry_run=True)
    assert "1  pictures came" in said
    assert "Pictures that are not there" not in said
    assert not Image.objects.exists()


def test_a_picture_from_elsewhere_is_named(tmp_path: Path, media: Path) -> None:
    text = '<p>Words.</p><img src="https://elsewhere.example/a.jpg">'
    said = bring_in(tmp_path, post(7, content=text), media=media)
    assert "“https://elsewhere.example/a.jpg” in “Film Review" in said


def test_a_file_of_the_media_that_the_export_does_not_name_is_found(
    tmp_path: Path, media: Path
) -> None:
    text = f'<p>Words.</p><img src="{UPLOADS}/window-300x200.jpg">'
    bring_in(tmp_path, post(7, content=text), media=media)
    bring_in(tmp_path, post(7, content=text), media=media)
    assert Article.objects.get().body_images.get() == Image.objects.get()


def test_a_picture_of_the_library_that_is_the_same_file_is_used(
    tmp_path: Path, media: Path
) -> None:
    there = make_image(credit_line="© Ours")
    there.file.open("rb")
    (media / "wp-content/uploads/2019/05/office.jpg").write_bytes(there.file.read())
    items = [post(7, content=PICTURE), attachment(21, "2019/05/office.jpg", alt="Another")]
    bring_in(tmp_path, *items, media=media)
    assert Article.objects.get().body_images.get() == there
    there.refresh_from_db()
    assert (there.credit_line, there.alt_text) == ("© Ours", "Two people wait for a night bus")


def test_a_picture_goes_on_where_it_was_stopped(
    tmp_path: Path, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = attachment(21, "2019/05/office.jpg", alt="A desk", caption="Jina. Photo: Indiestory")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Pictures, "_fitting", stop)
    with pytest.raises(CommandError, match="Run it again"):
        bring_in(tmp_path, office, media=media)
    monkeypatch.undo()
    assert Image.objects.get().caption == ""
    bring_in(tmp_path, office, media=media)
    image = Image.objects.get()
    words = (image.caption, image.credit_line, image.alt_text)
    assert words == ("Jina.", "Photo: Indiestory", "A desk")
