"""The first opening of a customer's card, as the window feels it, and how long each part made before it holds it.

python -m benchmarks.card [--customers 10000]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.figures import Figure, limit, percentile, table
from benchmarks.generate import fill
from shopdesk.app import open_shop
from shopdesk.i18n import Texts
from shopdesk.settings import Settings
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.usecases import opening, sample_shop, search, shop_settings
from shopdesk.usecases.shop import Shop

_GOAL = 100
_SETTLED_MS = 400
_VISITS = 40


def _spin(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _held(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds until the window answers again after what was asked, painting included; and of its processor."""
    begin, worked = time.perf_counter(), time.thread_time()
    act()
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()  # layouts and paint
    return (time.perf_counter() - begin) * 1000, (time.thread_time() - worked) * 1000


def _window(shop: Shop) -> MainWindow:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    window = MainWindow(
        shop, Texts("de"), Settings(), prepare(application), lambda text: search.find(shop, text)
    )
    window.resize(1280, 800)
    window.open_page("today")
    window.show()
    while window.navigation.is_holding:
        _spin(20)
    _spin(_SETTLED_MS)
    return window


def measure(customers: int = 10_000) -> list[Figure]:
    """Prepared as the program does it after its start."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shop = open_shop(str(Path(folder) / "shop.sqlite"))
        shop_settings.save_profile(shop, sample_shop.sample().profile)
        fill(shop.database, customers)
        window = _window(shop)
        import shopdesk.ui.customers.customer_page

        assert shopdesk.ui.customers.customer_page
        opening.warm_up_card(shop)
        parts = [_held(lambda: window.navigation.prepare("customer")) for _ in range(4)]
        first = _held(lambda: window.open_customer(1))
        others = [_held(lambda at=at: window.open_customer(at)) for at in range(2, _VISITS)]  # type: ignore[misc]
        new = _held(window.new_customer)
        window.close()
        shop.close()
    worst = max(parts)
    waits = [wait for wait, _work in others]
    return [
        limit(f"first opening, {customers:,} customers", first[0], _GOAL, "100 ms", digits=0),
        limit("… of the window's processor", first[1], _GOAL, "", digits=0),
        limit("longest part made before it", worst[0], _GOAL, "", digits=0),
        limit("… of the window's processor", worst[1], _GOAL, "", digits=0),
        limit("another customer: p50", percentile(waits, 0.5), _GOAL, "", digits=0),
        limit("… p99", percentile(waits, 0.99), _GOAL, "", digits=0),
        limit("first new customer", new[0], _GOAL, "", digits=0),
    ]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.card")
    parser.add_argument("--customers", type=int, default=10_000)
    print(table(measure(parser.parse_args().customers)))


if __name__ == "__main__":
    main()
