"""The printed fonts: cut once from the full typefaces to the characters that we print.

python -m tools.fonts NOTO_FOLDER DEJAVU_SANS.ttf

NOTO_FOLDER holds NotoSans-Regular.ttf, NotoSans-Bold.ttf, NotoSerif-Regular.ttf, NotoSerif-Bold.ttf.
Needs fonttools (`pip install fonttools`), which is no dependency of the program. Writes
resources/fonts/NAME.ttf, static TrueType, and resources/icc/sRGB.icc.
The typefaces come from Debian's fonts-noto-core and fonts-dejavu-core; their licences stand beside the files.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "fonts"

# Latin, Greek, Cyrillic, punctuation, super- and subscripts, currencies, letterlike signs, fractions, arrows
TEXT_RANGES = (
    (0x20, 0x7E),
    (0xA1, 0x24F),
    (0x259, 0x259),
    (0x2B9, 0x2DD),
    (0x300, 0x36F),
    (0x370, 0x3FF),
    (0x400, 0x52F),
    (0x1E00, 0x1EFF),
    (0x2009, 0x200A),
    (0x2010, 0x2027),
    (0x202F, 0x205E),
    (0x2070, 0x209F),
    (0x20A0, 0x20C0),
    (0x2100, 0x218B),
    (0x2190, 0x21FF),
    (0x2212, 0x2212),
    (0xFB01, 0xFB02),
    (0xFFFD, 0xFFFD),
)
SYMBOL_RANGES = (
    (0x2190, 0x22FF),
    (0x2300, 0x23FF),
    (0x2460, 0x24FF),
    (0x2500, 0x27BF),
    (0x2B00, 0x2B2F),
)


def in_ranges(codes: set[int], ranges: tuple[tuple[int, int], ...]) -> list[int]:
    """The codes that lie in one of the ranges, in order."""
    return sorted(code for code in codes if any(low <= code <= high for low, high in ranges))


def cut(file: Path, codes: list[int], name: str) -> bytes:
    """The typeface with these characters alone: no hints, no layout tables, renamed (OFL: no reserved name is kept)."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "DSIG", "FFTM", "MATH"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = TTFont(file, recalcTimestamp=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 6}:
            record.string = name
    stream = io.BytesIO()
    font.save(stream, reorderTables=False)
    return stream.getvalue()


def write_face(file: Path, name: str, ranges: tuple[tuple[int, int], ...]) -> int:
    """Write one typeface; how many characters it has."""
    from fontTools.ttLib import TTFont

    codes = in_ranges(set(TTFont(file).getBestCmap()), ranges)
    (FOLDER / f"{name}.ttf").write_bytes(cut(file, codes, name))
    return len(codes)


def write_profile() -> None:
    """The sRGB profile with a fixed date, so that each run gives the same bytes."""
    from PIL import ImageCms

    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = bytes([0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])  # 2000-01-01
    data[84:100] = bytes(16)
    (ROOT / "resources" / "icc" / "sRGB.icc").write_bytes(data)


def main(arguments: list[str]) -> int:
    """The command."""
    if len(arguments) != 2:
        print(__doc__)
        return 2
    noto, symbols = map(Path, arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    styles = [f"{family}-{style}" for family in ("Sans", "Serif") for style in ("Regular", "Bold")]
    for file, name, ranges in (
        *((noto / f"Noto{style}.ttf", f"Shopdesk{style}", TEXT_RANGES) for style in styles),
        (symbols, "ShopdeskSymbols", SYMBOL_RANGES),
    ):
        print(name, write_face(file, name, ranges), "characters")
    write_profile()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
