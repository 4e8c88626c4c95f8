"""One invoice page: XML and PDF/A-3 with tags, and WeasyPrint printing the same page by turns; the rule check.

python -m benchmarks.paper [--rounds 40] [--weasyprint PYTHON]
"""

from __future__ import annotations

import argparse
import functools
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, limit, median
from shopdesk import paths
from shopdesk.app import open_shop
from shopdesk.domain.document_rules import check
from shopdesk.domain.documents import Document, Line
from shopdesk.domain.letterheads import Letterhead
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.output.einvoice import cii
from shopdesk.output.pdf import document as pdf
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.metadata import EmbeddedFile
from shopdesk.usecases import documents, sample_shop, tax

_WARM = 5
_LEAST_TIMES = 20
_OWN_ENVIRONMENT = Path(__file__).resolve().parent.parent / "build" / "benchmarks"
_MISSING = (
    "WeasyPrint is missing. Give it an environment of its own: python -m venv build/benchmarks, then "
    "build/benchmarks/bin/pip install -r requirements-benchmarks.txt"
)


def invoice() -> Document:
    """The sample shop's invoice with three lines, ready to be issued."""
    with tempfile.TemporaryDirectory() as folder:
        shop = open_shop(str(Path(folder) / "shop.sqlite"))
        sample_shop.fill(shop)
        lines = tuple(
            Line(text=f"Matratze {at}", quantity=Decimal(1 + at), unit_price=Decimal("129.90"))
            for at in range(3)
        )
        draft = replace(documents.start(shop, "invoice", 1), lines=lines, delivery_date=shop.clock.today())
        value = tax.settled(draft, tax.context(shop, draft))
        shop.close()
    return replace(value, number="R-2026-0001")


def _xml(value: Document) -> bytes:
    return cii.render(value, Texts(value.language))


def _paper(value: Document, xml: bytes) -> bytes:
    file = EmbeddedFile(cii.FILE_NAME, xml, profile=cii.PROFILE)
    return pdf.render(value, Letterhead(), Texts(value.language), embedded=(file,)).pdf


