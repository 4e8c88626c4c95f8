"""What floats over the window and gives the focus back: the palette and the sheet of keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QGraphicsDropShadowEffect, QWidget
from shiboken6 import isValid

from shopdesk.ui.theme.sizes import px


class Overlay(QFrame):
    """A frame above everything. Esc or a click beside it closes it, and the focus is where it was."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("overlay")
        self.host = window
        self._before: QWidget | None = None
        self._table: QWidget | None = None
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(px(32))
        shadow.setOffset(0, px(8))
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)
        self.hide()

    def start(self) -> None:
        """Show it; the caller gives the focus to what is typed in."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
            self._table = _table_around(self._before)
        self.place()
        self.show()
        self.raise_()
        self.host.installEventFilter(self)

    def finish(self) -> None:
        """Hide it and give the focus back."""
        if self.isHidden():
            return
        self.host.removeEventFilter(self)
        focused = QApplication.focusWidget()
        had_focus = focused is None or self.isAncestorOf(focused)
        self.hide()
        # a table's cell editor is deleted when the focus leaves it
        for place in (self._before, self._table):
            if had_focus and place is not None and isValid(place) and place.isVisible():
                place.setFocus()
                break
        self._before = self._table = None

    def place(self) -> None:
        """Subclasses say where they stand."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click beside it closes it; another size of the window moves it."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.finish()
        elif event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.finish()
        else:
            super().keyPressEvent(event)


def _table_around(widget: QWidget | None) -> QWidget | None:
    while widget is not None and not isinstance(widget, QAbstractItemView):
        widget = widget.parentWidget()
    return widget
