"""Reading and writing the words that say whose a picture is."""

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from reviews import rights
from reviews.rights import Rights
from tests.picture_files import FILES, IIM_RIGHTS, RIGHTS, file_of, scene, words_exif

needs_exiftool = pytest.mark.skipif(
    shutil.which("exiftool") is None,
    reason="exiftool (Debian's libimage-exiftool-perl) is not installed",
)


def read(data: bytes) -> Rights:
    with Pillow.open(io.BytesIO(data)) as picture:
        return rights.read(picture)


@pytest.mark.parametrize(
    "name",
    ["jpeg-xmp.jpg", "png-xmp.png", "webp-xmp.webp", "avif-xmp.avif", "heic-xmp.heic"],
)
def test_every_word_of_xmp_is_read(name: str) -> None:
    found = read(FILES[name]())
    assert found.created_at is not None
    assert Rights(**{**vars(found), "created_at": None}) == RIGHTS


def test_a_file_with_iptc_iim_alone_is_read() -> None:
    found = read(FILES["jpeg-iim.jpg"]())
    assert Rights(**{**vars(found), "created_at": None}) == IIM_RIGHTS


def test_a_file_with_exif_alone_gives_creator_copyright_and_day() -> None:
    found = read(file_of(scene(), "JPEG", exif=words_exif()))
    assert found.creator == "Ahn Ji-woo"
    assert found.copyright_notice == "(c) 2021 Festival"
    assert found.created_at is not None
    assert found.created_at.isoformat() == "2021-11-04T19:30:00"


@pytest.mark.parametrize(
    "said", ["0000:00:00 00:00:00", "0001:01:01 00:00:00", "9999:12:31 23:59:59"]
)
def test_a_day_on_which_nobody_photographed_is_none(said: str) -> None:
    exif = words_exif()
    exif.get_ifd(0x8769)[0x9003] = said
    found = read(file_of(scene(), "JPEG", exif=exif))
    assert (found.creator, found.created_at) == ("Ahn Ji-woo", None)


def test_xmp_is_asked_before_iim() -> None:
    older = rights.iim_segment(Rights(credit_line="Old credit", headline="Only here"))
    newer = rights.xmp_packet(Rights(credit_line="New credit"))
    found = read(file_of(scene(), "JPEG", xmp=newer, extra=older))
    assert (found.credit_line, found.headline) == ("New credit", "Only here")


def test_a_picture_that_it_was_made_from_is_not_taken_for_itself() -> None:
    theirs = "<rdf:Description><dc:creator>Somebody else</dc:creator></rdf:Description>"
    packet = (
        f'<rdf:RDF xmlns:rdf="{rights.RDF}" xmlns:dc="{rights.DC}"><rdf:Description>'
        f"<dc:source>{theirs}</dc:source><dc:rights>Ours</dc:rights></rdf:Description></rdf:RDF>"
    )
    found = read(file_of(scene(), "JPEG", xmp=packet.encode()))
    assert (found.creator, found.copyright_notice) == ("", "Ours")


def test_old_western_european_iim_is_read() -> None:
    words = "Photo: Agnès Müller".encode("cp1252")
    record = b"\x1c\x02\x6e" + len(words).to_bytes(2, "big") + words
    resource = b"8BIM\x04\x04\x00\x00" + len(record).to_bytes(4, "big") + record
    block = b"Photoshop 3.0\x00" + resource + b"\x00" * (len(resource) % 2)
    segment = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    assert read(file_of(scene(), "JPEG", extra=segment)).credit_line == "Photo: Agnès Müller"


@pytest.mark.parametrize(
    "packet",
    [
        b"not xml",
        b"<x:xmpmeta",
        b"\xff\xfe\x00",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<a/>",
    ],
)
def test_a_broken_packet_says_nothing_and_breaks_nothing(packet: bytes) -> None:
    assert read(file_of(scene(), "JPEG", xmp=packet)) == Rights()


def test_words_that_xml_cannot_carry_do_not_silence_the_rest() -> None:
    said = Rights(credit_line="Image\x01 © A\ud800 Festival\uffff", creator="Ahn\x85Ji-woo")
    for options in ({"xmp": rights.xmp_packet(said)}, {"extra": rights.iim_segment(said)}):
        found = read(file_of(scene(), "JPEG", **options))
        assert (found.credit_line, found.creator) == ("Image © A Festival", "Ahn Ji-woo")


# What XML 1.0 can carry; the form's fields hold no control characters.
words = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
    ),
    max_size=60,
).map(lambda text: " ".join(text.split()))


@settings(max_examples=60)
@given(words, words, words)
def test_what_is_written_is_read_again(credit: str, creator: str, notice: str) -> None:
    said = Rights(credit_line=credit, creator=creator, copyright_notice=notice)
    small = scene(size=(16, 16))
    assert read(file_of(small, "JPEG", xmp=rights.xmp_packet(said))) == said
    assert read(file_of(small, "JPEG", extra=rights.iim_segment(said))) == said


@needs_exiftool
def test_an_independent_program_reads_what_is_written(tmp_path: Path) -> None:
    packet, segment = rights.xmp_packet(RIGHTS), rights.iim_segment(RIGHTS)
    path = tmp_path / "a.jpg"
    path.write_bytes(file_of(scene(), "JPEG", xmp=packet, extra=segment))
    called = ["exiftool", "-json", "-G1", "-charset", "iptc=utf8", str(path)]
    told = json.loads(subprocess.run(called, capture_output=True, check=True).stdout)[0]
    assert told["IPTC:Credit"] == told["XMP-photoshop:Credit"] == RIGHTS.credit_line
    assert told["IPTC:By-line"] == told["XMP-dc:Creator"] == RIGHTS.creator
    assert told["IPTC:CopyrightNotice"] == told["XMP-dc:Rights"] == RIGHTS.copyright_notice
    assert told["XMP-xmpRights:WebStatement"] == RIGHTS.web_statement
    assert told["XMP-plus:LicensorURL"] == RIGHTS.licensor_url
    assert told["XMP-iptcCore:AltTextAccessibility"] == RIGHTS.alt_text
