"""Renditions are made by claimed rows: once, by anybody, through crashes and changes of mind."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db.models import CharField
from django.utils import timezone

from reviews import darkroom, library, picture_words, pictures, retired_files, rights
from reviews.models import Image, RetiredFile
from tests.between import before_first
from tests.factories import make_image

pytestmark = pytest.mark.django_db

State = Image.Renditions


def test_a_new_picture_has_one_rendition_at_once_and_the_rest_after_work() -> None:
    image = make_image(width=900, height=600)
    assert image.renditions_state == State.WAITING
    assert [(w, h) for w, h, _ in image.sizes()] == [(900, 600)]
    assert image.sizes(kind="avif") == []
    call_command("work", "--once")
    image.refresh_from_db()
    assert image.renditions_state == State.READY
    assert [w for w, _, _ in image.sizes(kind="avif")] == [320, 640, 720, 900]
    assert [(w, h) for w, h, _ in image.sizes("1x1")] == [(160, 160), (320, 320)]
    assert all(default_storage.exists(name) for name in library.files_of(image))


def test_a_picture_in_work_is_not_claimed_again_until_its_claim_is_stale() -> None:
    image = make_image()
    claimed = darkroom._claim()
    assert claimed == image
    assert darkroom.develop_next() is None
    longer = darkroom.STALE + timedelta(seconds=1)
    for another_time in (
        timezone.now() - longer,
        timezone.now() + longer,
    ):  # or the clock was ahead
        wish = {"renditions_state": State.WORKING, "renditions_attempts": 1}
        Image.objects.update(renditions_claimed_at=another_time, **wish)
        assert darkroom.develop_next() == image
    image.refresh_from_db()
    assert image.renditions_state == State.READY


def test_work_that_was_overtaken_by_new_words_is_thrown_away() -> None:
    image = make_image()
    claimed = darkroom._claim()
    assert claimed is not None
    image.credit_line = "Image © Somebody else"
    image.save()
    library.words_changed(image, ["credit_line"])
    darkroom._develop(claimed)
    image.refresh_from_db()
    assert image.renditions_state == State.WAITING
    darkroom.develop_all()
    image.refresh_from_db()
    file = default_storage.open(image.sizes()[-1][2])
    with file, pictures.open_picture(file) as picture:
        assert rights.read(picture).credit_line == "Image © Somebody else"


def test_words_that_change_while_a_picture_is_taken_in_hand_are_written_into_its_files() -> None:
    image = make_image()

    def change() -> None:
        same = Image.objects.get(pk=image.pk)
        same.credit_line = "Image © Somebody else"
        same.save()
        library.words_changed(same, ["credit_line"])

    with before_first('UPDATE "reviews_image"', change):
        darkroom.develop_all()
    image.refresh_from_db()
    file = default_storage.open(image.sizes()[-1][2])
    with file, pictures.open_picture(file) as picture:
        assert rights.read(picture).credit_line == "Image © Somebody else"


def test_a_picture_that_goes_while_it_is_taken_in_hand_is_left_alone() -> None:
    image = make_image()
    with before_first('UPDATE "reviews_image"', Image.objects.all().delete):
        assert darkroom.develop_next() is None
    assert not Image.objects.filter(pk=image.pk).exists()


def test_a_change_that_is_in_no_file_asks_for_nothing() -> None:
    image = make_image(developed=True)
    library.words_changed(image, ["film", "people", "embargo_until", "decorative"])
    image.refresh_from_db()
    assert image.renditions_state == State.READY


def test_each_word_that_is_in_the_files_has_them_made_anew_when_it_changes() -> None:
    image, silent = make_image(developed=True), picture_words.rights_of(Image())
    fields = [f.name for f in Image._meta.fields if isinstance(f, CharField) and f.editable]
    said = {
        name: picture_words.rights_of(Image(**{name: "https://example.org/"})) for name in fields
    }
    in_files = [name for name in fields if said[name] != silent]
    assert {"credit_line", "alt_text", "web_statement", "licence_url"} < set(in_files)
    for name in in_files:
        Image.objects.update(renditions_state=State.READY)
        library.words_changed(image, [name])
        image.refresh_from_db()
        assert image.renditions_state == State.WAITING, name


def test_old_files_stay_a_day_for_pages_that_are_open() -> None:
    image = make_image(developed=True)
    old = set(library.files_of(image))
    image.credit_line = "Image © Corrected"
    image.save()
    library.words_changed(image, ["credit_line"])
    darkroom.develop_all()
    image.refresh_from_db()
    assert not old & set(library.files_of(image))
    assert retired_files.prune() == 0
    assert all(default_storage.exists(name) for name in old)
    RetiredFile.objects.update(retired_at=timezone.now() - timedelta(days=2))
    assert retired_files.prune() == len(old)
    assert not any(default_storage.exists(name) for name in old)
    assert all(default_storage.exists(name) for name in library.files_of(image))


def test_words_changed_back_keep_the_files_that_are_in_use_again() -> None:
    image = make_image(developed=True)
    first = image.credit_line
    for words in ("Image © Corrected", first):
        image.credit_line = words
        image.save()
        library.words_changed(image, ["credit_line"])
        darkroom.develop_all()
        image.refresh_from_db()
    RetiredFile.objects.update(retired_at=timezone.now() - timedelta(days=2))
    retired_files.prune()
    assert all(default_storage.exists(name) for name in library.files_of(image))


def test_a_picture_that_cannot_be_made_is_tried_three_times_and_says_so() -> None:
    image = make_image()
    image.file.storage.delete(image.file.name)
    assert darkroom.develop_all() == darkroom.MOST_ATTEMPTS
    image.refresh_from_db()
    assert image.renditions_state == State.FAILED
    assert "FileNotFoundError" in image.renditions_error
    assert image.address()  # the small one is still shown


def test_a_withdrawn_picture_loses_its_files_at_once_and_gets_them_back_when_restored(
    django_capture_on_commit_callbacks: object,
) -> None:
    image = make_image(developed=True)
    names = list(library.files_of(image))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert library.withdraw(image, "Withdrawn at the wish of the photographer.")
    assert not library.withdraw(image)
    assert (image.is_showable(), image.address()) == (False, "")
    assert not any(default_storage.exists(name) for name in names)
    assert darkroom.develop_next() is None
    assert library.restore(image)
    darkroom.develop_all()
    image.refresh_from_db()
    assert image.is_showable()
    assert len(again := list(library.files_of(image))) == len(names)
    assert all(default_storage.exists(name) for name in again)


def test_files_of_a_withdrawn_picture_go_though_a_crash_came_after_the_commit() -> None:
    image = make_image()
    names = list(library.files_of(image))
    library.withdraw(image)  # what follows the commit is not carried out in this test
    assert all(map(default_storage.exists, names))
    assert retired_files.prune() == len(names)
    assert not any(map(default_storage.exists, names))


def test_a_picture_withdrawn_while_it_is_in_work_stays_gone(
    django_capture_on_commit_callbacks: object,
) -> None:
    image = make_image(developed=True)
    names = list(library.files_of(image))
    library.ask_for_renditions(image)
    claimed = darkroom._claim()
    assert claimed is not None
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        library.withdraw(image)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        darkroom._develop(claimed)
    image.refresh_from_db()
    assert image.renditions == {}
    assert not any(default_storage.exists(name) for name in names)


def test_what_was_made_of_a_withdrawn_picture_goes_should_the_process_die_first() -> None:
    image = make_image(developed=True)
    library.ask_for_renditions(image)
    claimed = darkroom._claim()
    assert claimed is not None
    library.withdraw(image)
    RetiredFile.objects.all().delete()  # of what there was before
    darkroom._develop(claimed)  # what follows the commit is not carried out in this test
    names = list(RetiredFile.objects.values_list("name", flat=True))
    assert names
    retired_files.prune()
    assert not any(map(default_storage.exists, names))


def test_nobody_makes_a_withdrawn_picture_anew() -> None:
    image = make_image(developed=True)
    opened_before = Image.objects.get(pk=image.pk)
    library.withdraw(image)
    library.words_changed(image, ["credit_line"])
    assert Image.objects.get(pk=image.pk).renditions_state == State.READY
    library.words_changed(opened_before, ["credit_line"])
    assert darkroom.develop_next() is None


def test_what_is_not_withdrawn_is_not_restored() -> None:
    image = make_image(developed=True)
    assert not library.restore(image)
    now = Image.objects.get(pk=image.pk)
    assert (now.rights_status, now.renditions_state) == (Image.Rights.CLEARED, State.READY)


def test_of_two_that_take_over_a_stale_claim_one_does() -> None:
    images = Image.objects.filter(pk=make_image().pk)
    long_ago = timezone.now() - darkroom.STALE - timedelta(seconds=1)
    images.update(renditions_state=State.WORKING, renditions_claimed_at=long_ago)

    def another_was_quicker() -> None:
        images.update(renditions_claimed_at=timezone.now())

    with before_first('UPDATE "reviews_image"', another_was_quicker):
        assert darkroom._claim() is None


def test_who_was_overtaken_throws_its_work_away() -> None:
    image = make_image(width=700, height=400)
    overtaken = darkroom._claim()
    assert overtaken is not None
    Image.objects.filter(pk=image.pk).update(renditions_claimed_at=timezone.now())
    darkroom._develop(overtaken)
    now = Image.objects.get(pk=image.pk)
    assert (now.renditions, now.renditions_state) == (image.renditions, State.WORKING)


def test_a_picture_deleted_while_it_is_in_work_leaves_nothing(
    django_capture_on_commit_callbacks: object,
) -> None:
    image = make_image(width=700, height=400)
    claimed = darkroom._claim()
    assert claimed is not None
    library.delete(image)  # its original goes after the commit, so the work can still be done
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        darkroom._develop(claimed)
    retired_files.prune()  # for the one that it had before, whose callback this test did not run
    folder = f"{retired_files.FOLDER}/{image.sha256[: retired_files.PREFIX]}"
    assert default_storage.listdir(folder)[1] == []


def test_a_picture_that_takes_every_worker_with_it_is_given_up() -> None:
    image = make_image()
    long_ago = timezone.now() - darkroom.STALE - timedelta(seconds=1)
    for _ in range(darkroom.MOST_ATTEMPTS):
        assert darkroom._claim() == image  # and the process dies here
        Image.objects.update(renditions_claimed_at=long_ago)
    assert darkroom.develop_next() is None
    image.refresh_from_db()
    assert image.renditions_state == State.FAILED
    assert "never finished" in image.renditions_error
