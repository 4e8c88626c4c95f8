"""The list of every page: moves with J, K and the arrows, opens with ⏎, and keeps its place when it is read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QWidget

from shopdesk.ui.widgets.cards import EmptyState
from shopdesk.ui.widgets.rows import ROW_ROLE, PagedModel, Row, RowDelegate, Slice

Item = TypeVar("Item")
_ENDS = frozenset({Qt.Key.Key_Home, Qt.Key.Key_End})


class RowList(QListView, Generic[Item]):
    """A list of rows. Its letter keys work only while it has the focus."""

    opened = Signal(object)
    """⏎ or a double click: the item."""
    done = Signal(object)
    """E: the item is done."""
    later = Signal(object)
    """S: the item is wanted later."""
    removed = Signal(object)
    """Del: the item is to go."""
    menu_wanted = Signal(object, QPoint)
    """The menu key or the right mouse button: the item, and the place on the screen."""
    moved = Signal(object)
    """Another item is the current one (None: none)."""

    def __init__(
        self,
        name: str,
        fetch: Callable[[Any, int], Slice[Item]],
        show: Callable[[Item], Row],
        parent: QWidget | None = None,
        fetch_back: Callable[[Any, int], Slice[Item]] | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows: PagedModel[Item] = PagedModel(fetch, show, self, fetch_back)
        self.stand_in: QWidget | None = None
        self._letters: dict[Qt.Key, Callable[[Item], None]] = {}
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.doubleClicked.connect(lambda index: self._emit(self.opened, index))
        self.selectionModel().currentChanged.connect(
            lambda now, _before: self.moved.emit(self.rows.item(now))
        )

    def on_letter(self, key: Qt.Key, act: Callable[[Item], None]) -> None:
        """One more letter that acts on the current item, for this list only."""
        self._letters[key] = act

    def current(self) -> Item | None:
        """The item the keys act on."""
        return self.rows.item(self.currentIndex())

    def reload(self) -> None:
        """Read again; the same row stays the current one, or the one that took its place."""
        row = self.currentIndex().data(ROW_ROLE)
        number = self.currentIndex().row()
        offset = self.verticalScrollBar().value()
        self.rows.reload()
        if isinstance(row, Row):
            kept = self.rows.index_of(row.key)
            self._go(kept if kept.isValid() else self._nearest(number))
            self.verticalScrollBar().setValue(offset)

    def select(self, key: object) -> bool:
        """Make the row with this key the current one; False when it is not among those read."""
        index = self.rows.index_of(key)
        self._go(index)
        return index.isValid()

    def step(self, steps: int) -> None:
        """So many rows down (or up, below zero)."""
        number = self.currentIndex().row() + steps
        if number < 0:
            number += self.rows.fetch_before()
        self._go(self._nearest(number))

    def _scrolled(self, offset: int) -> None:
        """The rows before come into sight: what is seen stays where it is."""
        height = self.sizeHintForRow(0)
        if offset < height and self.rows.has_before:
            added = self.rows.fetch_before()
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(offset + added * height)

    def _ends(self, key: Qt.Key) -> bool:
        """Home and End are the list's, not those of the rows read so far."""
        if key == Qt.Key.Key_End:
            self.rows.go_to_end()
            self._go(self._nearest(self.rows.rowCount() - 1))
        elif key == Qt.Key.Key_Home:
            self.rows.go_to_start()
            self._go(self._nearest(0))
        return key in {Qt.Key.Key_End, Qt.Key.Key_Home}

    def _nearest(self, number: int) -> QModelIndex:
        count = self.rows.rowCount()
        if number >= count and self.rows.canFetchMore(QModelIndex()):
            self.rows.fetchMore(QModelIndex())
            count = self.rows.rowCount()
        return self.rows.index(max(0, min(number, count - 1))) if count else QModelIndex()

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _emit(self, signal: Any, index: QModelIndex) -> None:
        item = self.rows.item(index)
        if item is not None:
            signal.emit(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J K ⏎ E S Del Home End; everything else as in any list."""
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if event.text() == "?":
            event.ignore()  # the window shows its keys
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in _ENDS:
            super().keyPressEvent(event)  # choosing several goes as far as the rows were read
        elif not self._ends(Qt.Key(event.key())) and (not plain or not self._letter(event)):
            super().keyPressEvent(event)

    def _letter(self, event: QKeyEvent) -> bool:
        index = self.currentIndex()
        match Qt.Key(event.key()):
            case Qt.Key.Key_J:
                self.step(1)
            case Qt.Key.Key_K:
                self.step(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._emit(self.opened, index)
            case Qt.Key.Key_E:
                self._emit(self.done, index)
            case Qt.Key.Key_S:
                self._emit(self.later, index)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._emit(self.removed, index)
            case key if key in self._letters:
                item = self.rows.item(index)
                if item is not None:
                    self._letters[key](item)
            case _:
                return False
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the row under the mouse, or with the current one."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        item = self.rows.item(index)
        if item is not None:
            self.setCurrentIndex(index)
            below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_wanted.emit(item, event.globalPos() if by_mouse else below)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Letters are commands here; the search line finds."""

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802
        """Take the keyboard; while the list is empty, what stands in its place takes it."""
        if self.stand_in is not None and self.isHidden():
            self.stand_in.setFocus(reason)
        else:
            super().setFocus(reason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Reached by Tab, something is selected, so that the keys act on what one sees."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self._go(self._nearest(max(0, self.currentIndex().row())))


class ListWithEmptyState(QStackedWidget):
    """A list, or what stands there while it is empty. The focus goes to whichever is seen."""

    def __init__(self, rows: RowList[Any], empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows, self.empty = rows, empty
        rows.stand_in = empty
        self.addWidget(rows)
        self.addWidget(empty)
        rows.rows.modelReset.connect(self._choose)
        rows.rows.rowsInserted.connect(self._choose)
        self._choose()

    def _choose(self) -> None:
        wanted: QWidget = self.rows if self.rows.rows.rowCount() else self.empty
        if self.currentWidget() is wanted and self.focusProxy() is not None:
            return
        had_focus = any(
            widget.hasFocus() for widget in (self.rows, self.empty, self.empty.button or self.empty)
        )
        self.setCurrentWidget(wanted)
        self.setFocusProxy(wanted)
        if had_focus:
            wanted.setFocus()
