"""Keeps a widget in sight while what stands beside it is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class InSight(QWidget):
    """As high as its neighbour; `inner`, lower than that, moves down along it with the page's scrolling."""

    def __init__(self, inner: QWidget, height: int) -> None:
        super().__init__()
        self._inner, self._height = inner, height
        self._area: QScrollArea | None = None
        inner.setParent(self)

    def sizeHint(self) -> QSize:
        """As high as the widget inside."""
        return QSize(self._inner.sizeHint().width(), self._height)

    def minimumSizeHint(self) -> QSize:
        """The same height: below its neighbour it has just that."""
        return QSize(self._inner.minimumSizeHint().width(), self._height)

    def showEvent(self, event: QShowEvent) -> None:
        """Find the page that scrolls."""
        super().showEvent(event)
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None and parent is not self._area:
            self._area = parent
            parent.verticalScrollBar().valueChanged.connect(self.place)
            parent.verticalScrollBar().rangeChanged.connect(self.place)
        self.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As wide as there is room."""
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Put it where it can be seen."""
        height = min(self._height, self.height())
        y = 0
        if self._area is not None:
            view = self._area.viewport()
            height = min(height, view.height())
            top = -self.mapTo(view, QPoint(0, 0)).y()
            y = max(0, min(top, self.height() - height))
        self._inner.setGeometry(0, y, self.width(), height)
