"""From the box's line on the wire to the painted banner, in the real window over a real TCP line.

python -m benchmarks.ringing [--customers 10000] [--rings 200]
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, limit, percentile, table
from benchmarks.generate import fill
from shopdesk.app import open_shop
from shopdesk.domain.call_lines import CallMonitorSettings, LineState
from shopdesk.i18n import Texts
from shopdesk.settings import Settings
from shopdesk.ui.calls.banner import CallBanner
from shopdesk.ui.calls.banners import Banners
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.usecases import call_lines, sample_shop, search, shop_settings
from shopdesk.usecases.shop import Shop

_PATIENCE_MS = 20_000
_GOAL = 100


def _wait(until: Callable[[], bool]) -> None:
    loop = QEventLoop()
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start()
    QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
    loop.exec()
    assert until(), "it did not happen"


def _numbers(shop: Shop, rings: int) -> list[str]:
    """As the box tells them: of customers, other extensions of theirs, and of nobody."""
    chance = random.Random(1)
    with shop.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT e164 FROM customer_phone WHERE e164 LIKE '+49%' ORDER BY customer_id"
        )
        known = [str(e164) for (e164,) in rows]
    found = []
    for at in range(rings):
        number = f"0{chance.choice(known)[3:]}"
        if at % 4 == 2:
            number = number[:-1] + str((int(number[-1]) + 1) % 10)
        found.append(f"004420794600{at % 100:02}" if at % 4 == 3 else number)
    return found


def _ring(
    window: MainWindow, line: socket.socket, numbers: list[str], monitor: Callable[[Callable[[], None]], None]
) -> tuple[list[float], list[float]]:
    waits, work = [], []
    for number in numbers:
        loop = QEventLoop()
        ended: list[float] = []

        def painted(ended: list[float] = ended, loop: QEventLoop = loop) -> None:
            ended.append(time.perf_counter())
            loop.quit()

        monitor(painted)
        QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
        begin, worked = time.perf_counter(), time.process_time()
        line.sendall(f"23.11.26 09:50:01;RING;0;{number};123456;SIP0;\r\n".encode())
        loop.exec()
        assert ended, "no banner was painted"
        waits.append((ended[0] - begin) * 1000)
        work.append((time.process_time() - worked) * 1000)
        while window.overlays.calls.dismiss():
            pass
    return waits, work


def measure(customers: int = 10_000, rings: int = 200) -> list[Figure]:
    """Known, nearly known and unknown numbers in turn; the first ring is told apart."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = prepare(application)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shop = open_shop(str(Path(folder) / "shop.sqlite"))
        shop_settings.save_profile(shop, sample_shop.sample().profile)
        fill(shop.database, customers)
        window = MainWindow(shop, Texts("de"), Settings(), theme, lambda text: search.find(shop, text))
        window.resize(1280, 800)
        window.open_page("today")
        window.show()
        _wait(lambda: not window.navigation.is_holding)
        waits, work = _over_the_line(window, shop, _numbers(shop, rings))
        window.close()
        shop.close()
    what = f"line on the wire → banner painted, {customers:,} customers"
    return [
        limit(f"{what}: first ring", waits[0], _GOAL, "100 ms (issue 4)"),
        limit(f"… {len(waits) - 1} more: p50", percentile(waits[1:], 0.5), _GOAL, "", digits=1),
        limit("… p99", percentile(waits[1:], 0.99), _GOAL, "", digits=1),
        limit("… worst", max(waits[1:]), _GOAL, "", digits=1),
        limit("… processor time, all threads: p50", percentile(work[1:], 0.5), _GOAL, "", digits=1),
        limit("… processor time, all threads: p99", percentile(work[1:], 0.99), _GOAL, "", digits=1),
    ]


def _over_the_line(window: MainWindow, shop: Shop, numbers: list[str]) -> tuple[list[float], list[float]]:
    """The real monitor against a server of our own; whoever is painted next is told to the one who waits."""
    waiting: list[Callable[[], None]] = []
    shown = Banners.show

    def show(self: Banners, banner: CallBanner) -> None:
        banner.painted.connect(lambda: waiting.pop()() if waiting else None)
        shown(self, banner)

    Banners.show = show  # type: ignore[method-assign]
    try:
        with socket.create_server(("127.0.0.1", 0)) as box:
            settings = CallMonitorSettings(is_on=True, host="127.0.0.1", port=box.getsockname()[1])
            call_lines.save_settings(shop, settings)
            window.overlays.calls.start()
            _wait(lambda: window.line_state == LineState.CONNECTED and window.lanes.calls.waiting == 0)
            line, _address = box.accept()
            with line:
                return _ring(window, line, numbers, waiting.append)
    finally:
        Banners.show = shown  # type: ignore[method-assign]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.ringing")
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--rings", type=int, default=200)
    given = parser.parse_args()
    print(table(measure(given.customers, given.rings)))


if __name__ == "__main__":
    main()
