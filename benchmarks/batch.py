"""The window while a batch runs: its longest gap when hundreds of drafts are issued and their month is handed over.

python -m benchmarks.batch [--documents 500]
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, limit, megabytes, percentile, table
from benchmarks.issue import draft
from shopdesk.app import open_shop
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.periods import month_of
from shopdesk.i18n import Texts
from shopdesk.settings import Settings
from shopdesk.ui.documents.several_page import SeveralPage
from shopdesk.ui.month_end.page import MonthEndPage
from shopdesk.ui.shell.collecting import Collecting
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.usecases import issuing, opening, sample_shop, search
from shopdesk.usecases.batches import Several
from shopdesk.usecases.shop import Shop

_BEAT_MS = 5
_IDLE_MS = 3_000
_PATIENCE_MS = 600_000
_LONGEST = 100  # ms (PRODUCT.md, S32)


@dataclass(slots=True)
class _Pulse:
    """A timer of the window's thread: how long it was kept waiting (ms)."""

    gaps: list[float] = field(default_factory=list)
    last: float = 0.0

    def beat(self) -> None:
        """One tick."""
        now = time.perf_counter()
        self.gaps.append((now - self.last) * 1000)
        self.last = now


def _until(over: Callable[[], bool], pulse: _Pulse) -> tuple[float, float]:
    """Let the window live until it is over (ms on the clock, ms of the processor)."""
    loop, timer = QEventLoop(), QTimer()
    QTimer.singleShot(_PATIENCE_MS, loop.quit)

    def beat() -> None:
        pulse.beat()
        if over():
            loop.quit()

    timer.timeout.connect(beat)
    begin, processor = time.perf_counter(), time.process_time()
    pulse.last = begin
    timer.start(_BEAT_MS)
    loop.exec()
    timer.stop()
    return (time.perf_counter() - begin) * 1000, (time.process_time() - processor) * 1000


def _gap(what: str, pulse: _Pulse, idle: _Pulse) -> Figure:
    p99 = percentile(pulse.gaps, 0.99)
    yard = f"idle window {max(idle.gaps):.0f} ms; p99 {p99:.0f} ms of {len(pulse.gaps)} looks"
    return limit(what, max(pulse.gaps), _LONGEST, yard)


def _shop(folder: Path, count: int) -> Shop:
    shop = open_shop(str(folder / "shop.sqlite"))
    sample_shop.fill(shop)
    for number in range(count):
        draft(shop, number)
    for number in range(20):
        issuing.issue(shop, draft(shop, number), send=False)
    opening.warm_up()
    return shop


def measure(count: int = 500) -> list[Figure]:
    """Issue so many in the window, then write their month."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shop = _shop(folder, count)
        theme = prepare(application, "light")
        window = MainWindow(shop, Texts("de"), Settings(), theme, lambda text: search.find(shop, text))
        window.resize(1280, 800)
        window.show()
        # as the program does when it has loaded: docs/decisions/0011
        gc.freeze()
        Collecting(window)
        figures = [*_issue(window, count), *_hand_over(window, shop, folder)]
        window.close()
        shop.close()
    return figures


def _issue(window: MainWindow, count: int) -> list[Figure]:
    window.open_page("several", Several((DocumentKind.INVOICE,)))
    page = window.navigation.page
    assert isinstance(page, SeveralPage)
    looking, idle, working = _Pulse(), _Pulse(), _Pulse()
    _until(page.issue_button.isEnabled, looking)
    over = time.perf_counter() + _IDLE_MS / 1000
    _until(lambda: time.perf_counter() > over, idle)
    before = megabytes()
    page.issue()
    took, worked = _until(lambda: page.result is not None, working)
    assert page.result is not None
    done = len(page.result.issued)
    return [
        Figure(
            f"{done} of {count} drafts issued in the window",
            f"{took / 1000:.1f} s",
            f"{worked / done:.1f} ms of processor each, the window included",
        ),
        _gap("… longest gap of the window meanwhile", working, idle),
        _gap("… and while they are looked over before", looking, idle),
        Figure("… memory grown", f"{megabytes() - before:.1f} MB", f"{before:.0f} MB before"),
    ]


def _hand_over(window: MainWindow, shop: Shop, folder: Path) -> list[Figure]:
    window.open_page("month_end")
    page = window.navigation.page
    assert isinstance(page, MonthEndPage)
    page.choice.take(month_of(shop.clock.today()))
    idle, working = _Pulse(), _Pulse()
    over = time.perf_counter() + _IDLE_MS / 1000
    _until(lambda: time.perf_counter() > over, idle)
    page.save(folder)
    took, worked = _until(lambda: not page.work.is_running, working)
    size = sum(path.stat().st_size for path in folder.glob("*.zip")) / 1e6
    return [
        Figure(
            "their month as XLSX and ZIP",
            f"{took / 1000:.1f} s",
            f"{worked:.0f} ms of processor, {size:.0f} MB",
        ),
        _gap("… longest gap of the window meanwhile", working, idle),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the window while a batch runs.")
    parser.add_argument("--documents", type=int, default=500)
    print(table(measure(parser.parse_args().documents)))


if __name__ == "__main__":
    main()
