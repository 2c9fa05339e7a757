"""Files that are no use or mean harm, made by the tests themselves."""

import io
import re
import struct
import zipfile
import zlib

from PIL import Image as Pillow

from tests.picture_files import FILES, file_of, scene

PAGE = b"<html><script>alert(1)</script></html>"


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def endless_png(side: int = 50_000) -> bytes:
    """A whole and valid picture of 2.5 gigapixels in some 300 kB."""
    squeeze = zlib.compressobj(1)
    row = b"\0" * ((side + 7) // 8 + 1)
    data = b"".join(squeeze.compress(row * 100) for _ in range(side // 100)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND")


def endless_gif() -> bytes:
    """65,535 by 65,535: as large as a GIF can claim to be."""
    gif = file_of(scene("P", (16, 16)), "GIF")
    return gif[:6] + b"\xff\xff\xff\xff" + gif[10:]


def endless_webp() -> bytes:
    """16,384 by 16,384 in the extended header alone."""
    webp = file_of(scene("RGB", (16, 16)), "WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0")
    at = webp.index(b"VP8X") + 12
    return webp[:at] + b"\xff\x3f\0\xff\x3f\0" + webp[at + 6 :]


def many_scans(scans: int = 2_000, side: int = 200) -> bytes:
    """A progressive JPEG whose last scan, of a few bytes, is drawn again and again."""
    jpeg = file_of(Pillow.new("RGB", (side, side)), "JPEG", progressive=True)
    last = [match.start() for match in re.finditer(b"\xff\xda", jpeg)][-1]
    return jpeg[:-2] + jpeg[last:-2] * scans + b"\xff\xd9"


def many_frames(fmt: str, frames: int) -> bytes:
    pictures = [Pillow.new("RGB", (16, 16), (n % 256, n // 256, 0)) for n in range(frames)]
    return file_of(pictures[0], fmt, save_all=True, append_images=pictures[1:], duration=20)


def text_bomb(keyword: bytes = b"zTXt") -> bytes:
    """A PNG whose text unpacks to 100 MB; also as its colour profile (iCCP)."""
    png = file_of(scene(size=(16, 16)), "PNG")
    packed = zlib.compress(b"\0" * 100_000_000)
    return png[:33] + chunk(keyword, b"a\0\0" + packed) + png[33:]


def laughing_xmp() -> bytes:
    """Entities that would unfold to gigabytes."""
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    packet = f'<!DOCTYPE x [<!ENTITY l0 "ha">{rows}]><x>&l9;</x>'
    return file_of(scene(size=(16, 16)), "JPEG", xmp=packet.encode())


def greedy_exif() -> bytes:
    """Thousands of tags that each claim the same sixty thousand bytes."""
    tags, size = 5_000, 60_000
    entries = b"".join(struct.pack(">HHII", n + 1, 7, size, 100) for n in range(tags))
    block = b"MM\0*\0\0\0\x08" + struct.pack(">H", tags) + entries
    return file_of(scene(size=(16, 16)), "JPEG", exif=(b"Exif\0\0" + block)[:65_000])


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("Evil.class", b"\xca\xfe\xba\xbe" * 20)
    return out.getvalue()


JPEG = FILES["jpeg-xmp.jpg"]
PNG = FILES["png-xmp.png"]

# What is refused: name of the file, its bytes, and the reason its sentence gives.
REFUSED = {
    "empty.jpg": (lambda: b"", "is empty"),
    "drawing.svg": (lambda: b'<?xml version="1.0"?>\n<svg onload="x()"/>', "is an SVG drawing"),
    "drawing.png": (lambda: b"\xef\xbb\xbf<!-- a --><svg></svg>", "is an SVG drawing"),
    "page.jpg": (lambda: PAGE, "is not a JPEG, PNG"),
    "words.txt": (lambda: b"Nothing to see.", "is not a JPEG, PNG"),
    "scan.tif": (lambda: file_of(scene(), "TIFF"), "is not a JPEG, PNG"),
    "old.bmp": (lambda: file_of(scene(), "BMP"), "is not a JPEG, PNG"),
    "drawing.eps": (lambda: file_of(scene(), "EPS"), "is not a JPEG, PNG"),
    "really-png.jpg": (PNG, "is named as a JPEG but is a PNG"),
    "really-jpeg.webp": (JPEG, "is named as a WebP but is a JPEG"),
    "page-in-comment.jpg": (lambda: file_of(scene(), "JPEG", comment=PAGE), "web page code"),
    "php-in-comment.gif": (
        lambda: file_of(scene("P"), "GIF", comment=b"<?php system($_GET[0]); ?>"),
        "web page code",
    ),
    "page-in-xmp.webp": (lambda: file_of(scene(), "WEBP", xmp=PAGE), "web page code"),
    "page-in-text.png": (
        lambda: PNG()[:33] + chunk(b"tEXt", b"Comment\0" + PAGE) + PNG()[33:],
        "web page code",
    ),
    "page-after-the-end.jpg": (lambda: JPEG() + PAGE, "web page code"),
    "page-after-the-end.avif": (lambda: FILES["avif-xmp.avif"]() + PAGE, "web page code"),
    "gifar.gif": (lambda: FILES["gif-palette.gif"]() + archive(), "a ZIP archive"),
    "archive.png": (lambda: PNG() + archive(), "a ZIP archive"),
    "rar.jpg": (lambda: JPEG() + b"Rar!\x1a\x07\x00" + b"x" * 99, "an archive"),
    "pdf.jpg": (lambda: file_of(scene(), "JPEG", comment=b"%PDF-1.4 1 0 obj"), "a PDF"),
    "endless.png": (endless_png, "megapixels"),
    "endless.gif": (endless_gif, "megapixels"),
    "endless.webp": (endless_webp, "megapixels"),
    "busy.jpg": (many_scans, "keep a computer busy"),
    "text-bomb.png": (text_bomb, "is damaged"),
    "profile-bomb.png": (lambda: text_bomb(b"iCCP"), "is damaged"),
    "laughing.jpg": (laughing_xmp, "web page code"),
    "comments.jpg": (lambda: b"<!---->" * 500, "is not a"),
    "comments.svg": (lambda: b"<!-- Drawn -->\n" * 200 + b"<svg>", "is an SVG drawing"),
}
# What looks like trouble and is none once it is handled well: the first frame, no words.
HARMLESS = {
    "frames.gif": lambda: many_frames("GIF", 3_000),
    "frames.webp": lambda: many_frames("WEBP", 1_000),
    "frames.avif": lambda: many_frames("AVIF", 300),
    "frames.png": lambda: many_frames("PNG", 1_000),
    "greedy.jpg": greedy_exif,
    "words-named-profile.png": lambda: (
        PNG()[:33] + chunk(b"tEXt", b"icc_profile\0words") + chunk(b"tEXt", b"xmp\0x") + PNG()[33:]
    ),
    "film-after-the-end.jpg": lambda: JPEG() + b"\0\0\0\x18ftypmp42" + b"\0" * 5_000,
    "large-xmp.png": lambda: (
        PNG()[:33] + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + b" " * 5_000_000) + PNG()[33:]
    ),
    "large-profile.jpg": lambda: file_of(scene(), "JPEG", icc_profile=b"\1" * 5_000_000),
}
