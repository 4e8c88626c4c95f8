"""The printed typefaces: widths, coverage and the ready subsets that go into each PDF.

Every character we can print has one fixed place: a subset of a face and a code in it. The subsets are cut once
(tools/fonts.py), so that a document embeds bytes from a file: nothing is parsed or built at run time, the same text
gives the same bytes, and a page costs a fraction of a millisecond.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from shopdesk import paths

REPLACEMENT = "\ufffd"
_HARD_SPACE = "\u00a0"
_SPACES = {0x2002: " ", 0x2003: " ", 0x2007: " ", 0x3000: " ", 0x09: " "}
# Marks without a shape: direction, joiners, variation selectors, soft hyphen, byte order mark
_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
_INVISIBLE |= dict.fromkeys(range(0xFE00, 0xFE10))
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_GAPS = re.compile("\n{3,}")  # one empty line at most: a stuck key fills no pages
_CLEANING = dict.fromkeys((*range(32), *range(127, 160))) | _INVISIBLE | _SPACES | {0x0A: "\n"}


@dataclass(frozen=True, slots=True)
class Subset:
    """One embedded font: at most 255 characters of a face, `characters[code]` in the PDF's strings."""

    face: str
    number: int
    length: int
    characters: str
    widths: tuple[int, ...]

    @property
    def name(self) -> str:
        """The PostScript name with the subset tag of ISO 32000-1, 9.6.4."""
        return f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[self.number]}SHOPD+{self.face}"

    def program(self) -> bytes:
        """The deflated TrueType program."""
        return _program(self.face, self.number)


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface's measures in thousandths of the size."""

    name: str
    ascent: int
    descent: int
    cap_height: int
    stem: int
    box: tuple[int, ...]
    subsets: tuple[Subset, ...]


@lru_cache(maxsize=32)
def _program(face: str, number: int) -> bytes:
    return (paths.resources() / "fonts" / f"{face}.{number}.bin").read_bytes()


@lru_cache(maxsize=1)
def faces() -> dict[str, Face]:
    """All faces by name."""
    raw = json.loads((paths.resources() / "fonts" / "fonts.json").read_text(encoding="ascii"))
    return {name: _face(name, values) for name, values in raw.items()}


def _face(name: str, values: dict[str, object]) -> Face:
    subsets = values.pop("subsets")
    assert isinstance(subsets, list)
    box = values.pop("box")
    assert isinstance(box, list)
    numbers = {key: value for key, value in values.items() if isinstance(value, int)}
    return Face(
        name=name,
        box=tuple(box),
        subsets=tuple(
            Subset(name, number, raw["length"], raw["characters"], tuple(raw["widths"]))
            for number, raw in enumerate(subsets)
        ),
        **numbers,
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive characters of one subset, as codes."""

    subset: Subset
    codes: bytes


class Weight:
    """What regular or bold text is printed with: its own face first, then the symbols."""

    def __init__(self, face: str) -> None:
        self.widths: dict[str, int] = {}
        self._places: dict[str, tuple[Subset, int]] = {}
        self._tables: dict[tuple[str, int], dict[str, int]] = {}
        for subset in (*faces()[face].subsets, *faces()["ShopdeskSymbols"].subsets):
            table = {char: code for code, char in enumerate(subset.characters) if char != "\0"}
            if " " in table:
                table[_HARD_SPACE] = table[" "]  # holds words together here, copied as a plain space
            self._tables[subset.face, subset.number] = table
            for char, code in table.items():
                if char not in self._places:
                    self._places[char] = (subset, code)
                    self.widths[char] = subset.widths[code]
        self.coverage = frozenset(self._places)
        self._first = faces()[face].subsets[0]
        self._first_table = self._tables[self._first.face, 0]

    def width(self, text: str) -> int:
        """The width in thousandths of the size; the text must be clean."""
        return sum(map(self.widths.__getitem__, text))

    def runs(self, text: str) -> list[Run]:
        """The text as codes per subset; the text must be clean."""
        table = self._first_table
        try:
            return [Run(self._first, bytes([table[char] for char in text]))] if text else []
        except KeyError:
            return self._mixed(text)

    def _mixed(self, text: str) -> list[Run]:
        runs: list[Run] = []
        current, table, codes = self._first, self._first_table, bytearray()
        for char in text:
            code = table.get(char)
            if code is None:
                if codes:
                    runs.append(Run(current, bytes(codes)))
                current, code = self._places[char]
                table, codes = self._tables[current.face, current.number], bytearray()
            codes.append(code)
        if codes:
            runs.append(Run(current, bytes(codes)))
        return runs


@lru_cache(maxsize=2)
def _weight(face: str) -> Weight:
    return Weight(face)


def weight(*, bold: bool = False) -> Weight:
    """Regular or bold."""
    return _weight("ShopdeskSans-Bold" if bold else "ShopdeskSans-Regular")


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


@lru_cache(maxsize=32)
def to_unicode(subset: Subset) -> bytes:
    """The deflated ToUnicode map (ISO 32000-1, 9.10.3), so that text can be copied, searched and read aloud."""
    pairs = [f"<{code:02X}><{ord(char):04X}>" for code, char in enumerate(subset.characters) if char != "\0"]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        f"/CMapName/{subset.name.replace('+', '-')}-{subset.number} def/CMapType 2 def\n"
        f"1 begincodespacerange<00><FF>endcodespacerange\n{body}\n"
        "endcmap CMapName currentdict/CMap defineresource pop end end"
    )
    return zlib.compress(cmap.encode("ascii"), 9)
