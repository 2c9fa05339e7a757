"""Reading and writing the words that say whose a picture is: IPTC-IIM, XMP and EXIF.

Pure: a file in, a `Rights` out, and back again. Field names follow the IPTC Photo Metadata Standard
2024.1; XMP is ISO 16684-1, IPTC-IIM is version 4.2, its place in a JPEG is Photoshop's resource
0x0404 in marker APP13.
"""

import re
import struct
from dataclasses import dataclass, fields, replace
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import ExifTags, IptcImagePlugin
from PIL import Image as Pillow

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
XMP_RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
IPTC_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
PLUS = "http://ns.useplus.org/ldf/xmp/1.0/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

LARGEST_PACKET = 1_000_000  # bytes of XMP we read; a packet in a JPEG marker holds 65,502
# What XML 1.0 cannot carry, and other control characters: a packet with one of them says nothing.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Of moments that a photograph can be from: what a camera without a clock says is none of these, and
# the ends of the calendar are on no day in some time zone.
YEARS = range(1826, 9999)
LONGEST_WORDS = 2_000  # characters of one field; the IIM's own limit for a caption


@dataclass(frozen=True)
class Rights:
    """What a picture says of itself. Text is "" and the moment None where it says nothing."""

    credit_line: str = ""
    creator: str = ""
    copyright_notice: str = ""
    description: str = ""
    headline: str = ""
    source: str = ""
    web_statement: str = ""
    licensor_url: str = ""
    alt_text: str = ""
    created_at: datetime | None = None

    def or_else(self, other: "Rights") -> "Rights":
        """These words, and the other's where these are silent."""
        return Rights(
            **{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(self)}
        )


# XMP properties, and the IIM data sets that say the same (record 2).
XMP_PROPERTIES = {
    "credit_line": (PHOTOSHOP, "Credit"),
    "creator": (DC, "creator"),
    "copyright_notice": (DC, "rights"),
    "description": (DC, "description"),
    "headline": (PHOTOSHOP, "Headline"),
    "source": (PHOTOSHOP, "Source"),
    "web_statement": (XMP_RIGHTS, "WebStatement"),
    "alt_text": (IPTC_CORE, "AltTextAccessibility"),
}
IIM_DATA_SETS = {
    "headline": 105,
    "creator": 80,
    "credit_line": 110,
    "source": 115,
    "copyright_notice": 116,
    "description": 120,
}

_WORDS = tuple(f.name for f in fields(Rights) if f.name != "created_at")


def read(picture: Pillow.Image) -> Rights:
    """The rights in an opened file: XMP first, then IPTC-IIM, then EXIF, as IPTC advises."""
    return _from_xmp(picture).or_else(_from_iim(picture)).or_else(_from_exif(picture))


