"""Pages of figures: a sentence, charts, a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shopdesk.domain.charts import Part, Rectangle, Stroke, Words
from shopdesk.i18n import Texts
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.layout import BODY, GREY, INK, LEADING, LEFT, LINE, RIGHT, SMALL, wrap
from shopdesk.output.pdf.metadata import Information

Plan = Callable[[float, float, float], Sequence[Part]]
"""Width, height and the height of a text line, all in millimetres, give the parts."""

_TOP, _CHART, _BOTTOM = 25.0, 50.0, 275.0
_COLOURS = {"bar": "#1F5FBF", "over": "#C77700", "grid": "#B9BAB8", "target": "#1B6E3C", "text": "#54544F"}
_TEXT_LINE = 3.6


@dataclass(frozen=True, slots=True)
class FigurePage:
    """One page; each chart has a heading, a plan and its words for those who cannot see it."""

    title: str
    sentence: str
    charts: tuple[tuple[str, Plan, str], ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figure_pages(pages: Sequence[FigurePage], texts: Texts, author: str, moment: dt.datetime) -> bytes:
    """The bytes of the PDF; the same values give the same bytes. A table that is too long goes on overleaf."""
    canvas = Canvas()
    for page in pages:
        canvas.new_page()
        y = _head(canvas, page, author)
        for heading, plan, spoken in page.charts:
            y = _chart(canvas, y, heading, plan, spoken)
        _table(canvas, y + 4, page)
    utc = moment.astimezone(dt.UTC).replace(microsecond=0)
    title = fonts.clean(pages[0].title if pages else "")
    return canvas.finish(Information(title, fonts.clean(author), title, texts.language, utc))


def _head(canvas: Canvas, page: FigurePage, author: str) -> float:
    with canvas.tagged("H1"):
        canvas.text(LEFT, _TOP, fonts.clean(page.title), 14, bold=True, colour=INK)
    with canvas.tagged("P"):
        canvas.text(LEFT, _TOP + 6, fonts.clean(author), SMALL, colour=GREY)
    y = _TOP + 14
    for line in wrap(fonts.clean(page.sentence), BODY, RIGHT - LEFT):
        with canvas.tagged("P"):
            canvas.text(LEFT, y, line, BODY, colour=INK)
        y += LEADING
    return y + 3


def _chart(canvas: Canvas, y: float, heading: str, plan: Plan, spoken: str) -> float:
    with canvas.tagged("H2"):
        canvas.text(LEFT, y, fonts.clean(heading), BODY, bold=True, colour=INK)
    top, width = y + 3, RIGHT - LEFT
    attributes = canvas.box(LEFT, top, width, _CHART)
    with canvas.tagged("Figure", alternative=f"{heading}: {spoken}", attributes=attributes):
        for part in plan(width, _CHART, _TEXT_LINE):
            _draw(canvas, part, top)
    return top + _CHART + 8


def _draw(canvas: Canvas, part: Part, top: float) -> None:
    colour = _COLOURS[part.role]
    match part:
        case Rectangle(x, y, width, height):
            canvas.area(LEFT + x, top + y, width, height, colour=colour)
        case Stroke(x1, y1, x2, y2):
            canvas.rule(LEFT + x1, top + y1, LEFT + x2, top + y2, colour=colour)
        case Words(x, y, text, anchor):
            clean = fonts.clean(text)
            left = x - {"left": 0.0, "middle": 0.5, "right": 1.0}[anchor] * canvas.width(clean, SMALL)
            canvas.text(LEFT + left, top + y + 1, clean, SMALL, colour=colour)


def _table(canvas: Canvas, y: float, page: FigurePage) -> None:
    y = _table_row(canvas, y, page.header, bold=True)
    for row in page.rows:
        if y > _BOTTOM:
            canvas.new_page()
            y = _table_row(canvas, _TOP, page.header, bold=True)
        y = _table_row(canvas, y, row)


def _table_row(canvas: Canvas, y: float, cells: Sequence[str], *, bold: bool = False) -> float:
    first = 70.0
    step = (RIGHT - LEFT - first) / max(1, len(cells) - 1)
    with canvas.tagged("P"):
        for at, cell in enumerate(cells):
            text = fonts.clean(cell)
            if at:
                canvas.text(LEFT + first + at * step, y, text, BODY, align="right", bold=bold, colour=INK)
            else:
                canvas.text(LEFT, y, text, BODY, bold=bold, colour=INK)
    with canvas.artifact():
        canvas.rule(LEFT, y + 1.6, RIGHT, y + 1.6, width=0.25, colour=LINE)
    return y + LEADING + 1
