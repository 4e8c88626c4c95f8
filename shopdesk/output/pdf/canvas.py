"""Pages of A4 to draw on: text, rules, areas and pictures, tagged, as PDF/A-3b.

Coordinates are millimetres from the top left corner, `y` of a text is its baseline. Sizes of letters are points.
Everything drawn stands inside `tagged(...)` (content) or `artifact()` (decoration): PDF/A reads both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.metadata import EmbeddedFile, Information, attach, information, output_intent, xmp
from shopdesk.output.pdf.objects import PdfObjects, literal, number_text, reference, text_string
from shopdesk.output.pdf.pictures import Picture
from shopdesk.output.pdf.structure import Structure

MM = 72 / 25.4
WIDTH, HEIGHT = 210.0, 297.0
_TOP = HEIGHT * MM
BLACK = "#000000"

Align = Literal["left", "right", "center"]


class Canvas:
    """One PDF while it is drawn; `finish` gives its bytes."""

    def __init__(self) -> None:
        self._objects = PdfObjects()
        self._structure = Structure()
        self._pages: list[list[bytes]] = []
        self._code: list[bytes] = []
        self._colour = ""
        self._fonts: dict[tuple[str, int], tuple[bytes, fonts.Subset]] = {}
        self._pictures: dict[Picture, tuple[bytes, int]] = {}

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)

    def new_page(self) -> None:
        """Begin a page; drawing goes there from now on."""
        self._code = []
        self._pages.append(self._code)
        self._structure.new_page()
        self._colour = ""

    @contextmanager
    def tagged(
        self,
        tag: str,
        *,
        mark: bool = True,
        alternative: str = "",
        language: str = "",
        attributes: bytes = b"",
    ) -> Iterator[None]:
        """A structure element; with `mark` what is drawn inside is its content, without it only holds others."""
        self.begin(tag, alternative=alternative, language=language, attributes=attributes)
        if mark:
            self._code.append(b"/%s<</MCID %d>>BDC" % (tag.encode("ascii"), self._structure.mark()))
        yield
        if mark:
            self._code.append(b"EMC")
        self.end()

    def begin(self, tag: str, *, alternative: str = "", language: str = "", attributes: bytes = b"") -> None:
        """Open an element that may go on over pages (a table)."""
        self._structure.begin(tag, alternative=alternative, language=language, attributes=attributes)

    def end(self) -> None:
        """Close it."""
        self._structure.end()

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Decoration and repeated things, which are not read aloud."""
        self._code.append(b"/Artifact BMC")
        yield
        self._code.append(b"EMC")

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of clean text in millimetres."""
        return fonts.weight(bold=bold).width(text) * size / 1000 / MM

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = "left",
        colour: str = BLACK,
    ) -> None:
        """One line of clean text."""
        if not text:
            return
        if align != "left":
            width = self.width(text, size, bold=bold)
            x -= width if align == "right" else width / 2
        self._fill(colour)
        parts = [f"BT {number_text(x * MM)} {number_text(_TOP - y * MM)} Td".encode("ascii")]
        for run in _runs(text, bold=bold):
            parts.append(self._font(run.subset) + f" {number_text(size)} Tf".encode("ascii"))
            parts.append(literal(run.codes) + b"Tj")
        parts.append(b"ET")
        self._code.append(b" ".join(parts))

    def slanted(self, x: float, y: float, text: str, size: float, *, colour: str) -> None:
        """Large text rising by 45 degrees around a centre: the mark of a draft."""
        half = self.width(text, size, bold=True) / 2 * 0.7071
        self._fill(colour)
        corner = f"{number_text((x - half) * MM)} {number_text(_TOP - (y + half) * MM)}"
        self._code.append(f"q 0.7071 0.7071 -0.7071 0.7071 {corner} cm".encode("ascii"))
        height = number_text(size).encode("ascii")
        shown = [
            b"%s %s Tf %sTj" % (self._font(r.subset), height, literal(r.codes))
            for r in _runs(text, bold=True)
        ]
        self._code.append(b"BT " + b" ".join(shown) + b" ET Q")

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, width: float = 0.5, colour: str = BLACK
    ) -> None:
        """A straight line, `width` in points."""
        points = " ".join(number_text(value) for value in (x1 * MM, _TOP - y1 * MM))
        ends = " ".join(number_text(value) for value in (x2 * MM, _TOP - y2 * MM))
        self._code.append(f"{_rgb(colour)} RG {number_text(width)} w {points} m {ends} l S".encode("ascii"))

    def area(self, x: float, y: float, width: float, height: float, *, colour: str) -> None:
        """A filled rectangle, `y` its upper edge."""
        self._fill(colour)
        values = (x * MM, _TOP - (y + height) * MM, width * MM, height * MM)
        self._code.append((" ".join(map(number_text, values)) + " re f").encode("ascii"))

    def modules(
        self, x: float, y: float, size: float, rectangles: list[tuple[int, int, int]], *, overlap: float
    ) -> None:
        """Black rectangles on a grid whose cells are `size` mm: (column, row, columns wide), one row high.

        Each is `overlap` points taller than its row: no white hairlines between the rows on any screen.
        """
        self._fill(BLACK)
        scale = size * MM
        height = f"{1 + overlap / scale:.4f}"
        shapes = "\n".join([f"{column} {row} {wide} {height} re" for column, row, wide in rectangles])
        corner = f"{number_text(x * MM)} {number_text(_TOP - y * MM)}"
        self._code.append(f"q {scale:.5f} 0 0 -{scale:.5f} {corner} cm {shapes} f Q".encode("ascii"))

    def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """A picture in the given rectangle, `y` its upper edge."""
        if picture not in self._pictures:
            self._pictures[picture] = (b"/I%d" % len(self._pictures), picture.add_to(self._objects))
        values = (width * MM, 0, 0, height * MM, x * MM, _TOP - (y + height) * MM)
        matrix = " ".join(map(number_text, values)).encode("ascii")
        self._code.append(b"q %s cm %s Do Q" % (matrix, self._pictures[picture][0]))

    def box(self, x: float, y: float, width: float, height: float) -> bytes:
        """The layout attribute that a figure's element carries: where it stands (14.8.5.4.3)."""
        values = (x * MM, _TOP - (y + height) * MM, (x + width) * MM, _TOP - y * MM)
        return b"<</O/Layout/Placement/Block/BBox[%s]>>" % " ".join(map(number_text, values)).encode("ascii")

    def finish(self, about: Information, files: tuple[EmbeddedFile, ...] = ()) -> bytes:
        """The bytes of the file."""
        objects = self._objects
        tree = objects.reserve()
        resources = objects.add(self._resources())
        pages = [self._page(index, code, tree, resources) for index, code in enumerate(self._pages)]
        kids = b" ".join(map(reference, pages))
        objects.put(tree, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))
        structure = self._structure.write(objects, pages)
        metadata = objects.stream(b"/Type/Metadata/Subtype/XML", xmp(about, files), compress=False)
        catalog = objects.add(
            b"<</Type/Catalog/Pages %s/Lang %s/MarkInfo<</Marked true>>/StructTreeRoot %s/Metadata %s"
            b"/ViewerPreferences<</DisplayDocTitle true>>/OutputIntents%s%s>>"
            % (
                reference(tree),
                text_string(about.language),
                reference(structure),
                reference(metadata),
                output_intent(objects),
                attach(objects, files, about.moment),
            )
        )
        return objects.file(catalog, information(objects, about))

    def _page(self, index: int, code: list[bytes], tree: int, resources: int) -> int:
        content = self._objects.stream(b"", b"\n".join(code))
        size = f"{number_text(WIDTH * MM)} {number_text(_TOP)}".encode("ascii")
        return self._objects.add(
            b"<</Type/Page/Parent %s/MediaBox[0 0 %s]/Resources %s/Contents %s/StructParents %d/Tabs/S>>"
            % (reference(tree), size, reference(resources), reference(content), index)
        )

    def _resources(self) -> bytes:
        names = b"".join(
            b"%s %s" % (name, reference(_embedded(self._objects, subset)))
            for name, subset in self._fonts.values()
        )
        pictures = b"".join(b"%s %s" % (name, reference(number)) for name, number in self._pictures.values())
        return b"<</ProcSet[/PDF/Text/ImageC]/Font<<%s>>/XObject<<%s>>>>" % (names, pictures)

    def _font(self, subset: fonts.Subset) -> bytes:
        key = (subset.face, subset.number)
        if key not in self._fonts:
            self._fonts[key] = (b"/F%d" % len(self._fonts), subset)
        return self._fonts[key][0]

    def _fill(self, colour: str) -> None:
        if colour != self._colour:
            self._code.append(f"{_rgb(colour)} rg".encode("ascii"))
            self._colour = colour


