"""Heute with thousands of open things: the list read, ranked and shown, and a clock that goes on.

python -m benchmarks.today [OPEN]
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from sqlalchemy import insert

from benchmarks.figures import Figure, limit, median, table
from shopdesk.domain.customers import Customer
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.settings import Settings
from shopdesk.store.connection import open_for_reading
from shopdesk.store.tables import follow_up, promise
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import customers, sample_shop, search, shop_settings, today
from shopdesk.usecases.shop import Shop

_NOW = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)
_GOAL = 50
_CUSTOMERS = 200
_FLOOR = "SELECT id, due, text FROM follow_up WHERE done_at IS NULL ORDER BY due LIMIT 200"


def fill(shop: Shop, count: int) -> None:
    """Half promises, half follow-ups, late by up to a quarter of a year."""
    ids = [customers.create(shop, Customer(company=f"Kunde {number}")).id for number in range(_CUSTOMERS)]
    day = shop.clock.today()
    rows = [
        {
            "customer_id": ids[n % _CUSTOMERS],
            "due": (day - dt.timedelta(n % 90)).isoformat(),
            "text": f"Nr. {n}",
        }
        for n in range(count // 2)
    ]
    given = {"kind": "other", "state": "open", "made_at": "2026-08-01T00:00:00.000000+00:00"}
    with shop.writing() as connection:
        connection.execute(insert(follow_up), rows)
        connection.execute(insert(promise), [row | given | {"first_due": row["due"]} for row in rows])


def measure(count: int = 5_000) -> list[Figure]:
    """What the owner waits for: the list read and ranked, the same shown, and the repainting of the clocks."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = prepare(application)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "shop.sqlite"
        shop = Shop(path, FixedClock(_NOW), FakePost(), SessionKeychain(), FakeMailProgram())
        shop_settings.save_profile(shop, sample_shop.sample().profile)
        fill(shop, count)
        window = MainWindow(shop, Texts("de"), Settings(), theme, lambda text: search.find(shop, text))
        window.resize(1280, 800)
        window.open_page("today")
        window.show()
        application.processEvents()
        page = window.navigation.page
        assert isinstance(page, TodayPage)
        floor = _timed(lambda: open_for_reading(path).execute(_FLOOR).fetchall())
        figures = [
            limit(f"Heute with {count:,} open things: read and ranked", _timed(lambda: today.items(shop)), _GOAL,
                  f"{floor:.1f} ms, 200 rows by the raw driver", digits=1),
            limit("… read and shown in the window", _timed(lambda: _shown(page, application)), _GOAL, "", digits=1),
            limit("… the clocks go on", _timed(page._tick), _GOAL, "", digits=1),
        ]  # fmt: skip
        window.close()
        shop.close()
    return figures


def _shown(page: TodayPage, application: QApplication) -> None:
    page.reload()
    page.rows.viewport().repaint()
    application.sendPostedEvents()


def _timed(work: Callable[[], object], times: int = 15) -> float:
    """Milliseconds, the median."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return median(taken)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.today", description=__doc__)
    parser.add_argument("open", nargs="?", type=int, default=5_000)
    print(table(measure(parser.parse_args().open)))


if __name__ == "__main__":
    main()
