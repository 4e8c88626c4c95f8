"""Pages to draw on, A4 unless another size is wanted: text, rules, areas and pictures, tagged, as PDF/A-3b.

Coordinates are millimetres from the top left corner, `y` of a text is its baseline. Sizes of letters are points.
Everything drawn stands inside `tagged(...)` (content) or `artifact()` (decoration): PDF/A reads both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Literal

from reportlab.lib.rl_accel import fp_str

from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.archive import ArchiveCanvas
from shopdesk.output.pdf.metadata import EmbeddedFile, Information
from shopdesk.output.pdf.pictures import Picture
from shopdesk.output.pdf.structure import Structure

MM = 72 / 25.4
WIDTH, HEIGHT = 210.0, 297.0
BLACK = "#000000"

Align = Literal["left", "right", "center"]


class Canvas:
    """One PDF while it is drawn; `finish` gives its bytes."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT) -> None:
        self._top = height * MM
        self._sheet = ArchiveCanvas((width * MM, self._top))
        self._structure = Structure()
        self._pages = 0
        self._colour = ""

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return self._pages

    def new_page(self) -> None:
        """Begin a page; drawing goes there from now on."""
        if self._pages:
            self._sheet.showPage()
        self._pages += 1
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
            self._sheet.addLiteral(f"/{tag}<</MCID {self._structure.mark()}>>BDC")
        yield
        if mark:
            self._sheet.addLiteral("EMC")
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
        self._sheet.addLiteral("/Artifact BMC")
        yield
        self._sheet.addLiteral("EMC")

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
        self._show(x * MM, self._top - y * MM, text, size, bold=bold)

    def _show(self, x: float, y: float, text: str, size: float, *, bold: bool) -> None:
        # ReportLab's text objects do the same in six times the time: a third of a page
        shown = self._sheet.shown(fonts.weight(bold=bold).runs(text), _figure(size))
        self._sheet.addLiteral(f"BT {_figure(x)} {_figure(y)} Td {shown} ET")

    def slanted(self, x: float, y: float, text: str, size: float, *, colour: str) -> None:
        """Large text rising by 45 degrees around a centre: the mark of a draft."""
        half = self.width(text, size, bold=True) / 2
        self._sheet.saveState()
        self._fill(colour)
        self._sheet.translate(x * MM, self._top - y * MM)
        self._sheet.rotate(45)
        self._show(-half * MM, 0, text, size, bold=True)
        self._sheet.restoreState()
        self._colour = ""

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, width: float = 0.5, colour: str = BLACK
    ) -> None:
        """A straight line, `width` in points."""
        start = f"{_figure(x1 * MM)} {_figure(self._top - y1 * MM)}"
        end = f"{_figure(x2 * MM)} {_figure(self._top - y2 * MM)}"
        self._sheet.addLiteral(f"{_rgb(colour)} RG {_figure(width)} w {start} m {end} l S")

    def area(self, x: float, y: float, width: float, height: float, *, colour: str) -> None:
        """A filled rectangle, `y` its upper edge."""
        self._fill(colour)
        corner = f"{_figure(x * MM)} {_figure(self._top - (y + height) * MM)}"
        self._sheet.addLiteral(f"{corner} {_figure(width * MM)} {_figure(height * MM)} re f")

    def modules(
        self, x: float, y: float, size: float, rectangles: list[tuple[int, int, int]], *, overlap: float
    ) -> None:
        """Black rectangles on a grid whose cells are `size` mm: (column, row, columns wide), one row high.

        Each is `overlap` points taller than its row: no white hairlines between the rows on any screen.
        """
        scale = size * MM
        height = fp_str(1 + overlap / scale)
        self._sheet.saveState()
        self._fill(BLACK)
        self._sheet.translate(x * MM, self._top - y * MM)
        self._sheet.scale(scale, -scale)
        # A path object writes each of these small numbers with logarithms: half of the time of a page
        shapes = "\n".join([f"{column} {row} {wide} {height} re" for column, row, wide in rectangles])
        self._sheet.addLiteral(shapes + " f")
        self._sheet.restoreState()
        self._colour = ""

    def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """A picture in the given rectangle, `y` its upper edge."""
        self._sheet.register_image(picture.name, picture.fresh())
        self._sheet.saveState()
        self._sheet.translate(x * MM, self._top - (y + height) * MM)
        self._sheet.scale(width * MM, height * MM)
        self._sheet.doForm(picture.name)
        self._sheet.restoreState()

    def box(self, x: float, y: float, width: float, height: float) -> bytes:
        """The layout attribute that a figure's element carries: where it stands (14.8.5.4.3)."""
        corners = fp_str(x * MM, self._top - (y + height) * MM, (x + width) * MM, self._top - y * MM)
        return b"<</O/Layout/Placement/Block/BBox[%s]>>" % corners.encode("ascii")

    def finish(self, about: Information, files: tuple[EmbeddedFile, ...] = ()) -> bytes:
        """The bytes of the file."""
        self._sheet.showPage()
        return self._sheet.finish(about, files, self._structure)

    def _fill(self, colour: str) -> None:
        if colour != self._colour:
            self._sheet.addLiteral(f"{_rgb(colour)} rg")
            self._colour = colour


def _figure(value: float) -> str:
    """A number as PDF writes it: no exponent, a hundred-thousandth of a point moves no pixel."""
    return f"{value:.5f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=64)
def _rgb(colour: str) -> str:
    """#1F5FBF as three numbers from 0 to 1."""
    return " ".join(_figure(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
