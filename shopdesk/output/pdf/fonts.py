"""The printed typefaces: widths, coverage, and how ReportLab puts them into a PDF.

Subset 0 of a typeface is the same in every paper and holds what nearly every page needs; it is cut and deflated once
for the process. Other characters (Cyrillic, Greek, Czech) go into subsets that ReportLab fills as they come.
"""

from __future__ import annotations

import re
import threading
import unicodedata
import zlib
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFont

from shopdesk import paths
from shopdesk.domain.letterheads import Font
from shopdesk.output.pdf.structure import Written, stream

REGULAR, BOLD, SYMBOLS = "ShopdeskSans-Regular", "ShopdeskSans-Bold", "ShopdeskSymbols"
SERIF, SERIF_BOLD = "ShopdeskSerif-Regular", "ShopdeskSerif-Bold"  # the same characters as the sans
REPLACEMENT = "\ufffd"
# ASCII and Latin-1 stand in subset 0, and these; 256 codes are the limit
COMMON = "€–—‘’‚“”„…•‹›−×Œœ™‰†\u202fŠšŽž→\ufffd"
HARD_SPACE = "\u00a0"
_SPACES = {0x2002: " ", 0x2003: " ", 0x2007: " ", 0x3000: " ", 0x09: " "}
# Marks without a shape: direction, joiners, variation selectors, soft hyphen, byte order mark
_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_INVISIBLE |= dict.fromkeys(range(0xFE00, 0xFE10))
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_GAPS = re.compile("\n{3,}")  # one empty line at most: a stuck key fills no pages
_CLEANING = dict.fromkeys((*range(32), *range(127, 160))) | _INVISIBLE | _SPACES | {0x0A: "\n"}
_CUTTING = threading.RLock()  # a typeface's file is read at one place at a time


@dataclass(frozen=True, slots=True)
class Subset:
    """What one subset adds to a PDF; `codes[n]` is the character with the code n."""

    name: str  # with the subset tag of ISO 32000-1, 9.6.4
    codes: tuple[int, ...]
    program: bytes  # deflated TrueType
    length: int  # of the program before
    widths: bytes
    to_unicode: bytes  # deflated
    descriptor: bytes


class Typeface(TTFont):
    """A typeface with a fixed subset 0. Texts must be clean: what the typeface lacks is drawn as an empty box."""

    def __init__(self, name: str, *, common: str) -> None:
        file = paths.resources() / "fonts" / f"{name}.ttf"
        super().__init__(name, str(file), asciiReadable=bool(common), shapable=False)
        self._common = self._filled(common) if common else None

    def _filled(self, common: str) -> Any:
        """Subset 0 as ReportLab fills it; everything else begins with subset 1."""
        draft = PDFDocument()
        super().splitString(common, draft)
        state: Any = self.state.pop(draft)
        state.assignments[ord(HARD_SPACE)] = ord(" ")
        state.nextCode = 256
        return state

    def splitString(  # noqa: N802 - ReportLab's name
        self, text: str, doc: PDFDocument, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """The text as codes of its subsets."""
        state: Any = self.state.get(doc)
        if state is None:
            state = self.state[doc] = TTFont.State(bool(self._common), self)
            if self._common:
                state.assignments = dict(self._common.assignments)
                state.subsets = [self._common.subsets[0]]
                state.nextCode = self._common.nextCode
        codes: dict[int, int] = state.assignments
        try:
            return [(0, bytes([codes[ord(char)] for char in text]))]
        except (KeyError, ValueError):  # not yet met, or a code of a later subset
            return super().splitString(text, doc, encoding)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        """Put the subsets that were used into the PDF.

        ReportLab would cut and deflate them anew for each document, and its ToUnicode maps have more than the 100 lines
        that a block may hold and name characters for codes that have none.
        """
        for number, codes in enumerate(self.state[doc].subsets):
            name = self.getSubsetInternalName(number, doc)[1:]
            subset = cut(self.fontName, number, tuple(codes))
            doc.idToObject["BasicFonts"].dict[name] = _font(doc, name, subset)
        del self.state[doc]


def _font(doc: Any, name: str, subset: Subset) -> Any:
    """Put the font dictionary (9.6.3) and what it needs into the PDF, and give a reference to it."""
    program = stream(subset.program, b"/Filter/FlateDecode/Length1 %d" % subset.length)
    to_unicode = stream(subset.to_unicode, b"/Filter/FlateDecode")
    descriptor = Written(subset.descriptor, program, b">>")
    head = f"<</Type/Font/Subtype/TrueType/Name/{name}/BaseFont/{subset.name}/FirstChar 0"
    widths = b"/LastChar %d/Widths%s" % (len(subset.codes) - 1, subset.widths)
    font = Written(
        head.encode("ascii"), widths, b"/FontDescriptor ", descriptor, b"/ToUnicode ", to_unicode, b">>"
    )
    for part in (program, to_unicode, descriptor):
        doc.Reference(part)
    return doc.Reference(font)


def _descriptor(face: Any, name: str) -> bytes:
    """The font descriptor (9.8) up to the reference to its program; symbolic, so that codes are the program's own.

    ISO 19005-3, 6.2.11.6.
    """
    values = {
        "ItalicAngle": face.italicAngle,
        "Ascent": face.ascent,
        "Descent": face.descent,
        "CapHeight": face.capHeight,
        "StemV": face.stemV,
        "MissingWidth": face.defaultWidth,
    }
    entries = "".join(f"/{key} {fp_str(value)}" for key, value in values.items())
    flags = face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC
    box = fp_str(*face.bbox)
    text = f"<</Type/FontDescriptor/FontName/{name}/Flags {flags}/FontBBox[{box}]{entries}/FontFile2 "
    return text.encode("ascii")


@lru_cache(maxsize=64)
def cut(name: str, number: int, codes: tuple[int, ...]) -> Subset:
    """Cut and deflate a subset; the usual ones are asked for again and again."""
    face: Any = typeface(name).face
    with _CUTTING:
        program = face.makeSubset(list(codes))
    tagged = f"{SUBSETN(number).decode('ascii')}+{name}"
    widths = " ".join(fp_str(face.getCharWidth(code)) for code in codes)
    return Subset(
        tagged,
        codes,
        zlib.compress(program, 9),
        len(program),
        f"[{widths}]".encode("ascii"),
        zlib.compress(_to_unicode(tagged, codes, face.charToGlyph), 9),
        _descriptor(face, tagged),
    )


def _to_unicode(name: str, codes: tuple[int, ...], known: Container[int]) -> bytes:
    """The ToUnicode map (9.10.3), so that text can be copied, searched and read aloud."""
    pairs = [f"<{code:02X}><{char:04X}>" for code, char in enumerate(codes) if char in known]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        f"/CMapName/{name.replace('+', '-')} def/CMapType 2 def\n"
        f"1 begincodespacerange<00><FF>endcodespacerange\n{body}\n"
        "endcmap CMapName currentdict/CMap defineresource pop end end"
    )
    return cmap.encode("ascii")


