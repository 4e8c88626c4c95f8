"""From a keystroke to the painted page in the editor's preview, in the real window.

python -m benchmarks.preview [--keys 100]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, limit, percentile, table
from shopdesk.app import open_shop
from shopdesk.domain.documents import Document, Line
from shopdesk.i18n import Texts
from shopdesk.settings import Settings
from shopdesk.ui.documents import preview
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.usecases import documents, opening, sample_shop, search
from shopdesk.usecases.shop import Shop

_WARM = 5
_PATIENCE_MS = 10_000


class _Watch:
    """When the pause ended, when the page was painted, and the processor time of drawing it (ms)."""

    def __init__(self) -> None:
        self.painted: Callable[[], None] = lambda: None
        self.keys: list[float] = []
        self.waits: list[float] = []
        self.rendering: list[float] = []
        self.rasterising: list[float] = []

    def forget(self) -> None:
        """What was measured so far was warming up."""
        for values in (self.keys, self.waits, self.rendering, self.rasterising):
            values.clear()

    def timed(self, work: Callable[..., Any], into: list[float]) -> Callable[..., Any]:
        """`work`, its processor time kept."""

        def run(*given: Any, **more: Any) -> Any:
            begin = time.thread_time()
            result = work(*given, **more)
            into.append((time.thread_time() - begin) * 1000)
            return result

        return run


def _line(number: int) -> Line:
    text = f"Matratze Nummer {number}, auf Maß gefertigt"
    return Line(text=text, quantity=Decimal(2), unit_price=Decimal("129.90"))


def _type(page: DocumentPage, watch: _Watch, keys: int) -> None:
    """Type a longer and longer text into the first line, waiting for each picture."""
    assert page.session is not None
    assert page.editor is not None
    session, pane = page.session, page.editor.preview
    ended: list[float] = []
    pane._pause.timeout.connect(lambda: ended.append(time.perf_counter()))
    for key in range(keys + _WARM):
        if key == _WARM:
            watch.forget()
        loop = QEventLoop()
        watch.painted = loop.quit
        QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
        ended.clear()
        lines = session.document.lines
        begin = time.thread_time()
        session.edit_lines(lambda _old, lines=lines, key=key: (_typed(lines[0], key), *lines[1:]))  # type: ignore[misc]
        watch.keys.append((time.thread_time() - begin) * 1000)
        loop.exec()
        assert ended, "the preview was not drawn"
        watch.waits.append((time.perf_counter() - ended[0]) * 1000)


def _typed(line: Line, key: int) -> Line:
    return replace(line, text=f"Matratze auf Maß, {'abcdefghij'[key % 10] * (key % 40)} {key}")


def _page(window: MainWindow, shop: Shop, count: int) -> DocumentPage:
    draft = documents.start(shop, "invoice", 1)
    stored: Document = documents.save_draft(shop, replace(draft, lines=tuple(_line(n) for n in range(count))))
    assert stored.id is not None
    window.open_document(stored.id)
    page = window.navigation.page
    assert isinstance(page, DocumentPage)
    return page


def measure(keys: int = 100) -> list[Figure]:
    """Figures of an invoice with 3 lines on one page and of one with 40 lines over pages."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = prepare(application)
    watch = _Watch()
    paint = preview.Sheets.paintEvent

    def painted(sheets: preview.Sheets, event: Any) -> None:
        paint(sheets, event)
        if sheets._drawn is not None:
            watch.painted()

    preview.Sheets.paintEvent = painted  # type: ignore[method-assign,assignment]
    drawn, rasterised = documents.preview, preview.rasterised
    documents.preview = watch.timed(drawn, watch.rendering)
    preview.rasterised = watch.timed(rasterised, watch.rasterising)
    figures: list[Figure] = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            shop = open_shop(str(Path(folder) / "shop.sqlite"))
            sample_shop.fill(shop)
            opening.warm_up()
            window = MainWindow(shop, Texts("de"), Settings(), theme, lambda text: search.find(shop, text))
            window.resize(1280, 800)
            window.open_page("today")
            loop = QEventLoop()
            window.loaded.connect(loop.quit)
            window.show()
            loop.exec()
            for count in (3, 40):
                page = _page(window, shop, count)
                _type(page, watch, keys)
                figures += _figures(watch, count)
            window.close()
            shop.close()
    finally:
        preview.Sheets.paintEvent = paint  # type: ignore[method-assign]
        documents.preview, preview.rasterised = drawn, rasterised
    return figures


def _figures(watch: _Watch, count: int) -> list[Figure]:
    def both(values: list[float]) -> str:
        return f"p50 {percentile(values, 0.5):.0f}, p99 {percentile(values, 0.99):.0f} ms"

    waits = f"{count} lines, {len(watch.waits)} keys; after a pause of {preview.PAUSE} ms"
    return [
        limit(f"pause → preview painted, {count} lines, p50", percentile(watch.waits, 0.5), 100, waits),
        limit(f"pause → preview painted, {count} lines, p99", percentile(watch.waits, 0.99), 100, waits),
        Figure("… of it drawing the PDF, processor", both(watch.rendering), ""),
        Figure("… of it turning it into pixels, processor", both(watch.rasterising), ""),
        Figure(
            "… an edit on the window's thread before it, processor", both(watch.keys), "one frame: 16.7 ms"
        ),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the editor's preview.")
    parser.add_argument("--keys", type=int, default=100)
    print(table(measure(parser.parse_args().keys)))


if __name__ == "__main__":
    main()