def _processor(work: Callable[[], object]) -> float:
    """What the process worked for it (ms)."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


class _Recorder(Canvas):
    """Draws, and writes down what it drew as HTML: the very texts, rules, areas and modules, each at its place."""

    html: list[str] = []  # noqa: RUF012 - one page in one process

    def text(self, x: float, y: float, text: str, size: float, **how: Any) -> None:
        super().text(x, y, text, size, **how)
        width = self.width(text, size, bold=how.get("bold", False))
        x -= {"left": 0.0, "center": width / 2, "right": width}[how.get("align", "left")]
        weight = "bold" if how.get("bold") else "normal"
        look = f"font:{weight} {size}pt Own;color:{how.get('colour', '#000000')}"
        self.html.append(f'<p style="left:{x:.2f}mm;top:{y - size * 0.313:.2f}mm;{look}">{escape(text)}</p>')

    def rule(self, x1: float, y1: float, x2: float, y2: float, **how: Any) -> None:
        super().rule(x1, y1, x2, y2, **how)
        self._box(x1, y1, max(x2 - x1, 0.1), max(y2 - y1, 0.1), how.get("colour", "#000000"))

    def area(self, x: float, y: float, width: float, height: float, *, colour: str) -> None:
        super().area(x, y, width, height, colour=colour)
        self._box(x, y, width, height, colour)

    def modules(self, x: float, y: float, size: float, rectangles: list[Any], *, overlap: float) -> None:
        super().modules(x, y, size, rectangles, overlap=overlap)
        side = max(row for _, row, _ in rectangles) + 1
        path = "".join(f"M{column} {row}h{wide}v1h-{wide}z" for column, row, wide in rectangles)
        place = f"left:{x:.2f}mm;top:{y:.2f}mm;width:{size * side:.2f}mm;height:{size * side:.2f}mm"
        self.html.append(f'<svg style="{place}" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>')

    def _box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        place = f"left:{x:.2f}mm;top:{y:.2f}mm;width:{width:.2f}mm;height:{height:.2f}mm"
        self.html.append(f'<div style="{place};background:{colour}"></div>')


def as_html(value: Document) -> str:
    """The page as HTML for another printer."""
    _Recorder.html = []
    usual, pdf.Canvas = pdf.Canvas, _Recorder  # type: ignore[attr-defined]
    try:
        pdf.render(value, Letterhead(), Texts(value.language))
    finally:
        pdf.Canvas = usual  # type: ignore[attr-defined]
    faces = "".join(
        f"@font-face{{font-family:Own;font-weight:{weight};src:url({file.as_uri()})}}"
        for weight in ("normal", "bold")
        for file in [
            paths.resources() / "fonts" / f"ShopdeskSans-{'Bold' if weight == 'bold' else 'Regular'}.ttf"
        ]
    )
    style = f"{faces}@page{{size:A4;margin:0}}p,div,svg{{position:absolute;margin:0;line-height:1;white-space:pre}}"
    title = f"<title>{escape(value.number)}</title>"
    return f"<!doctype html><html lang=de><head>{title}<style>{style}</style></head><body>{''.join(_Recorder.html)}"


def _words(data: bytes) -> list[str]:
    from pypdf import PdfReader

    text = "".join(page.extract_text() + "\n" for page in PdfReader(io.BytesIO(data)).pages)
    return sorted("".join(text.replace("\u00a0", " ").split()))


def interpreter(given: str | None) -> str | None:
    """A Python that has WeasyPrint: the given one, this one, or that of build/benchmarks; None if none has."""
    own = _OWN_ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    for python in (given, sys.executable, str(own)):
        if python and (python == sys.executable or Path(python).exists()):
            probe = [python, "-c", "import weasyprint"]
            if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
                return python
    return None


@contextmanager
def _peer(python: str, value: Document, xml: bytes) -> Iterator[Callable[[str], tuple[float, bytes]]]:
    """WeasyPrint in a process of its own; the call prints once and gives the milliseconds and the file."""
    program = str(Path(__file__).with_name("weasyprint_peer.py"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(as_html(value), encoding="utf-8")
        (folder / "invoice.xml").write_bytes(xml)
        with subprocess.Popen(
            [python, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            lines_in, lines_out = process.stdin, process.stdout
            lines_in.write(f"{folder}\n")

            def print_once(how: str) -> tuple[float, bytes]:
                lines_in.write(f"{how}\n")
                lines_in.flush()
                return float(lines_out.readline()), (folder / f"{how}.pdf").read_bytes()

            yield print_once
            lines_in.close()


def _compared(what: str, theirs: list[float], own: list[float]) -> Figure:
    times = median(theirs) / median(own)
    yard = f"WeasyPrint {median(theirs):.0f} ms, best {min(theirs):.0f}"
    goal = f"≥ {_LEAST_TIMES} ×"
    return Figure(what, f"{times:.0f} × faster ({median(own):.1f} ms)", yard, goal, times >= _LEAST_TIMES)


def against_weasyprint(python: str, value: Document, rounds: int) -> list[Figure]:
    """Our page and theirs by turns: PDF/A-3 with tags and XML, and a plain PDF."""
    xml = _xml(value)
    own: list[float] = []
    theirs: dict[str, list[float]] = {"archive": [], "plain": []}
    with _peer(python, value, xml) as print_once:
        for turn in range(rounds + 2):
            mine = _processor(lambda: _paper(value, _xml(value)))
            for how, found in theirs.items():
                took, data = print_once(how)
                assert _words(data) == _words(_paper(value, xml)), "not the same page"
                if turn > 1:
                    found.append(took)
            if turn > 1:
                own.append(mine)
    return [
        _compared(
            "the same page printed by WeasyPrint, PDF/A-3b with tags and XML, too", theirs["archive"], own
        ),
        _compared("… by WeasyPrint as plain PDF, without tags, without XML", theirs["plain"], own),
    ]


def alone(value: Document, rounds: int) -> list[Figure]:
    """What our page costs, and its parts; every time with another price, since sums and code are kept for a while."""
    rates = tax.vat_rates()
    works: dict[str, Callable[[Document], object]] = {
        "all": lambda one: _paper(one, _xml(one)),
        "xml": _xml,
        "check": lambda one: check(one, rates),
        "totals": totals,
    }
    found: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + _WARM):
        for at, (name, work) in enumerate(works.items()):
            price = Decimal(12990 + 7 * (turn * len(works) + at)) / 100
            one = replace(value, lines=tuple(replace(line, unit_price=price) for line in value.lines))
            took = _processor(functools.partial(work, one))
            if turn >= _WARM:
                found[name].append(took)
    assert not check(value, rates), "the sample breaks a rule"
    best = {name: f"best {min(some):.2f} ms" for name, some in found.items()}
    whole = "XML, PDF/A-3 and tags of one page, warm, processor"
    return [
        limit(whole, median(found["all"]), 10, best["all"], digits=1),
        Figure("… of it the XML with its sums", f"{median(found['xml']):.2f} ms", best["xml"]),
        limit("rule check with sums, processor", median(found["check"]), 1, best["check"], digits=2),
        Figure("sums alone", f"{median(found['totals']):.2f} ms", best["totals"]),
    ]


def measure(rounds: int = 40, python: str | None = None) -> list[Figure]:
    """All figures of the page."""
    value = invoice()
    figures = alone(value, rounds)
    found = interpreter(python)
    if found is None:
        return [*figures, Figure("the same page printed by WeasyPrint", _MISSING, "", f"≥ {_LEAST_TIMES} ×")]
    return figures + against_weasyprint(found, value, max(9, rounds // 4))


def main() -> None:
    """Print the table."""
    from benchmarks.figures import table

    parser = argparse.ArgumentParser(description="Measure the paper of one invoice.")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--weasyprint", metavar="PYTHON", help="an interpreter that has WeasyPrint")
    given = parser.parse_args()
    print(table(measure(given.rounds, given.weasyprint)))


if __name__ == "__main__":
    main()
