"""One start, in a process of its own: `bare`, `rows` or `shop`, then the time of its begin, then the shop's database.

Writes one JSON object: when the first paint and when everything was there (ms on the clock, ms of the processor), the
worst gap of the window meanwhile (ms), and the memory (MB) at first paint, then, and after a search, a customer's page
and a PDF.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from shopdesk.ui.shell.main_window import MainWindow
    from shopdesk.usecases.shop import Shop

_TICK_MS = 4
_BARE_MS = 1000
_begin = int(sys.argv[2])
_told: dict[str, Any] = {}


def _now() -> float:
    return (time.monotonic_ns() - _begin) / 1e6


def _memory(name: str) -> None:
    from benchmarks.figures import megabytes

    _told[name] = megabytes()


class _Pulse:
    """Beats on the window's thread; a late beat is a window that did not answer."""

    def __init__(self, parent: QObject) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.worst = 0.0
        self._last = time.perf_counter()
        self.timer = QTimer(parent, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._beat)
        self.timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.worst = max(self.worst, (now - self._last) * 1000 - _TICK_MS)
        self._last = now


def bare() -> None:
    """A main window with nothing in it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Bare(QMainWindow):
        is_painted = False

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not self.is_painted:
                self.is_painted = True
                QTimer.singleShot(0, self, painted)

    def painted() -> None:
        _told["first"] = _now()
        _told["first_cpu"] = time.process_time() * 1000
        pulse = _Pulse(window)
        _memory("first_memory")
        QTimer.singleShot(_BARE_MS, window, lambda: (_told.update(gap=pulse.worst), application.quit()))

    application = QApplication([])
    window = Bare()
    window.resize(1280, 800)
    window.show()
    application.exec()


def rows() -> None:
    """The smallest window with painted rows: a list, a model and a delegate, as any program of ours needs them."""
    from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, QTimer
    from PySide6.QtGui import QPainter, QPaintEvent
    from PySide6.QtWidgets import (
        QApplication,
        QListView,
        QMainWindow,
        QStyle,
        QStyledItemDelegate,
        QStyleOptionViewItem,
    )

    class Model(QAbstractListModel):
        def rowCount(self, _parent: Any = None) -> int:
            return 12

        def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
            return f"Nachfragen {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None

    class Delegate(QStyledItemDelegate):
        def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            flags = Qt.AlignmentFlag.AlignRight if chosen else Qt.AlignmentFlag.AlignLeft
            painter.drawText(option.rect, flags, str(index.data()))

    class Rows(QMainWindow):
        is_painted = False

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not self.is_painted:
                self.is_painted = True
                QTimer.singleShot(0, self, painted)

    def painted() -> None:
        _told["first"] = _now()
        _told["first_cpu"] = time.process_time() * 1000
        application.quit()

    application = QApplication([])
    application.setStyle("Fusion")
    window, view, model = Rows(), QListView(), Model()
    view.setModel(model)
    view.setItemDelegate(Delegate(view))
    window.setCentralWidget(view)
    window.resize(1280, 800)
    window.show()
    application.exec()


def shop() -> None:
    """The program as a double click starts it."""
    from shopdesk.ui.shell.main_window import MainWindow

    class Watched(MainWindow):
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **more)
            self.painted.connect(lambda: _follow(self))
            self.loaded.connect(_loaded)

    from shopdesk.ui import start

    start.MainWindow = Watched  # type: ignore[attr-defined]
    from shopdesk.cli import main

    os.environ["SHOPDESK_DATABASE"] = sys.argv[3]
    main([])


def _follow(window: MainWindow) -> None:
    _told["first"] = _now()
    _told["first_cpu"] = time.process_time() * 1000
    _told["rows"] = window.navigation.page.rows.rows.rowCount()  # type: ignore[union-attr]
    pulse = _Pulse(window)
    pulse.timer.timeout.connect(lambda: _look(window, pulse))
    _memory("first_memory")


def _loaded() -> None:
    _told["loaded"] = _now()
    _told["loaded_cpu"] = time.process_time() * 1000


def _look(window: MainWindow, pulse: _Pulse) -> None:
    waiting = window.lanes.desk.waiting or window.lanes.post.waiting
    if "usable" in _told or waiting or window.navigation.is_holding:
        return
    _told["usable"] = _now()
    _told["usable_cpu"] = time.process_time() * 1000
    _told["gap"] = pulse.worst
    _memory("usable_memory")
    try:
        if _told["rows"]:
            _work(window, window.shop)
            _memory("worked_memory")
    finally:
        window.close()


def _work(window: MainWindow, opened: Shop) -> None:
    """What an owner does first: looks somebody up, opens the page, makes a document."""
    from PySide6.QtCore import QEventLoop, QTimer

    from shopdesk.domain.documents import DocumentKind
    from shopdesk.usecases import documents, search, tax

    for text in ("mül", "müller", "0151", "berlin"):
        found = search.find(opened, text)
    one = next(hit for hit in found if hit.type == "customer")
    window.open_customer(one.id)
    loop = QEventLoop()
    QTimer.singleShot(300, loop.quit)
    loop.exec()
    draft = documents.start(opened, DocumentKind.INVOICE, one.id)
    documents.preview(opened, draft, tax.context(opened, draft))


if __name__ == "__main__":
    {"bare": bare, "rows": rows, "shop": shop}[sys.argv[1]]()
    sys.stdout.write(json.dumps(_told) + "\n")
