"""Links that the system hands to the running program (macOS does; elsewhere a second start brings them)."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from shopdesk.domain.links import is_link


class Links(QObject):
    """`clicked` brings each link as it stands."""

    clicked = Signal(str)

    def __init__(self, application: QApplication, platform: str = sys.platform) -> None:
        super().__init__(application)
        if platform == "darwin":  # a look at every event costs: only where such events come
            application.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take links; files go on to whoever wants them."""
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            link = event.url().toString()
            if is_link(link):
                self.clicked.emit(link)
                return True
        return False
