"""Python's collector of unreachable objects, on the window's thread and between its events.

Left alone it runs on whichever thread makes the next object. On a lane's thread it would destroy widgets there, and in
the middle of one of Qt's walks over all widgets those that Qt visits next: a crash (docs/decisions/0011).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class Collecting(QObject):
    """Collects in the steps and proportions of Python's own; the automatic one rests as long as this is there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self.destroyed.connect(gc.enable)
        timer = QTimer(self, interval=_EVERY_MS)
        timer.timeout.connect(collect)
        timer.start()


def collect() -> None:
    """Collect the oldest generation that is due, if any."""
    due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    for generation in (2, 1, 0):
        if due[generation]:
            gc.collect(generation)
            return
