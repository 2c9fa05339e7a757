"""Makes static/fonts/ from the packages of Fontsource: `make fonts`, or see docs/design.md.

Fontsource cuts a face into one file for each script, which would be one request for each. Here the
Latin, the extended Latin (Hepburn's ō, McCune's ŏ, Hanyu Pinyin's ǔ) and the Vietnamese cut become
one again, narrowed to the weights and sizes that the stylesheet uses, and are cut anew: what nearly
every page needs, and what few do. The stylesheet's `unicode-range` says which is which.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

CUTS = ("latin", "latin-ext", "vietnamese")
SIZES = (18, 60)  # optical sizes: text, below which Newsreader needs no other drawing, to headline
AXES = {
    "normal": {"opsz": SIZES, "wght": (400, 650)},
    "italic": {"opsz": (18, 36), "wght": 400},  # never bold here, nor as large as a headline
}
# Kerning is that of running text at every size and weight: varied, it is a third of the file.
KERNED_FOR = {"opsz": 18, "wght": 400}
# How far a point may lie from where it was drawn: in a headline of 76 pixels a seventh of one.
TOLERANCE = 4  # of 2,000 units in an em
# What most pages are written in: Western Europe's letters, the long vowels of Japanese and Korean
# in Latin letters, quotes, dashes, arrows. No page of such words asks for a second file.
USUAL = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x102),
    *(0x112, 0x113, 0x12A, 0x12B, 0x14C, 0x14D, 0x14E, 0x14F, 0x152, 0x153, 0x160, 0x161),
    *(0x16A, 0x16B, 0x16C, 0x16D, 0x178, 0x17D, 0x17E),
    *range(0x2010, 0x2027),
    *(0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20A9, 0x20AC, 0x2116, 0x2122),
    *(0x2190, 0x2191, 0x2192, 0x2193, 0x2212),
]
# The rest: Central Europe, Pinyin's tones, Vietnamese, Arabic and Sanskrit in Latin letters.
MORE = [
    *range(0x102, 0x180),
    *(0x18F, 0x192, 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1CD, 0x1DD), *range(0x1E6, 0x1EC)),
    *(0x1F4, 0x1F5, *range(0x200, 0x21C), 0x237, 0x259, 0x2BB, 0x2BC, 0x2BE, 0x2BF, 0x2C6, 0x2C7),
    *range(0x2D8, 0x2DE),
    *range(0x300, 0x30D),
    *(0x31B, 0x323, 0x324, 0x326, 0x327, 0x328, 0x32E, 0x331),
    *range(0x1E00, 0x1F00),
]
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "pnum", "tnum"]
VARIED_WITH = ("HVAR", "MVAR")  # say again, faster, what the outlines say; not after joining


def joined(folder: Path, style: str) -> TTFont:
    """The Latin cut with the glyphs of the others, whose kerning is left out."""
    first, *others = (TTFont(next(folder.glob(f"*-{cut}-opsz-{style}.woff2"))) for cut in CUTS)
    for font in (first, *others):
        font.ensureDecompiled()
    for table in VARIED_WITH:
        if table in first:
            del first[table]
    for number, other in enumerate(others):
        _take_over(first, other, f"cut{number}.")
    return first


def _take_over(font: TTFont, other: TTFont, prefix: str) -> None:
    known = font.getBestCmap()
    wanted = {code: name for code, name in other.getBestCmap().items() if code not in known}
    names = set(wanted.values())
    while True:  # an accented letter is drawn from others
        parts = {p for n in names for p in other["glyf"][n].getComponentNames(other["glyf"])}
        if parts <= names:
            break
        names |= parts
    new = {name: prefix + name for name in other.getGlyphOrder() if name in names}
    order = [*font.getGlyphOrder(), *new.values()]
    for name, taken in new.items():
        glyph = other["glyf"][name]
        for component in getattr(glyph, "components", ()):
            component.glyphName = new[component.glyphName]
        font["glyf"][taken] = glyph
        font["hmtx"][taken] = other["hmtx"][name]
        font["gvar"].variations[taken] = other["gvar"].variations.get(name, [])
    font.setGlyphOrder(order)
    font["glyf"].setGlyphOrder(order)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap |= {code: new[name] for code, name in wanted.items() if code < 0x10000}


def made(folder: Path, style: str, letters: list[int]) -> TTFont:
    font = instancer.instantiateVariableFont(joined(folder, style), AXES[style])
    still = instancer.instantiateVariableFont(joined(folder, style), KERNED_FOR)
    for table in ("GPOS", "GDEF"):
        font[table] = still[table]
    options = subset.Options(
        layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14]
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    _drop_what_nobody_sees(font)
    font.flavor = "woff2"
    return font


def _drop_what_nobody_sees(font: TTFont) -> None:
    """Of the points' ways from one size or weight to another those that lie within TOLERANCE of
    what a renderer infers from their neighbours'."""
    outlines, metrics = font["glyf"], font["hmtx"].metrics
    for name, variations in font["gvar"].variations.items():
        if outlines[name].numberOfContours <= 0:  # nothing, or drawn from others
            continue
        points, control = outlines._getCoordinatesAndControls(name, metrics)
        for variation in variations:
            variation.calcInferredDeltas(points, control.endPts)
            variation.roundDeltas()
            variation.optimize(points, control.endPts, tolerance=TOLERANCE)


def main(packages: Path, out: Path) -> None:
    folder = packages / "@fontsource-variable" / "newsreader"
    letters = {"": USUAL, "-more": MORE}
    for style, ending in (("normal", "roman"), ("italic", "italic")):
        for which, codes in letters.items():
            path = out / f"newsreader-{ending}{which}.woff2"
            made(folder / "files", style, codes).save(path)
            sys.stdout.write(f"{path}: {path.stat().st_size:,} bytes\n")
    (out / "newsreader-OFL.txt").write_text((folder / "LICENSE").read_text())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
