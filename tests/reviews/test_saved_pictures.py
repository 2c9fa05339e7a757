"""A picture saved from the page says whose it is and not where it was taken.

Read back by an independent program, from the files that the whole way through the library stored.
"""

import json
import shutil
import subprocess
from pathlib import Path, PurePath
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reviews import darkroom, library, picture_words, retired_files
from reviews.models import Image
from tests.picture_files import FILES, RIGHTS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        shutil.which("exiftool") is None,
        reason="exiftool (Debian's libimage-exiftool-perl) is not installed",
    ),
]
# What the editor types where a file says nothing.
WORDS = {name: getattr(RIGHTS, name) for name in ("credit_line", "creator", "copyright_notice")}


def taken_in() -> list[Image]:
    """Every sort of file, each once, through the library and the darkroom."""
    images = []
    for name, make in FILES.items():
        file = ContentFile(make(), name=name)
        try:
            said = picture_words.said_by(library.accept(file).rights)
        except library.InLibrary:  # two names for the same bytes
            continue
        silent = {field: words for field, words in WORDS.items() if field not in said}
        images.append(library.add(file, silent))
    darkroom.develop_all()
    assert all(row.renditions_state == row.Renditions.READY for row in Image.objects.all())
    return images


def told(folder: Path) -> list[dict[str, Any]]:
    """All that is in each, and nothing that exiftool makes of it."""
    read = ["exiftool", "-json", "-G0", "-a", "-u", "-e", "-charset", "iptc=utf8", "-r"]
    ran = subprocess.run([*read, str(folder)], capture_output=True, check=True)
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found


def private(file: dict[str, Any]) -> list[str]:
    return [tag for tag in file if "GPS" in tag or "Serial" in tag or tag.startswith("EXIF:")]


def test_every_stored_file_carries_its_rights_and_none_says_where_it_was_taken(
    tmp_path: Path,
) -> None:
    images = taken_in()
    originals, served = tmp_path / "originals", tmp_path / "served"
    originals.mkdir()
    count = 0
    for image in images:
        (originals / PurePath(image.file.name).name).write_bytes(image.file.read())
        folder = f"{retired_files.FOLDER}/{image.sha256[: retired_files.PREFIX]}"
        (served / folder).mkdir(parents=True)
        for name in default_storage.listdir(folder)[1]:  # also the one made at once
            data = default_storage.open(f"{folder}/{name}").read()
            assert b"SERIAL-12345" not in data
            (served / folder / name).write_bytes(data)
            count += 1
    files = told(served)
    assert len(files) == count >= 20 * len(images) / 2
    for file in files:
        assert file["XMP:Credit"] == RIGHTS.credit_line
        assert file["XMP:Creator"] == RIGHTS.creator
        assert file["XMP:Rights"] == RIGHTS.copyright_notice
        if file["SourceFile"].endswith("jpg"):
            assert file["IPTC:Credit"] == RIGHTS.credit_line
            assert file["IPTC:By-line"] == RIGHTS.creator
            assert file["IPTC:CopyrightNotice"] == RIGHTS.copyright_notice
        assert not private(file)
    assert sum("EXIF:GPSLatitude" in file for file in told(originals)) > 10  # what was dropped