def _from_xmp(picture: Pillow.Image) -> Rights:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    if isinstance(packet, str):
        packet = packet.encode(errors="replace")
    if not isinstance(packet, bytes) or len(packet) > LARGEST_PACKET:
        return Rights()
    packet = packet.strip(b"\x00 \r\n\t")
    try:
        root = fromstring(packet, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as broken:
        broken.__traceback__ = None  # a circle of frames, in which the picture would stay decoded
        return Rights()
    found: dict[str, str] = {}
    for description in _descriptions(root):
        for field, (namespace, name) in XMP_PROPERTIES.items():
            found.setdefault(field, "")
            found[field] = found[field] or _property(description, f"{{{namespace}}}{name}")
    licensor = next((_text(e) for e in root.iter(f"{{{PLUS}}}LicensorURL")), "") or next(
        (
            e.get(f"{{{PLUS}}}LicensorURL", "")
            for e in root.iter()
            if f"{{{PLUS}}}LicensorURL" in e.attrib
        ),
        "",
    )
    found["licensor_url"] = licensor
    return _saying(found)


def _descriptions(root: Element) -> list[Element]:
    """Of the picture itself: what is within one of them is of something else, such as of a picture
    that it was made from. A packet that nests thousands would be gone through for each."""
    packet = root if root.tag == f"{{{RDF}}}RDF" else root.find(f".//{{{RDF}}}RDF")
    return packet.findall(f"{{{RDF}}}Description") if packet is not None else []


def _property(description: Element, name: str) -> str:
    """A property's text: an attribute, a plain element, or the items of a list or alternative."""
    if name in description.attrib:
        return description.attrib[name]
    element = description.find(name)
    if element is None:
        return ""
    items = element.findall(f".//{{{RDF}}}li")
    if not items:
        return _text(element)
    if element.find(f"{{{RDF}}}Alt") is not None:
        default = [item for item in items if item.get(XML_LANG) == "x-default"]
        return _text((default or items)[0])
    return ", ".join(filter(None, map(_text, items)))


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _from_iim(picture: Pillow.Image) -> Rights:
    try:
        data = IptcImagePlugin.getiptcinfo(picture) or {}  # type: ignore[arg-type]
    except Exception:  # damaged words are no words; the parser raises whatever it meets
        return Rights()
    utf8 = data.get((1, 90)) == b"\x1b%G"

    def words(number: int) -> str:
        raw = data.get((2, number)) or b""
        parts = raw if isinstance(raw, list) else [raw]
        return ", ".join(filter(None, (_tidy(_decode(part, utf8)) for part in parts)))

    return _saying({field: words(number) for field, number in IIM_DATA_SETS.items()})


def _decode(raw: bytes, utf8: bool) -> str:
    """IIM text: UTF-8 where it says so or happens to be it, else Windows' Western European."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8" if utf8 else "cp1252", errors="replace")


def _from_exif(picture: Pillow.Image) -> Rights:
    try:
        exif = picture.getexif()
        return Rights(
            creator=_tidy(exif.get(ExifTags.Base.Artist)),
            copyright_notice=_tidy(exif.get(ExifTags.Base.Copyright)),
            description=_tidy(exif.get(ExifTags.Base.ImageDescription)),
            created_at=_moment(exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)),
        )
    except Exception:  # as above
        return Rights()


def _moment(said: object) -> datetime | None:
    """EXIF's “2021:11:04 19:30:00”; the camera's own clock, so it names no zone."""
    try:
        moment = datetime.strptime(str(said), "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    return moment if moment.year in YEARS else None


def _saying(words: dict[str, str]) -> Rights:
    return replace(Rights(), **{field: _tidy(said) for field, said in words.items()})  # type: ignore[arg-type]


def _tidy(words: object) -> str:
    if not isinstance(words, str):
        return ""
    return " ".join(_UNPRINTABLE.sub(" ", words).split())[:LONGEST_WORDS]


def xmp_packet(rights: Rights) -> bytes:
    """The rights as an XMP packet, for Pillow's `xmp=`."""
    rights = _written(rights)

    def alternative(tag: str, words: str) -> str:
        item = f'<rdf:li xml:lang="x-default">{escape(words)}</rdf:li>'
        return f"<{tag}><rdf:Alt>{item}</rdf:Alt></{tag}>"

    def plain(tag: str, words: str) -> str:
        return f"<{tag}>{escape(words)}</{tag}>"

    parts = [
        (rights.credit_line, plain("photoshop:Credit", rights.credit_line)),
        (
            rights.creator,
            f"<dc:creator><rdf:Seq><rdf:li>{escape(rights.creator)}</rdf:li></rdf:Seq></dc:creator>",
        ),
        (rights.copyright_notice, alternative("dc:rights", rights.copyright_notice)),
        (rights.copyright_notice, plain("xmpRights:Marked", "True")),
        (rights.description, alternative("dc:description", rights.description)),
        (rights.headline, plain("photoshop:Headline", rights.headline)),
        (rights.source, plain("photoshop:Source", rights.source)),
        (rights.web_statement, plain("xmpRights:WebStatement", rights.web_statement)),
        (rights.alt_text, alternative("Iptc4xmpCore:AltTextAccessibility", rights.alt_text)),
        (
            rights.licensor_url,
            '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">'
            + plain("plus:LicensorURL", rights.licensor_url)
            + "</rdf:li></rdf:Seq></plus:Licensor>",
        ),
    ]
    said = "".join(element for words, element in parts if words)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
        f'<rdf:Description rdf:about="" xmlns:dc="{DC}" xmlns:photoshop="{PHOTOSHOP}"'
        f' xmlns:xmpRights="{XMP_RIGHTS}" xmlns:Iptc4xmpCore="{IPTC_CORE}" xmlns:plus="{PLUS}">'
        f"{said}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    ).encode()


def iim_segment(rights: Rights) -> bytes:
    """The rights as a JPEG's APP13 marker with IPTC-IIM in UTF-8, for Pillow's `extra=`.

    The full words, past the IIM's old limits (32 bytes for a credit): a credit cut short is lost.
    """
    rights = _written(rights)
    records = _data_set(1, 90, b"\x1b%G") + _data_set(2, 0, b"\x00\x04")
    for field, number in IIM_DATA_SETS.items():
        words = getattr(rights, field)
        if words:
            records += _data_set(2, number, words.encode())
    if len(records) % 2:
        records += b"\x00"
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(records)) + records
    block = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + struct.pack(">H", len(block) + 2) + block


def _written(rights: Rights) -> Rights:
    """Only characters that both standards can carry, whichever door the words came in by."""
    return _saying({name: getattr(rights, name) for name in _WORDS})


def _data_set(record: int, number: int, data: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(data)) + data
