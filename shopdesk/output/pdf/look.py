"""The colours of a letterhead and how its table and totals are set apart, made from the owner's accent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from shopdesk.domain.letterheads import HeadStyle, TableStyle
from shopdesk.output.pdf.canvas import BLACK, Canvas
from shopdesk.output.pdf.layout import INK, LEFT, LINE, RIGHT, SHADE

WHITE = "#FFFFFF"
_READABLE = 3.0  # WCAG 2, 1.4.3: large text


@dataclass(frozen=True, slots=True)
class Look:
    """`accent` for areas and rules, `words` for words of that colour on white, `on_accent` for words upon it, `tint`
    for quiet areas.
    """

    head: HeadStyle
    table: TableStyle
    accent: str
    words: str
    on_accent: str
    tint: str

    @property
    def subject(self) -> tuple[float, str]:
        """The size and colour of the subject."""
        return (16.5, self.words) if self.head == HeadStyle.BAND else (13.5, BLACK)

    def table_head(self, canvas: Canvas, y: float, height: float) -> str:
        """What is behind and around the words over the columns; their colour."""
        bottom = y + height
        if self.table == TableStyle.FILLED:
            canvas.area(LEFT, y, RIGHT - LEFT, height, colour=self.accent)
            return self.on_accent
        if self.table == TableStyle.RULED:
            canvas.rule(LEFT, y, RIGHT, y, width=0.9, colour=INK)
            canvas.rule(LEFT, bottom, RIGHT, bottom, width=0.4, colour=INK)
            return INK
        canvas.area(LEFT, y, RIGHT - LEFT, height, colour=SHADE)
        canvas.rule(LEFT, bottom, RIGHT, bottom, width=0.8, colour=self.accent)
        return INK

    def stripe(self, canvas: Canvas, y: float, height: float, number: int) -> None:
        """What is behind the row with this number (from 0)."""
        if self.table == TableStyle.FILLED and number % 2:
            with canvas.artifact():
                canvas.area(LEFT, y, RIGHT - LEFT, height, colour=self.tint)

    def row_end(self, canvas: Canvas, y: float, *, last: bool) -> None:
        """The rule below a row; `last` closes the table."""
        if self.table == TableStyle.FILLED and not last:
            return
        width, colour = 0.25, LINE
        if last and self.table != TableStyle.SHADED:
            width, colour = (0.8, self.accent) if self.table == TableStyle.FILLED else (0.4, INK)
        with canvas.artifact():
            canvas.rule(LEFT, y, RIGHT, y, width=width, colour=colour)

    def total_start(self, canvas: Canvas, x: float, top: float, bottom: float) -> str:
        """What is above or behind a sum that counts; the colour of its words."""
        with canvas.artifact():
            if self.table == TableStyle.FILLED:
                canvas.area(x - 1.5, top, RIGHT - x + 1.5, bottom - top, colour=self.accent)
                return self.on_accent
            if self.table == TableStyle.RULED:
                canvas.rule(x, top, RIGHT, top, width=0.4, colour=INK)
            else:
                canvas.rule(x, top, RIGHT, top, width=0.8, colour=self.accent)
        return INK

    def total_end(self, canvas: Canvas, x: float, bottom: float) -> None:
        """What is below it: two rules close an account in the old way."""
        if self.table == TableStyle.FILLED:
            return
        with canvas.artifact():
            if self.table == TableStyle.RULED:
                canvas.rule(x, bottom - 0.7, RIGHT, bottom - 0.7, width=0.4, colour=INK)
                canvas.rule(x, bottom, RIGHT, bottom, width=0.4, colour=INK)
            else:
                canvas.rule(x, bottom, RIGHT, bottom, width=0.25, colour=LINE)


@lru_cache(maxsize=64)
def look(head: HeadStyle, table: TableStyle, accent: str) -> Look:
    """The look of this accent (#RRGGBB). A light one is darkened for words and carries dark words."""
    words = accent
    while _contrast(words) < _READABLE:
        words = _mixed(words, "#000000", 0.1)
    on_accent = WHITE if _contrast(accent) >= _READABLE else INK
    return Look(head, table, accent, words, on_accent, _mixed(WHITE, accent, 0.08))


def _parts(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{int(one + (two - one) * share):02X}" for one, two in pairs)


def _contrast(colour: str) -> float:
    """Against white, from 1 to 21 (WCAG 2, relative luminance)."""

    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = map(linear, _parts(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
