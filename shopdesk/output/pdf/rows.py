"""One row of the table of lines: its figures, its text, how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.layout import GREY, INK, LEFT, fitting
from shopdesk.output.pdf.look import Look

SIZE = 9.0
PADDING = 1.7


@dataclass(frozen=True, slots=True)
class Cells:
    """The figures of a row as printed; empty where there is none."""

    position: str = ""
    quantity: str = ""
    price: str = ""
    vat: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Right edges of the figures' columns and the room of the name, in millimetres; 0: no such column."""

    name: float
    name_width: float
    quantity: float
    price: float
    vat: float
    amount: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a row's text."""

    text: str
    size: float = SIZE
    bold: bool = False
    colour: str = INK

    @property
    def leading(self) -> float:
        """From one baseline to the next, in mm."""
        return self.size * 0.462


@dataclass(frozen=True, slots=True)
class Row:
    """A row, or a part of one that is too long for a page; white `above` and `below` its text, in mm."""

    columns: Columns
    cells: Cells
    texts: list[TextLine]
    above: float
    below: float
    note: bool
    look: Look
    number: int  # from 0 in the table
    last: bool

    @property
    def height(self) -> float:
        """In millimetres."""
        return (sum(text.leading for text in self.texts) or SIZE * 0.462) + self.above + self.below

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw it with its upper edge at `y`."""
        columns = self.columns
        top = y + self.above
        base = top + 3.35
        self.look.stripe(canvas, y, self.height, self.number)
        canvas.begin("TR")
        self._cell(canvas, LEFT + 1.5, base, self.cells.position, right=False, colour=GREY)
        self._text(canvas, columns.name, top)
        if not self.note:
            self._cell(canvas, columns.quantity, base, self.cells.quantity, room=28)
            if columns.price:
                self._cell(canvas, columns.price, base, self.cells.price, room=30)
            if columns.vat:
                self._cell(canvas, columns.vat, base, self.cells.vat, room=18)
            if columns.amount:
                bold = not self.cells.position
                self._cell(canvas, columns.amount, base, self.cells.amount, room=36, bold=bold)
        canvas.end()
        if self.below:
            self.look.row_end(canvas, y + self.height, last=self.last)

    def _text(self, canvas: Canvas, x: float, top: float) -> None:
        span = 2 + sum(1 for column in (self.columns.price, self.columns.vat, self.columns.amount) if column)
        attributes = b"<</O/Table/ColSpan %d>>" % span if self.note else b""
        with canvas.tagged("TD", attributes=attributes):
            for text in self.texts:
                canvas.text(
                    x, top + text.leading * 0.806, text.text, text.size, bold=text.bold, colour=text.colour
                )
                top += text.leading

    def _cell(
        self,
        canvas: Canvas,
        x: float,
        y: float,
        text: str,
        *,
        right: bool = True,
        room: float = 14,
        bold: bool = False,
        colour: str = INK,
    ) -> None:
        with canvas.tagged("TD"):
            size = fitting(text, SIZE, room, bold=bold)
            canvas.text(x, y, text, size, bold=bold, align="right" if right else "left", colour=colour)
