"""The printed fonts: cut once from the full typefaces, ready to be put into a PDF as they are.

python -m tools.fonts NOTO_REGULAR.ttf NOTO_BOLD.ttf DEJAVU_SANS.ttf

Needs fonttools (`pip install fonttools`), which is no dependency of the program. Writes into resources/fonts:
NAME.ttf (the characters we print, for tests and for those who carry on), NAME.N.bin (deflated subset N, at most 255
characters, one per code) and fonts.json (metrics). Writes resources/icc/sRGB.icc, too.
The typefaces come from Debian's fonts-noto-core and fonts-dejavu-core; their licences stand beside the files.
"""

from __future__ import annotations

import io
import json
import sys
import zlib
from pathlib import Path
from typing import Any

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
# Subset 0 serves nearly every German, English, French, Spanish or Scandinavian page alone.
FIRST = [*range(0x20, 0x7F), *range(0xA1, 0x100)]
FIRST += [ord(c) for c in "€–—‘’‚“”„…•‹›−×Œœ™‰†\u202fŠšŽž→\ufffd" if ord(c) not in FIRST]
SHARED = [
    *range(0x20, 0x41),
    *map(ord, "–—„“”’«»€"),
]  # figures and punctuation come along, so that runs stay whole


def in_ranges(codes: set[int], ranges: tuple[tuple[int, int], ...]) -> list[int]:
    """The codes that lie in one of the ranges, in order."""
    return sorted(code for code in codes if any(low <= code <= high for low, high in ranges))


def groups(codes: list[int]) -> list[list[int]]:
    """The characters of each subset: first the common ones, then by script, at most 220 of their own each."""
    first = [code for code in FIRST if code in codes]
    rest = [code for code in codes if code not in first]
    scripts: list[list[int]] = [
        [c for c in rest if 0x400 <= c <= 0x45F or c in {0x490, 0x491, 0x2116}],
        [c for c in rest if 0x460 <= c <= 0x52F and c not in {0x490, 0x491}],
        [c for c in rest if c < 0x180 or 0x218 <= c <= 0x21B],
        [c for c in rest if 0x180 <= c < 0x250 and not 0x218 <= c <= 0x21B],
        [c for c in rest if 0x370 <= c <= 0x3FF],
        [c for c in rest if not (c < 0x250 or 0x370 <= c <= 0x52F or c == 0x2116)],
    ]
    result = [first]
    for script in scripts:
        for start in range(0, len(script), 200):
            own = script[start : start + 200]
            result.append([c for c in SHARED if c in codes][: 254 - len(own)] + own)
    return [group for group in result if group]


def encoded(group: list[int]) -> list[int]:
    """Position = code in the PDF string: printable ASCII keeps its code, the others fill 128–255, then 1–31."""
    codes = [0] * 256
    free = [*range(128, 256), *range(1, 32), 127, *(c for c in range(33, 127) if c not in group)]
    for char in group:
        codes[char if char < 127 else free.pop(0)] = char
    return codes


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


def write_face(file: Path, name: str, ranges: tuple[tuple[int, int], ...]) -> dict[str, Any]:
    """Write one typeface's files; its metrics in thousandths of the size."""
    from fontTools.ttLib import TTFont
    from reportlab.pdfbase.ttfonts import TTFontFace

    codes = in_ranges(set(TTFont(file).getBestCmap()), ranges)
    path = FOLDER / f"{name}.ttf"
    path.write_bytes(cut(file, codes, name))
    face: Any = TTFontFace(str(path))
    widths = face.charWidths
    subsets = []
    for number, group in enumerate(groups(codes)):
        positions = encoded(group)
        data = face.makeSubset(positions)
        (FOLDER / f"{name}.{number}.bin").write_bytes(zlib.compress(data, 9))
        subsets.append(
            {
                "length": len(data),
                "characters": "".join(chr(c) for c in positions),
                "widths": [round(widths.get(c, 0)) if c else 0 for c in positions],
            }
        )
    return {
        "ascent": round(face.ascent),
        "descent": round(face.descent),
        "cap_height": round(face.capHeight),
        "stem": round(face.stemV),
        "box": [round(value) for value in face.bbox],
        "subsets": subsets,
    }


def write_profile() -> None:
    """The sRGB profile with a fixed date, so that each run gives the same bytes."""
    from PIL import ImageCms

    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = bytes([0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])  # 2000-01-01
    data[84:100] = bytes(16)
    (ROOT / "resources" / "icc" / "sRGB.icc").write_bytes(data)


def main(arguments: list[str]) -> int:
    """The command."""
    if len(arguments) != 3:
        print(__doc__)
        return 2
    regular, bold, symbols = map(Path, arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    faces = {
        "ShopdeskSans-Regular": write_face(regular, "ShopdeskSans-Regular", TEXT_RANGES),
        "ShopdeskSans-Bold": write_face(bold, "ShopdeskSans-Bold", TEXT_RANGES),
        "ShopdeskSymbols": write_face(symbols, "ShopdeskSymbols", SYMBOL_RANGES),
    }
    text = json.dumps(faces, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    (FOLDER / "fonts.json").write_text(text + "\n", encoding="ascii")
    write_profile()
    for name, face in faces.items():
        print(name, len(face["subsets"]), "subsets")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
