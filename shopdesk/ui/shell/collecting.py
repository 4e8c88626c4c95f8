"""Python's collector of unreachable objects, on the window's thread and between its events.

Left alone it runs on whichever thread makes the next object. On a lane's thread it would destroy widgets there, and in
the middle of one of Qt's walks over all widgets those that Qt visits next: a crash (docs/decisions/0011).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

_EVERY_MS = 100  # with 500 what is imported behind the first paint comes together to 10 ms of work
_WHOLE_EVERY_MS = 30_000  # everything at once takes about 12 ms


class Collecting(QObject):
    """Collects by Python's own thresholds; the automatic collector rests as long as this is there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self.destroyed.connect(gc.enable)
        self._since_whole = QElapsedTimer()
        self._since_whole.start()
        timer = QTimer(self, interval=_EVERY_MS)
        timer.timeout.connect(self._look)
        timer.start()

    def _look(self) -> None:
        young, middle, old = (
            count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if old and self._since_whole.hasExpired(_WHOLE_EVERY_MS):
            gc.collect()
            self._since_whole.restart()
        elif middle:
            gc.collect(1)
        elif young:
            gc.collect(0)
