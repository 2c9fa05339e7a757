"""What an uploaded file's bytes hold besides a picture; looked at before anything is decoded.

Originals are never served and renditions are encoded anew, so nothing hidden in a file can reach a
reader. It is refused all the same: what carries it was made to deceive, or was spoilt on its way.
Bytes after a picture's end that are none of these are let in: phones put a film or a second
picture there.
"""

import re

# Markup that a browser could be talked into running. Short words would occur by chance.
_MARKUP = re.compile(rb"<script|<!doctype|<iframe|<html[\s>]|<\?php\s", re.IGNORECASE)
# Comments are read in one way alone: of forty in a row there are more than anybody waits for.
_VECTOR = re.compile(
    rb"\s*(?><\?xml[^>]{0,200}>\s*|<!--.{0,500}?-->\s*)*+<(!doctype\s+)?svg", re.I | re.S
)
_PACKED = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c")
_ZIP_ENTRY, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
ZIP_TAIL = 65_557  # a ZIP's end record and its longest comment; readers look no further
PDF_HEAD = 1024  # readers look for the mark of a PDF no further
HEIC_BRANDS = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1")

# A progressive JPEG has about ten scans. A scan can be a few bytes and makes the decoder go over
# every pixel: 100 of them over 49 megapixels take 3.4 seconds, and 25 MB has room for 300,000.
MOST_SCANS = 100
_SEGMENT_END = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def stowaway(data: bytes) -> str:
    """What is hidden in a picture's file, in words; or “”."""
    if _MARKUP.search(data):
        return "web page code"
    if _ZIP_END in data[-ZIP_TAIL:] and _ZIP_ENTRY in data:
        return "a ZIP archive"
    if _PACKED.search(data):
        return "an archive"
    if b"%PDF-" in data[:PDF_HEAD]:
        return "a PDF"
    return ""


def what_else(data: bytes) -> str:
    """What a file is that is not a picture: the rest of a sentence that begins with its name."""
    if _VECTOR.match(data[:4096].removeprefix(b"\xef\xbb\xbf")):
        return "is an SVG drawing, which can carry scripts. Export it as PNG."
    if data[4:12] in HEIC_BRANDS:
        return "is a HEIC picture that cannot be read here. Export it as JPEG."
    return ""


def has_too_many_scans(jpeg: bytes) -> bool:
    """Whether a JPEG goes over its picture more often than any honest one.

    Walks the markers (ITU-T T.81, annex B) up to the end of the first image.
    """
    at, scans = 2, 0
    while scans <= MOST_SCANS:
        marker = _SEGMENT_END.search(jpeg, at)
        if marker is None or marker.group() == b"\xff\xd9":  # cut short, or the end
            return False
        if marker.group() == b"\xff\xda":
            scans += 1
        at = marker.end() + int.from_bytes(jpeg[marker.end() : marker.end() + 2], "big")
    return True
