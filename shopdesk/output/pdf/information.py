"""Where number, date and the rest of the information stand: right of the address, or in columns at the subject."""

from __future__ import annotations

from shopdesk.domain.letterheads import HeadStyle, InformationPlace
from shopdesk.output.pdf import fonts, head
from shopdesk.output.pdf.canvas import MM, WIDTH, Canvas
from shopdesk.output.pdf.layout import FIRST_TOP, GREY, INK, LEFT, RIGHT, fitting, wrap
from shopdesk.output.pdf.pen import Pen

_LEFT = 125.0
_TOP, _ROOM = 53.2, 42.0
_RIGHT = 199.0  # the block is 75 mm wide: long addresses may go beyond the text's edge
_SUBJECT = 101.5
_ABOVE = 97.4  # the first baseline of the reference line, DIN 5008 form B
_GAP = 5.0
_LABEL, _VALUE, _FOLDED = 7.5, 9.0, 7.6
_LEADING = 4.0

Row = tuple[str, str]


class InformationBlock:
    """The information of one paper: where it stands, and where the subject and the text below it begin."""

    def __init__(self, pen: Pen, about: list[Row] | None = None) -> None:
        """`about` stands in place of the rows about a document: those of a letter."""
        self._pen = pen
        rows = _clean(pen, head.information(pen) if about is None else about)
        contact = _clean(pen, head.contact(pen))
        self._place = pen.letterhead.information
        if self._place == InformationPlace.RIGHT:
            self._block, self._grid = rows + contact, []
        else:
            self._block, self._grid = contact, _grid(rows)
        height = sum(map(_height, self._grid))
        above = self._place == InformationPlace.ABOVE
        self.subject = _ABOVE + height + 4.6 if above else _SUBJECT
        """The baseline of the subject in mm."""
        below = height + 3.5 if self._place == InformationPlace.BELOW else 0.0
        self.first_top = self.subject + FIRST_TOP - _SUBJECT + below
        """Where the text of the first page begins, in mm."""

    def draw_block(self, canvas: Canvas) -> None:
        """At 125 mm from the left and 50 mm from the top; labels and values in two columns."""
        if not self._block:
            return
        column = min(max(canvas.width(label, 8) for label, _ in self._block) + 4, 34.0)
        rows = [(label, _wrapped(value, _RIGHT - _LEFT - column)) for label, value in self._block]
        count = sum(len(lines) for _, lines in rows)
        pitch = min(4.6, _ROOM / count)
        if self._pen.look.head == HeadStyle.BAND:
            with canvas.artifact():
                height = pitch * (count - 1) + 7.4
                canvas.area(_LEFT - 4, _TOP - 4.8, WIDTH - _LEFT + 4, height, colour=self._pen.look.tint)
        y = _TOP
        for number, (label, lines) in enumerate(rows):
            bold = number == 0 and self._place == InformationPlace.RIGHT
            with canvas.tagged("P"):
                canvas.text(_LEFT, y, label, fitting(label, 8, column - 2), colour=GREY)
                size = _size(lines, _RIGHT - _LEFT - column, bold=bold)
                for line in lines:
                    canvas.text(_LEFT + column, y, line, size, bold=bold, colour=INK)
                    y += pitch

    def draw_columns(self, canvas: Canvas) -> None:
        """Labels with their values below, in as many columns as there is room for."""
        y = _ABOVE if self._place == InformationPlace.ABOVE else self.subject + 7.5
        for number, row in enumerate(self._grid):
            x = LEFT
            for at, (label, lines, width) in enumerate(row):
                bold = number == at == 0
                with canvas.tagged("P"):
                    canvas.text(x, y, label, fitting(label, _LABEL, width), colour=GREY)
                    size = _size(lines, width, bold=bold)
                    for down, line in enumerate(lines, 1):
                        canvas.text(x, y + _LEADING * down, line, size, bold=bold, colour=INK)
                x += width + _GAP
            y += _height(row)


Cell = tuple[str, list[str], float]


def _clean(pen: Pen, rows: list[Row]) -> list[Row]:
    return [(pen.line(label), pen.line(value, 80)) for label, value in rows]


def _height(row: list[Cell]) -> float:
    return 5.6 + _LEADING * max(len(lines) for _, lines, _ in row)


def _grid(rows: list[Row]) -> list[list[Cell]]:
    """The fewest rows in which every column is as wide as its words; never more than four columns that are not."""
    if not rows:
        return []
    room = RIGHT - LEFT
    for parts in (1, 2):
        columns = -(-len(rows) // parts)
        widths = [max(map(_natural, rows[at::columns])) for at in range(columns)]
        if sum(widths) + _GAP * (columns - 1) <= room:
            even = min((room + _GAP) / columns - _GAP, 45.0)
            wide = [max(width, even) for width in widths]
            if sum(wide) + _GAP * (columns - 1) <= room:
                widths = wide
            return _cells(rows, widths)
    columns = min(4, len(rows))
    return _cells(rows, [(room + _GAP) / columns - _GAP] * columns)


def _natural(row: Row) -> float:
    label, value = row
    widths = (fonts.weight().width(label) * _LABEL, fonts.weight(bold=True).width(value) * _VALUE)
    return max(widths) / 1000 / MM


def _cells(rows: list[Row], widths: list[float]) -> list[list[Cell]]:
    cells = [
        (label, _wrapped(value, widths[at % len(widths)]), widths[at % len(widths)])
        for at, (label, value) in enumerate(rows)
    ]
    return [cells[start : start + len(widths)] for start in range(0, len(cells), len(widths))]


def _wrapped(value: str, room: float) -> list[str]:
    """One line, or up to three where it would become hard to read."""
    if fitting(value, _VALUE, room) > 0.75 * _VALUE:
        return [value]
    lines = wrap(value, _FOLDED, room)
    return [*lines[:2], " ".join(lines[2:])] if len(lines) > 3 else lines


def _size(lines: list[str], room: float, *, bold: bool) -> float:
    """One size for all lines of a value."""
    wished = _VALUE if len(lines) == 1 else _FOLDED
    return min(fitting(line, wished, room, bold=bold) for line in lines)
