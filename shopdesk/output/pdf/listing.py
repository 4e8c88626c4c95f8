"""A plain listing on A4: headings and paragraphs, the title and "Page 1 of 2" around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from shopdesk.i18n import Texts
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.layout import BODY, GREY, INK, LEADING, LEFT, LINE, RIGHT, SMALL, wrap
from shopdesk.output.pdf.metadata import Information

_TOP, _BOTTOM = 25.0, 275.0


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the paragraphs below it."""

    heading: str
    paragraphs: tuple[str, ...]


def listing(
    title: str, subtitle: str, parts: Sequence[Part], texts: Texts, author: str, moment: dt.datetime
) -> bytes:
    """The bytes of the PDF; the same values give the same bytes."""
    lines = _lines(parts)
    pages = _pages(lines)
    canvas = Canvas()
    for number, page in enumerate(pages, 1):
        canvas.new_page()
        words = texts.gettext("Page {page} of {pages}").format(page=number, pages=len(pages))
        _frame(canvas, fonts.clean(title), fonts.clean(subtitle), words, first=number == 1)
        y = _TOP + (16 if number == 1 else 8)
        for line in page:
            with canvas.tagged("H2" if line.bold else "P"):
                canvas.text(LEFT, y, line.text, BODY, bold=line.bold, colour=INK)
            y += LEADING
    utc = moment.astimezone(dt.UTC).replace(microsecond=0)
    about = Information(fonts.clean(title), fonts.clean(author), fonts.clean(subtitle), texts.language, utc)
    return canvas.finish(about)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    bold: bool = False


def _lines(parts: Sequence[Part]) -> list[_Line]:
    found: list[_Line] = []
    for part in parts:
        found += [
            _Line(line, bold=True) for line in wrap(fonts.clean(part.heading), BODY, RIGHT - LEFT, bold=True)
        ]
        for paragraph in part.paragraphs:
            found += [_Line(line) for line in wrap(fonts.clean(paragraph), BODY, RIGHT - LEFT)]
        found.append(_Line(""))
    return found


def _pages(lines: list[_Line]) -> list[list[_Line]]:
    first, following = (int((_BOTTOM - _TOP - head) / LEADING) for head in (16, 8))
    pages = [lines[:first]]
    rest = lines[first:]
    while rest:
        if pages[-1][-1].bold:  # no heading alone at the foot
            rest = [pages[-1].pop(), *rest]
        pages.append(rest[:following])
        rest = rest[following:]
    return pages


def _frame(canvas: Canvas, title: str, subtitle: str, page: str, *, first: bool) -> None:
    if first:
        with canvas.tagged("H1"):
            canvas.text(LEFT, _TOP, title, 14, bold=True, colour=INK)
        with canvas.tagged("P"):
            canvas.text(LEFT, _TOP + 6, subtitle, SMALL, colour=GREY)
    with canvas.artifact():
        if not first:
            canvas.text(LEFT, _TOP - 5, title, SMALL, colour=GREY)
        canvas.rule(LEFT, _BOTTOM + 3, RIGHT, _BOTTOM + 3, colour=LINE)
        canvas.text(RIGHT, _BOTTOM + 8, page, SMALL, align="right", colour=GREY)
