"""The list of stops: its rows are put in order with Alt and the arrows, or drawn with the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from shopdesk.domain.delivery_rounds import RoundStop
from shopdesk.ui.widgets.row_list import RowList

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RoundList(RowList[RoundStop]):
    """It moves nothing itself: `carried` tells the stop and by how many places, up below zero."""

    carried = Signal(object, int)
    _pressed: int | None = None
    _pressed_at: int = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow carry the stop; everything else as in any list."""
        steps = _STEPS.get(Qt.Key(event.key()))
        if steps is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._carry(self.currentIndex().row(), steps)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A row is taken hold of."""
        super().mousePressEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.indexAt(event.position().toPoint()).row() if is_left else None
        self._pressed_at = event.position().toPoint().y()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """While it is drawn, the hand is closed and the row under it is marked."""
        super().mouseMoveEvent(event)
        if self._is_drawn(event.position().toPoint().y()):
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is let go where it shall stand."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        pressed, is_drawn = self._pressed, self._is_drawn(place.y())
        self._pressed = None
        self.viewport().unsetCursor()
        if pressed is None or pressed < 0 or not is_drawn:
            return
        target = self.indexAt(place).row()
        if target < 0:
            target = 0 if place.y() < 0 else self.rows.rowCount() - 1
        self._carry(pressed, target - pressed)

    def _is_drawn(self, y: int) -> bool:
        is_held = self._pressed is not None and self._pressed >= 0
        return is_held and abs(y - self._pressed_at) >= QApplication.startDragDistance()

    def _carry(self, row: int, steps: int) -> None:
        item = self.rows.item(self.rows.index(row))
        if item is not None and steps:
            self.carried.emit(item, steps)