@lru_cache(maxsize=5)
def typeface(name: str) -> Typeface:
    """A typeface, registered with ReportLab under its name."""
    with _CUTTING:
        if name not in pdfmetrics.getRegisteredFontNames():
            latin = "".join(map(chr, range(0xA1, 0x100)))
            pdfmetrics.registerFont(Typeface(name, common="" if name == SYMBOLS else latin + COMMON))
        registered = pdfmetrics.getFont(name)
    assert isinstance(registered, Typeface)
    return registered


class Weight:
    """What regular or bold text is printed with: its own typeface first, then the symbols."""

    def __init__(self, name: str) -> None:
        self.name = name
        own = _widths(name)
        self.widths = _widths(SYMBOLS) | own
        self._own = frozenset(own)
        self.coverage = frozenset(self.widths)

    def width(self, text: str) -> float:
        """The width in thousandths of the size; the text must be clean."""
        return sum(map(self.widths.__getitem__, text))

    def runs(self, text: str) -> list[tuple[str, str]]:
        """The text in pieces, each with the name of its typeface; the text must be clean."""
        own = self._own
        if own.issuperset(text):
            return [(self.name, text)]
        pieces = groupby(text, lambda char: self.name if char in own else SYMBOLS)
        return [(name, "".join(piece)) for name, piece in pieces]


def _widths(name: str) -> dict[str, float]:
    face = typeface(name).face
    widths = {chr(code): face.charWidths[code] for code in face.charToGlyph}
    if " " in widths:
        widths[HARD_SPACE] = widths[" "]  # holds words together here, copied as a plain space
    return widths


@lru_cache(maxsize=4)
def _weight(name: str) -> Weight:
    return Weight(name)


_NAMES = {Font.SANS: (REGULAR, BOLD), Font.SERIF: (SERIF, SERIF_BOLD)}
# Each paper is drawn by one thread; measuring and drawing then cannot take two different typefaces
_printing: ContextVar[tuple[str, str]] = ContextVar("printing", default=_NAMES[Font.SANS])


@contextmanager
def printing(font: Font) -> Iterator[None]:
    """Everything inside is measured and drawn with this typeface."""
    token = _printing.set(_NAMES[font])
    try:
        yield
    finally:
        _printing.reset(token)


def weight(*, bold: bool = False) -> Weight:
    """Regular or bold of the typeface that is printed with."""
    return _weight(_printing.get()[bold])


def clean(text: str, missing: set[str] | None = None) -> str:
    """Only what can be printed: composed, without control characters, unknown ones replaced and put into `missing`.

    Line breaks stay. Letters that are written from right to left are not in the typefaces and count as unknown:
    printed without their joining rules they would be wrong.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", text)
    text = _GAPS.sub("\n\n", text)
    text = unicodedata.normalize("NFC", text).translate(_CLEANING)
    coverage = weight().coverage
    unknown = set(text) - coverage - {"\n"}
    if not unknown:
        return text
    replaced = {ord(char): _nearest(char, coverage) for char in unknown}
    if missing is not None:
        missing |= {char for char in unknown if replaced[ord(char)] == REPLACEMENT}
    return text.translate(replaced)


def _nearest(char: str, coverage: Iterable[str]) -> str:
    """A compatible spelling (㎡ → m2, full-width letters), else the replacement character."""
    other = unicodedata.normalize("NFKC", char)
    return other if set(other) <= set(coverage) else REPLACEMENT
