"""Picture files of every sort a publicist sends, made by the tests themselves."""

import io
import struct
from collections.abc import Callable
from typing import Any

from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from reviews import pictures  # noqa: F401 (lets Pillow write HEIC)
from reviews.rights import Rights, iim_segment, xmp_packet

RIGHTS = Rights(
    credit_line="Image © Courtesy of London Korean Film Festival — 혼자 사는 사람들 & others",
    creator="Ahn Ji-woo 안지우",
    copyright_notice="© 2021 <Film> & Sons",
    description="Jina eats alone at a counter.",
    headline="Aloners",
    source="Festival press office",
    web_statement="https://example.org/rights",
    licensor_url="https://example.org/licence",
    alt_text="A woman eats alone at a counter, a phone propped before her.",
)
# What only IPTC-IIM can say: no alt text, no addresses.
IIM_RIGHTS = Rights(
    **{
        name: getattr(RIGHTS, name)
        for name in (
            "credit_line",
            "creator",
            "copyright_notice",
            "description",
            "headline",
            "source",
        )
    }
)


def scene(mode: str = "RGB", size: tuple[int, int] = (660, 440)) -> Pillow.Image:
    """Four quarters of different colours, so that a turned picture shows it."""
    width, height = size
    picture = Pillow.new("RGB", size, (200, 40, 40))
    picture.paste((40, 160, 60), (width // 2, 0, width, height // 2))
    picture.paste((40, 60, 180), (0, height // 2, width // 2, height))
    picture.paste((230, 200, 60), (width // 2, height // 2, width, height))
    return picture if mode == "RGB" else picture.convert(mode)


def file_of(picture: Pillow.Image, fmt: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, fmt, **options)
    return out.getvalue()


def located_exif(orientation: int = 1) -> Pillow.Exif:
    """EXIF as a camera writes it: where, with which serial number, which way up."""
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera Works"
    exif.get_ifd(0x8769)[0x9003] = "2021:11:04 19:30:00"
    exif.get_ifd(0x8769)[0xA431] = "SERIAL-12345"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    return exif


def words_exif() -> Pillow.Exif:
    exif = located_exif()
    exif[0x013B] = "Ahn Ji-woo"
    exif[0x8298] = "(c) 2021 Festival"
    exif[0x010E] = "Jina eats alone at a counter."
    return exif


def png_16_bit() -> bytes:
    grey = scene("L").convert("I").point(lambda level: level * 257)
    return file_of(grey.convert("I;16"), "PNG")


def animated(fmt: str) -> bytes:
    frames = [scene(), scene().transpose(Pillow.Transpose.ROTATE_180)]
    return file_of(frames[0], fmt, save_all=True, append_images=frames[1:], duration=100)


# Known pairs of the same colour: as Adobe RGB (1998) has it, as sRGB has it (Lindbloom's tables).
ADOBE_RGB_AND_SRGB = [
    ((219, 0, 0), (255, 0, 0)),
    ((144, 255, 60), (0, 255, 0)),
    ((0, 0, 250), (0, 0, 255)),
    ((128, 128, 128), (128, 128, 128)),
]


def adobe_rgb() -> bytes:
    """A colour profile of the wide gamut that cameras offer, written here from its published
    numbers: three primaries adapted to D50 and a gamma of 563/256 (ICC.1:2001-04, matrix type)."""

    def fixed(*numbers: float) -> bytes:
        return struct.pack(f">{len(numbers)}i", *(round(n * 65536) for n in numbers))

    words = b"Wide gamut"
    text = b"desc\0\0\0\0" + struct.pack(">I", len(words) + 1) + words + b"\0" + b"\0" * 78
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, 563) + b"\0\0"
    tags = {
        b"desc": text + b"\0" * (-len(text) % 4),
        b"cprt": b"text\0\0\0\0No one\0\0",
        b"wtpt": b"XYZ \0\0\0\0" + fixed(0.9505, 1, 1.0891),
        b"rXYZ": b"XYZ \0\0\0\0" + fixed(0.60974, 0.31111, 0.01947),
        b"gXYZ": b"XYZ \0\0\0\0" + fixed(0.20528, 0.62567, 0.06087),
        b"bXYZ": b"XYZ \0\0\0\0" + fixed(0.14919, 0.06322, 0.74457),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    at, table, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data
    head = struct.pack(">I4sI", at + len(body), b"\0\0\0\0", 0x02400000) + b"mntrRGB XYZ "
    head += struct.pack(">6H", 2021, 11, 4, 0, 0, 0) + b"acsp" + b"\0" * 28
    return (head + fixed(0.9642, 1, 0.8249)).ljust(128, b"\0") + table + body


def wide_gamut(fmt: str = "JPEG") -> bytes:
    """Four bars of the Adobe RGB colours above, tagged with their profile."""
    picture = Pillow.new("RGB", (400, 300))
    for n, (colour, _) in enumerate(ADOBE_RGB_AND_SRGB):
        picture.paste(colour, (n * 100, 0, n * 100 + 100, 300))
    return file_of(picture, fmt, icc_profile=adobe_rgb(), quality=95)


def _packet() -> bytes:
    return xmp_packet(RIGHTS)


def _png_words() -> PngInfo:
    words = PngInfo()
    words.add_itxt("XML:com.adobe.xmp", _packet().decode())
    return words


# What a publicist sends, by file name.
FILES: dict[str, Callable[[], bytes]] = {
    "jpeg-xmp.jpg": lambda: file_of(scene(), "JPEG", xmp=_packet(), exif=located_exif()),
    "jpeg-iim.jpg": lambda: file_of(
        scene(), "JPEG", extra=iim_segment(RIGHTS), exif=located_exif()
    ),
    "jpeg-both.jpg": lambda: file_of(
        scene(), "JPEG", xmp=_packet(), extra=iim_segment(RIGHTS), exif=located_exif()
    ),
    "jpeg-cmyk.jpg": lambda: file_of(scene("CMYK"), "JPEG", xmp=_packet()),
    "jpeg-grey.jpg": lambda: file_of(scene("L"), "JPEG", xmp=_packet()),
    "jpeg-progressive.jpg": lambda: file_of(scene(), "JPEG", xmp=_packet(), progressive=True),
    "jpeg-two-pictures.jpg": lambda: animated("MPO"),
    "jpeg-cmyk-iim.jpg": lambda: file_of(scene("CMYK"), "JPEG", extra=iim_segment(RIGHTS)),
    **{
        f"jpeg-turned-{n}.jpg": (
            lambda n=n: file_of(scene(), "JPEG", xmp=_packet(), exif=located_exif(n))
        )
        for n in range(1, 9)
    },
    "png-xmp.png": lambda: file_of(scene(), "PNG", pnginfo=_png_words(), exif=located_exif()),
    "webp-xmp.webp": lambda: file_of(scene(), "WEBP", xmp=_packet(), exif=located_exif()),
    "webp-animated.webp": lambda: animated("WEBP"),
    "png-animated.png": lambda: animated("PNG"),
    "png-16-bit.png": png_16_bit,
    "png-palette.png": lambda: file_of(scene().quantize(16), "PNG"),
    "png-grey-and-alpha.png": lambda: file_of(scene("LA"), "PNG"),
    "gif-palette.gif": lambda: file_of(scene().quantize(16), "GIF"),
    "gif-animated.gif": lambda: animated("GIF"),
    "avif-animated.avif": lambda: animated("AVIF"),
    "webp-lossless.webp": lambda: file_of(scene(), "WEBP", lossless=True, xmp=_packet()),
    "png-transparent.png": lambda: file_of(scene("RGBA"), "PNG"),
    "avif-xmp.avif": lambda: file_of(scene(), "AVIF", xmp=_packet(), exif=located_exif()),
    "heic-xmp.heic": lambda: file_of(scene(), "HEIF", xmp=_packet(), exif=located_exif()),
}
