"""A folder of pictures comes in by command: once each, through refusals and interruptions."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from reviews.models import CreditSource, Image
from tests.factories import make_film, picture_bytes
from tests.picture_files import FILES
from tests.running.processes import environment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "stills"
    (inside / "day two").mkdir(parents=True)
    for n in range(3):
        (inside / f"still-{n}.jpg").write_bytes(picture_bytes())
    (inside / "day two" / "credited.jpg").write_bytes(FILES["jpeg-both.jpg"]())
    (inside / ".DS_Store").write_bytes(b"litter")
    (inside / "Thumbs.db").write_bytes(b"litter")
    return inside


def run(folder: Path, **options: str) -> str:
    out = io.StringIO()
    call_command("import_pictures", str(folder), stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_every_picture_of_a_folder_comes_in_with_its_words(folder: Path) -> None:
    told = run(folder)
    assert "4 added, 0 in the library already, 0 refused." in told
    assert "1 of 4: “credited.jpg” added" in told
    assert Image.objects.count() == 4
    assert Image.objects.get(headline="Aloners").creator == "Ahn Ji-woo 안지우"


@pytest.mark.django_db
def test_a_second_run_adds_nothing_twice(folder: Path) -> None:
    run(folder)
    (folder / "copy.jpg").write_bytes((folder / "still-0.jpg").read_bytes())
    assert "0 added, 5 in the library already, 0 refused." in run(folder)
    assert Image.objects.count() == 4


@pytest.mark.django_db
def test_a_refused_file_is_named_at_the_end_and_stops_nothing(folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"")
    (folder / "notes.txt").write_bytes(b"Credits to follow.")
    with pytest.raises(CommandError) as report:
        run(folder)
    assert "“a.jpg” is empty." in str(report.value)
    assert "“notes.txt” is not a JPEG" in str(report.value)


@pytest.mark.django_db
def test_a_refused_file_is_not_called_there_when_it_comes_again(folder: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (folder / name).write_bytes(b"Credits to follow.")
    with pytest.raises(CommandError) as report:
        run(folder)
    assert "“a.jpg” is not a JPEG" in str(report.value)
    assert "“b.jpg” is not a JPEG" in str(report.value)
    assert report.value.returncode == 1
    assert Image.objects.count() == 4


@pytest.mark.django_db
def test_a_source_fills_in_what_files_do_not_say(folder: Path) -> None:
    CreditSource.objects.create(name="A Festival", credit_line="Image © Courtesy of A Festival")
    film = make_film()
    run(folder, credit_source="a festival", film=film.slug)
    lines = set(Image.objects.filter(film=film).values_list("credit_line", flat=True))
    assert len(lines) == 2
    assert "Image © Courtesy of A Festival" in lines


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"credit_source": "Nobody"}, "no credit source “Nobody”"), ({"film": "x"}, "no film “x”")],
)
def test_a_name_that_is_not_there_is_said(
    folder: Path, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(folder, **options)
    with pytest.raises(CommandError, match="is not a folder"):
        run(folder / "still-0.jpg")


@pytest.mark.django_db(transaction=True)
def test_one_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    stills = tmp_path / "stills"
    stills.mkdir()
    for n in range(30):
        (stills / f"{n:02}.jpg").write_bytes(picture_bytes())
    env = environment(tmp_path) | {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_pictures", str(stills)]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        for _ in range(7):
            first.stdout.readline()
        first.kill()
    assert first.returncode != 0
    again = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    numbers = [int(word) for word in again.stdout.splitlines()[-1].split() if word.isdigit()]
    added, there, refused = numbers
    assert refused == 0
    assert added + there == 30
    assert 7 <= there < 30
    assert Image.objects.count() == 30
