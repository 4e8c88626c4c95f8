"""The search line above a list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from shopdesk.ui.icons import icon
from shopdesk.ui.theme.palette import tokens


class SearchEdit(QLineEdit):
    """Says `searched` shortly after the last key; Down goes into the list, Esc empties."""

    searched = Signal(str)
    down = Signal()
    """Down or ⏎ was pressed: the list below should take the keyboard."""

    def __init__(self, placeholder: str, parent: QWidget | None = None, *, pause: int = 60) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self._lens = QAction(self)
        self.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self._draw_icon()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause)
        self._timer.timeout.connect(self.search_now)
        self.textChanged.connect(self._timer.start)

    def search_now(self) -> None:
        """Search without waiting for the pause."""
        self._timer.stop()
        self.searched.emit(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and ⏎ leave for the list; Esc empties before it goes back."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.search_now()
            self.down.emit()
        elif self._empties(event):
            self.clear()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while there is something to empty; leave Ctrl+Z to it where nothing was typed."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._leaves(event)
        ):
            event.ignore()
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._empties(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        return event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()

    def _empties(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and bool(self.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_lens"):
            self._draw_icon()

    def _draw_icon(self) -> None:
        self._lens.setIcon(icon("search", tokens().text3))
