"""Completion below a line edit. QCompleter eats the first ⏎; here the edit keeps the keyboard and asks the popup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView

from shopdesk.ui.theme.sizes import TINY, px
from shopdesk.ui.widgets.rows import ROW_ROLE, Row, RowDelegate

MOST_ROWS = 7


@dataclass(frozen=True, slots=True)
class Offer:
    """One row: what it shows and what ⏎ does with it. `preselected`: ⏎ takes it without an arrow key."""

    row: Row
    take: Callable[[], None]
    preselected: bool = False


class _Offers(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offers: Sequence[Offer] = ()

    def replace(self, offers: Sequence[Offer]) -> None:
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.offers)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The row for the delegate, its words for everybody else."""
        if not 0 <= index.row() < len(self.offers):
            return None
        row = self.offers[index.row()].row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.spoken
        return row if role == ROW_ROLE else None


class CompletionPopup(QListView):
    """The offers for a line edit; it never takes the keyboard."""

    def __init__(self, edit: QLineEdit, find: Callable[[str], Sequence[Offer]], name: str) -> None:
        super().__init__(edit.window())
        self._edit, self._find = edit, find
        self._model = _Offers(self)
        self._asked: str | None = None
        self.setObjectName("completion")
        self.setModel(self._model)
        self.setItemDelegate(RowDelegate(self, lines=2.7))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName(name)
        self.clicked.connect(lambda index: self._take(index.row()))
        self.hide()
        edit.textEdited.connect(self._typed)
        edit.destroyed.connect(self.deleteLater)
        edit.installEventFilter(self)

    @property
    def offers(self) -> Sequence[Offer]:
        """What is offered now."""
        return self._model.offers

    def _typed(self, text: str) -> None:
        self.offer(text)

    def offer(self, text: str) -> None:
        """Show what fits the text; nothing fits: nothing is shown."""
        self._asked = text
        offers = self._find(text)
        self._model.replace(offers)
        if not offers:
            self.hide()
            return
        first = next((number for number, offer in enumerate(offers) if offer.preselected), -1)
        self.setCurrentIndex(self._model.index(first) if first >= 0 else QModelIndex())
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        window = self._edit.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        below = self._edit.mapTo(window, QPoint(0, self._edit.height() + px(2)))
        height = self.sizeHintForRow(0) * min(len(self.offers), MOST_ROWS) + 2 * self.frameWidth() + px(2)
        width = max(self._edit.width(), px(440))
        top = below.y()
        if top + height > window.height() - px(TINY):
            above = self._edit.mapTo(window, QPoint(0, 0)).y() - height - px(2)
            top = above if above >= 0 else max(0, window.height() - height - px(TINY))
        left = min(below.x(), max(0, window.width() - width - px(TINY)))
        self.setGeometry(left, top, min(width, window.width()), height)

    def _take(self, number: int) -> None:
        if 0 <= number < len(self.offers):
            offer = self.offers[number]
            self.hide()
            offer.take()

    def take_chosen(self) -> bool:
        """Take the chosen offer; False when none is."""
        if not self.isVisible() or not self.currentIndex().isValid():
            return False
        self._take(self.currentIndex().row())
        return True

    def key(self, event: QKeyEvent) -> bool:
        """True when the key was the popup's: ⏎ takes, arrows choose, Esc closes."""
        if not self.isVisible():
            return False
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self.currentIndex().isValid():
                self.hide()
                return False
            self._take(self.currentIndex().row())
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        if (
            key in {Qt.Key.Key_Down, Qt.Key.Key_Up}
            and not event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return True
        return False

    def _step(self, steps: int) -> None:
        count = len(self.offers)
        now = self.currentIndex().row() if self.currentIndex().isValid() else (-1 if steps > 0 else 0)
        self.setCurrentIndex(self._model.index((now + steps) % count))
        self.scrollTo(self.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Esc from the window's "back" while something is offered; go when the edit loses the keyboard."""
        if watched is self._edit:
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Escape and self.isVisible():
                    event.accept()
                    return True
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self.key(event)
            elif event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
                self.hide()
        return False
