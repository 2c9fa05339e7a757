"""Originals of the first days, which lay among what is served, come into their own place."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from reviews import storing
from reviews.models import Image, RetiredFile

NAME = "pictures/2025/10/still.jpg"


def _old(home: FileSystemStorage, monkeypatch: pytest.MonkeyPatch) -> Image:
    monkeypatch.setattr(storing, "originals", lambda: home)
    default_storage.save(NAME, ContentFile(b"a picture"))
    return Image(file=NAME)


@pytest.mark.django_db
def test_it_comes_home_whole_also_after_a_copy_that_was_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = FileSystemStorage(tmp_path / "originals")
    home.save(NAME, ContentFile(b"a pic"))
    storing.bring_home(_old(home, monkeypatch))
    assert (tmp_path / "originals" / NAME).read_bytes() == b"a picture"
    assert RetiredFile.objects.filter(name=NAME).exists()
    default_storage.delete(NAME)


@pytest.mark.django_db
def test_where_both_are_one_place_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    home = FileSystemStorage(default_storage.location)  # type: ignore[attr-defined]
    storing.bring_home(_old(home, monkeypatch))
    assert not RetiredFile.objects.exists()
    default_storage.delete(NAME)
