"""Long lists and the palette in the real window: opened, turned over, gone to the end of, typed into.

python -m benchmarks.lists [CUSTOMERS] [--documents N] [--entries N] [--file KEPT]
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, limit, megabytes, percentile, table
from benchmarks.generate import fill
from benchmarks.search import typed
from shopdesk.app import open_shop
from shopdesk.i18n import Texts
from shopdesk.settings import Settings
from shopdesk.ui.customers.list_page import CustomersPage
from shopdesk.ui.documents.list_page import InvoicesPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.ui.widgets.row_list import RowList
from shopdesk.ui.widgets.rows import PagedModel, Slice
from shopdesk.usecases import customers, sample_shop, search, shop_settings
from shopdesk.usecases.shop import Shop

_FRAME = 1000 / 60
_JUMPS = 200
_TYPED = 100
_EVERYBODY = 10_000_000


class _Clocks:
    """Milliseconds on the clock and of the processor."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.processor: list[float] = []

    @contextmanager
    def running(self) -> Iterator[None]:
        """Take the time of the block by both."""
        begin, worked = time.perf_counter(), time.process_time()
        yield
        self.clock.append((time.perf_counter() - begin) * 1000)
        self.processor.append((time.process_time() - worked) * 1000)

    def figure(self, what: str, goal: float, share: float = 0.99) -> Figure:
        """p99 against the goal; the processor's time stands beside it."""
        worked = f"{percentile(self.processor, 0.5):.1f}, p99 {percentile(self.processor, share):.1f} ms"
        middle = f"p50 {percentile(self.clock, 0.5):.1f} ms; processor p50 {worked}"
        return limit(
            f"{what}: p99 of {len(self.clock)}", percentile(self.clock, share), goal, middle, digits=1
        )


def measure(path: Path) -> list[Figure]:
    """The lists of customers and of invoices, and the palette, over the shop in the file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = prepare(application)
    shop = open_shop(str(path))
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    window = MainWindow(shop, Texts("de"), Settings(), theme, lambda text: search.find(shop, text))
    window.resize(1280, 800)
    # what both ways need is loaded
    customers.page(shop)
    window.show()
    window.open_page("articles")
    _settle(window)
    gc.collect()
    gc.freeze()
    figures = [
        *_customers(window, shop),
        *_turned(window, "invoices", InvoicesPage),
        *_palette(window, shop),
    ]
    window.close()
    shop.close()
    return figures


def _customers(window: MainWindow, shop: Shop) -> list[Figure]:
    opened, whole = _Clocks(), _Clocks()
    before = megabytes()
    with opened.running():
        window.open_page("customers")
        window.repaint()
    grown = megabytes() - before
    _settle(window)
    page = window.navigation.page
    assert isinstance(page, CustomersPage)
    figures = _turned(window, "customers", CustomersPage)
    read_again = _Clocks()
    with read_again.running():
        page.rows.rows.forget_place()
        page.rows.reload()
        page.rows.viewport().repaint()
    everything: PagedModel[object] = PagedModel(
        lambda _after, _limit: Slice(customers.page(shop, None, _EVERYBODY)),
        page._show,  # type: ignore[arg-type]
    )
    before_all = megabytes()
    with whole.running():
        everything.reload()
    floor = f"all {everything.rowCount():,}: {whole.clock[0]:.0f} ms, +{megabytes() - before_all:.0f} MB"
    share = read_again.clock[0] / whole.clock[0]
    shown = f"{share:.3f} × ({read_again.clock[0]:.0f} ms)"
    return [
        Figure("the list read and painted", shown, floor, "≤ 0.15 ×", share <= 0.15),
        Figure("… with its page, built for the first time", f"{opened.clock[0]:.0f} ms", floor),
        limit("… memory", grown, 25, floor, "MB", 1),
        *figures,
    ]


def _turned(window: MainWindow, name: str, kind: type[CustomersPage | InvoicesPage]) -> list[Figure]:
    """Page after page downwards, then the end, then page after page upwards from there."""
    window.open_page(name)
    page = window.navigation.page
    assert isinstance(page, kind)
    rows: RowList[object] = page.rows  # type: ignore[assignment]
    _settle(window)
    rows.setFocus()
    down, ends, up = _Clocks(), _Clocks(), _Clocks()
    before = megabytes()
    ways = ((down, Qt.Key.Key_PageDown, _JUMPS), (ends, Qt.Key.Key_End, 1), (up, Qt.Key.Key_PageUp, _JUMPS))
    for clocks, key, times in ways:
        for _ in range(times):
            with clocks.running():
                _press(rows, key)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End) * 20:
        with ends.running():
            _press(rows, key)
    grown = megabytes() - before
    return [
        down.figure(f"{name}: a page down", _FRAME),
        up.figure(f"{name}: a page up from the end", _FRAME),
        ends.figure(f"{name}: to the end, to the beginning", 50),
        limit(f"{name}: memory after {2 * _JUMPS} pages", grown, 25, "", "MB", 1),
    ]


def _settle(window: MainWindow) -> None:
    """Let the window lay itself out."""
    loop = QEventLoop()
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: None if window.navigation.is_holding else loop.quit())
    timer.start()
    QTimer.singleShot(5000, loop, loop.quit)
    loop.exec()


def _press(rows: RowList[object], key: Qt.Key) -> None:
    QApplication.sendEvent(rows, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
    rows.viewport().repaint()


def _palette(window: MainWindow, shop: Shop) -> list[Figure]:
    """What is typed into the palette until its rows are painted, without the pause it waits for the next key."""
    with shop.reading() as connection:
        hints = random.Random(3).sample(typed(connection), _TYPED)
    window.overlays.open_palette()
    palette = window.overlays.palette
    assert palette is not None
    _settle(window)
    painted = _Clocks()
    for hint in hints:
        for length in range(1, len(hint.text) + 1):
            palette.edit.setText(hint.text[:length])
            with painted.running():
                palette._find()
                palette.repaint()
    return [painted.figure("palette: what was found is painted", 50)]


def _with_shop(given: argparse.Namespace, run: Callable[[Path], list[Figure]]) -> list[Figure]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path: Path = given.file or Path(folder) / "shop.sqlite"
        if not path.exists():
            shop = open_shop(str(path))
            fill(shop.database, given.customers, given.documents, 2000, entries=given.entries)
            shop.close()
        return run(path)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.lists", description=__doc__)
    parser.add_argument("customers", nargs="?", type=int, default=10_000)
    parser.add_argument("--documents", type=int, help="three for each customer unless given")
    parser.add_argument("--entries", type=int, default=0, help="of the timeline")
    parser.add_argument("--file", type=Path, help="use or make this file and keep it")
    print(table(_with_shop(parser.parse_args(), measure)))


if __name__ == "__main__":
    main()
