"""What is drawn by short cuts is drawn by ReportLab's own calls, too: text and pixels are the same (RULES.md 5, 7)."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from pypdf import PdfReader

from shopdesk.i18n import Texts
from shopdesk.output.pdf import canvas as fast
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.canvas import MM, Canvas
from shopdesk.output.pdf.document import render
from tools.paper_samples import samples

TOP = 297 * MM


class Slow(Canvas):
    """Text, rules and areas by the library's methods."""

    def _show(self, x: float, y: float, text: str, size: float, *, bold: bool) -> None:
        line = self._sheet.beginText(x, y)
        for name, piece in fonts.weight(bold=bold).runs(text):
            line.setFont(name, size)
            line.textOut(piece)
        self._sheet.drawText(line)

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, width: float = 0.5, colour: str = "#000000"
    ) -> None:
        self._sheet.setStrokeColor(_rgb(colour))
        self._sheet.setLineWidth(width)
        self._sheet.line(x1 * MM, TOP - y1 * MM, x2 * MM, TOP - y2 * MM)

    def area(self, x: float, y: float, width: float, height: float, *, colour: str) -> None:
        self._fill(colour)
        self._sheet.rect(x * MM, TOP - (y + height) * MM, width * MM, height * MM, stroke=0, fill=1)

    def _fill(self, colour: str) -> None:
        self._sheet.setFillColor(_rgb(colour))


def _rgb(colour: str) -> list[float]:
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def _text(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def _pixels(pdf: bytes) -> list[bytes]:
    paper = pypdfium2.PdfDocument(pdf)
    return [bytes(page.render(scale=1.5, grayscale=True).buffer) for page in paper]


@pytest.mark.parametrize("name", samples())
def test_short_cuts_draw_what_the_library_draws(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document, letterhead, language = samples()[name]
    ours = render(document, letterhead, Texts(language)).pdf
    monkeypatch.setattr("shopdesk.output.pdf.document.Canvas", Slow)
    theirs = render(document, letterhead, Texts(language)).pdf
    assert theirs != ours  # the slow path was taken
    assert _text(ours) == _text(theirs)
    assert any(value < 128 for value in _pixels(ours)[0])
    assert _pixels(ours) == _pixels(theirs)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (10.0, "10"),
        (0.25, "0.25"),
        (1e-7, "0"),
        (841.88976, "841.88976"),
        (-70.5, "-70.5"),
    ],
)
def test_figures_have_no_exponent(value: float, written: str) -> None:
    assert fast._figure(value) == written