def _runs(text: str, *, bold: bool) -> list[fonts.Run]:
    return fonts.weight(bold=bold).runs(text)


def _rgb(colour: str) -> str:
    """#1F5FBF as three numbers from 0 to 1."""
    return " ".join(number_text(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))


def _embedded(objects: PdfObjects, subset: fonts.Subset) -> int:
    """The font object of a subset (9.6.3): symbolic TrueType, codes are the font's own (PDF/A-3, 6.2.11.6)."""
    face = fonts.faces()[subset.face]
    program = objects.stream(
        b"/Length1 %d/Filter/FlateDecode" % subset.length, subset.program(), compress=False
    )
    mapping = objects.stream(b"/Filter/FlateDecode", fonts.to_unicode(subset), compress=False)
    name = subset.name.encode("ascii")
    box = " ".join(map(str, face.box)).encode("ascii")
    descriptor = objects.add(
        b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%s]/ItalicAngle 0/Ascent %d/Descent %d"
        % (name, box, face.ascent, face.descent)
        + b"/CapHeight %d/StemV %d/FontFile2 %s>>" % (face.cap_height, face.stem, reference(program))
    )
    widths = " ".join(map(str, subset.widths)).encode("ascii")
    return objects.add(
        b"<</Type/Font/Subtype/TrueType/BaseFont/%s/FirstChar 0/LastChar %d/Widths[%s]/FontDescriptor %s/ToUnicode %s>>"
        % (name, len(subset.widths) - 1, widths, reference(descriptor), reference(mapping))
    )
