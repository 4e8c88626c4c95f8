"""A list whose rows can be marked, to do one thing with many: Space, Shift and the arrows, Ctrl+A."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QWidget

from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, px
from shopdesk.ui.widgets.row_list import RowList
from shopdesk.ui.widgets.rows import ROW_ROLE, Row, Slice

Item = TypeVar("Item")
_ICON = 24


class MarkList(RowList[Item]):
    """The marks are keys of rows, in the order in which they were set; rows that are not read yet may be marked."""

    marks_changed = Signal()
    all_wanted = Signal()
    """Ctrl+A: everything that the list would show."""

    def __init__(
        self,
        name: str,
        fetch: Callable[[Any, int], Slice[Item]],
        show: Callable[[Item], Row],
        marked_word: str,
        parent: QWidget | None = None,
        fetch_back: Callable[[Any, int], Slice[Item]] | None = None,
    ) -> None:
        self._marks: dict[object, None] = {}
        self._word = marked_word
        super().__init__(name, fetch, lambda item: self._with_mark(show(item)), parent, fetch_back)

    @property
    def marks(self) -> tuple[object, ...]:
        """The keys of the marked rows."""
        return tuple(self._marks)

    def mark(self, keys: Iterable[object]) -> None:
        """Mark these, too."""
        self._change(self._marks | dict.fromkeys(keys))

    def clear_marks(self) -> None:
        """Mark nothing any more."""
        self._change({})

    def toggle(self, key: object) -> None:
        """In or out."""
        kept = {one: None for one in self._marks if one != key}
        self._change(kept if key in self._marks else self._marks | {key: None})

    def _change(self, marks: dict[object, None]) -> None:
        if marks != self._marks:
            self._marks = marks
            self.rows.show_again()
            self.marks_changed.emit()

    def _with_mark(self, row: Row) -> Row:
        return replace(row, icon="check", icon_kind="ok", hint=self._word) if row.key in self._marks else row

    def _current_key(self) -> object:
        row = self.currentIndex().data(ROW_ROLE)
        return row.key if isinstance(row, Row) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks, Shift with an arrow marks on the way, Ctrl+A all; the rest as in every list."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_wanted.emit()
        elif event.key() == Qt.Key.Key_Space and self._current_key() is not None:
            self.toggle(self._current_key())
        elif shift and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._mark_on_the_way(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _mark_on_the_way(self, steps: int) -> None:
        before = self._current_key()
        self.step(steps)
        self.mark(key for key in (before, self._current_key()) if key is not None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On the icon, or with Ctrl: in or out."""
        super().mousePressEvent(event)
        row = self.indexAt(event.position().toPoint()).data(ROW_ROLE)
        on_icon = event.position().x() < px(NORMAL) + px(_ICON) + px(MEDIUM)
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        left = event.button() == Qt.MouseButton.LeftButton
        if isinstance(row, Row) and left and (on_icon or with_control):
            self.toggle(row.key)
