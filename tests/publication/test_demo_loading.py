"""Loading the demonstration: where it may, all or nothing, and the same every time."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction

from publication.demo import catalogue, library, load, pictures
from reviews.library import InLibrary, files_of
from reviews.models import Film, Image
from tests.factories import make_draft, make_image

SEA = ("sea", 11, "wide", "#0d2230 #1c4a56 #4f8a8b #e8c39a #ffe6bd")


@pytest.mark.django_db
def test_where_somebody_has_begun_to_write_nothing_is_loaded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_draft()
    call_command("load_demo")
    load.load()
    assert "There are articles already" in capsys.readouterr().out
    assert Film.objects.count() == 1
    assert not Image.objects.exists()


@pytest.mark.django_db
def test_a_load_that_fails_leaves_no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_facts: Any) -> None:
        raise ArithmeticError

    image = make_image()
    monkeypatch.setattr(library, "drawn", dict)
    monkeypatch.setattr(library, "stock", lambda _files: {"the only picture": image})
    monkeypatch.setattr(catalogue, "make", fail)
    with pytest.raises(ArithmeticError):
        load.load()
    assert not image.file.storage.exists(image.file.name)
    assert not default_storage.exists(next(iter(files_of(image))))


@pytest.mark.django_db(transaction=True)
def test_nobody_who_writes_waits_until_the_pictures_are_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_facts: Any) -> None:
        assert not connection.in_atomic_block
        raise ArithmeticError

    monkeypatch.setattr(library, "draw", fail)
    with pytest.raises(ArithmeticError):
        load.load()


@pytest.mark.django_db
def test_a_picture_that_fails_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    sea = {"rights": "house", "alt": "The sea", "draw": SEA}
    same = [sea | {"key": "drawn-once"}, sea | {"key": "drawn-twice"}]
    facts = {"rights": {"house": {"credit_line": "Ours"}}, "picture": same}
    monkeypatch.setattr(library.content, "read", lambda _name: facts)
    with pytest.raises(InLibrary), transaction.atomic():
        library.stock(library.drawn())
    assert not Image.objects.exists()
    originals = make_image().file
    folder = originals.name.rpartition("/")[0]
    assert not [name for name in originals.storage.listdir(folder)[1] if "drawn-" in name]


def test_the_same_drawing_is_the_same_file() -> None:
    scene, seed, shape, palette = SEA
    drawing = pictures.Drawing(scene, tuple(palette.split()), seed, shape)
    assert pictures.draw(drawing) == pictures.draw(drawing)
