"""Two-line rows: what they say, how they are drawn, and the model that reads them page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from shopdesk.ui.icons import SIZE, pixmap
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, SMALL, px, scaled
from shopdesk.ui.theme.tokens import Tokens
from shopdesk.ui.widgets.chips import FRONT, GROUND, ChipKind

Item = TypeVar("Item")
Index = QModelIndex | QPersistentModelIndex
PAGE_ROWS = 100
MORE_ROWS = 50
"""So many are read while somebody turns pages: more would not be there within one picture of the screen."""
ROW_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says. `key` finds the row again after a reload; `value` is a figure at the right, such as a sum.

    `share` draws a bar in the chip: how much of the time is used up, in hundredths.
    """

    key: object
    title: str
    caption: str = ""
    icon: str = ""
    icon_kind: ChipKind | None = None
    value: str = ""
    chip: str = ""
    chip_kind: ChipKind = "info"
    share: int | None = None
    hint: str = ""

    @property
    def spoken(self) -> str:
        """The whole row as one sentence, for screen readers and tests."""
        return ". ".join(
            part for part in (self.title, self.caption, self.value, self.chip, self.hint) if part
        )


@dataclass(frozen=True, slots=True)
class Slice(Generic[Item]):
    """One page of a list read by key; `following` is where the next one begins, None at the end."""

    items: Sequence[Item]
    following: object | None = None


def by_key(
    read: Callable[[Any, int], Sequence[Item]], cursor: Callable[[Item], object]
) -> Callable[[Any, int], Slice[Item]]:
    """Make `fetch` out of a use case that gives the rows after a cursor, and the cursor of its last row."""

    def fetch(after: Any, limit: int) -> Slice[Item]:
        items = read(after, limit)
        return Slice(items, cursor(items[-1]) if len(items) == limit else None)

    return fetch


def by_key_back(
    read: Callable[[Any, int], Sequence[Item]], cursor: Callable[[Item], object]
) -> Callable[[Any, int], Slice[Item]]:
    """Like `by_key`, for a use case that gives the rows before a cursor, in the order of the list."""

    def fetch(before: Any, limit: int) -> Slice[Item]:
        items = read(before, limit)
        return Slice(items, cursor(items[0]) if len(items) == limit else None)

    return fetch


class PagedModel(QAbstractListModel, Generic[Item]):
    """Rows fetched in pages as the owner scrolls; never the whole table.

    `fetch(after, limit)` gives the slice after a cursor (None: the first), `show` says what an item's row says. With
    `fetch_back(before, limit)`, the slice before a cursor (None: the last, its `following` is where the one before it
    ends), the end of the list is reached without what lies between.
    """

    def __init__(
        self,
        fetch: Callable[[Any, int], Slice[Item]],
        show: Callable[[Item], Row],
        parent: QObject | None = None,
        fetch_back: Callable[[Any, int], Slice[Item]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch, self._show, self._fetch_back = fetch, show, fetch_back
        self._items: list[Item] = []
        self._rows: list[Row] = []
        self._following: object | None = None
        self._preceding: object | None = None

    def reload(self) -> None:
        """Read the first page again (twice as many rows where more had been read, so that the place is kept).

        Where the end had been gone to, the last page.
        """
        limit = 2 * PAGE_ROWS if len(self._items) > PAGE_ROWS else PAGE_ROWS
        if self._preceding is not None and self._fetch_back is not None:
            self._fill(self._fetch_back(None, limit), from_end=True)
        else:
            self._fill(self._fetch(None, limit))

    def _fill(self, page: Slice[Item], *, from_end: bool = False) -> None:
        self.beginResetModel()
        self._items = list(page.items)
        self._rows = [self._show(item) for item in self._items]
        self._following, self._preceding = (None, page.following) if from_end else (page.following, None)
        self.endResetModel()

    def go_to_end(self) -> None:
        """Have the last rows of the list, if they are not there yet."""
        if self._following is not None and self._fetch_back is not None:
            self._fill(self._fetch_back(None, PAGE_ROWS), from_end=True)

    def go_to_start(self) -> None:
        """Have the first rows of the list, if they are not there."""
        if self.has_before:
            self._fill(self._fetch(None, PAGE_ROWS))

    def forget_place(self) -> None:
        """The next `reload` reads the beginning: another list is wanted."""
        self._preceding = None

    @property
    def has_before(self) -> bool:
        """Whether there are rows before those that were read."""
        return self._preceding is not None

    def fetch_before(self) -> int:
        """Read the page before the first row; how many rows that are."""
        if self._preceding is None or self._fetch_back is None:
            return 0
        page = self._fetch_back(self._preceding, MORE_ROWS)
        self._preceding = page.following
        if page.items:
            self.beginInsertRows(QModelIndex(), 0, len(page.items) - 1)
            self._items[:0] = page.items
            self._rows[:0] = [self._show(item) for item in page.items]
            self.endInsertRows()
        return len(page.items)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._following is not None

    def fetchMore(self, parent: Index) -> None:
        """Qt asks when the end comes into sight."""
        if parent.isValid() or self._following is None:
            return
        page = self._fetch(self._following, MORE_ROWS)
        self._following = page.following
        if page.items:
            first = len(self._items)
            self.beginInsertRows(QModelIndex(), first, first + len(page.items) - 1)
            self._items += page.items
            self._rows += [self._show(item) for item in page.items]
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The spoken text for everybody, the Row itself for the delegate."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.spoken
        return row if role == ROW_ROLE else None

    def show_again(self, first: int = 0, last: int | None = None) -> None:
        """The same items in new words, such as a clock that went on; nothing is read, and the place is kept."""
        last = len(self._rows) - 1 if last is None else min(last, len(self._rows) - 1)
        changed = [number for number in range(max(0, first), last + 1) if self._say_again(number)]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def _say_again(self, number: int) -> bool:
        row = self._show(self._items[number])
        if row == self._rows[number]:
            return False
        self._rows[number] = row
        return True

    def item(self, index: Index) -> Item | None:
        """The item behind a row, None without one."""
        return self._items[index.row()] if 0 <= index.row() < len(self._items) else None

    def index_of(self, key: object) -> QModelIndex:
        """Where the row with this key stands among those read so far; invalid when it does not."""
        for number, row in enumerate(self._rows):
            if row.key == key:
                return self.index(number)
        return QModelIndex()


class RowDelegate(QStyledItemDelegate):
    """Draws a Row: icon, bold title over caption, figure and chip at the right, all in the colours of the moment."""

    def __init__(self, parent: QWidget, *, lines: float = 3.2) -> None:
        super().__init__(parent)
        self._lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(px(160), round(QFontMetrics(option.font).height() * self._lines))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = tokens()
        area: QRect = option.rect
        _ground(painter, option, area, now)
        inner = area.adjusted(px(NORMAL), 0, -px(NORMAL), 0)
        if row.icon:
            inner.setLeft(_draw_icon(painter, row, inner, now))
        for draw in (_draw_chip, _draw_value):
            inner.setRight(draw(painter, option, row, inner, now))
        _draw_words(painter, option, row, inner, now)
        painter.restore()


def _ground(painter: QPainter, option: QStyleOptionViewItem, area: QRect, now: Tokens) -> None:
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, QColor(now.selected))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, QColor(now.sunken))
    if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
        # a bar, because the selection's ground alone does not tell which list has the keyboard
        painter.fillRect(QRect(area.left(), area.top(), px(3), area.height()), QColor(now.accent))
    painter.setPen(QPen(QColor(now.line), 1))
    painter.drawLine(area.left() + px(NORMAL), area.bottom(), area.right() - px(NORMAL), area.bottom())


def _draw_icon(painter: QPainter, row: Row, area: QRect, now: Tokens) -> int:
    colour = getattr(now, FRONT[row.icon_kind]) if row.icon_kind else now.text2
    edge = px(SIZE + 2)
    picture = pixmap(row.icon, colour, edge, painter.device().devicePixelRatio())
    painter.drawPixmap(area.left(), area.center().y() - edge // 2, picture)
    return area.left() + edge + px(MEDIUM)


def _draw_chip(painter: QPainter, option: QStyleOptionViewItem, row: Row, area: QRect, now: Tokens) -> int:
    text = row.chip or row.hint
    if not text:
        return area.right()
    metrics = QFontMetrics(option.font)
    most = (
        area.width() // 2 if row.share is None else area.width() * 2 // 3
    )  # a clock is what the row is about
    width = min(metrics.horizontalAdvance(text) + 2 * px(10), most)
    height = round(metrics.height() * 1.45)
    place = QRect(area.right() - width, area.center().y() - height // 2, width, height)
    front, ground = (FRONT[row.chip_kind], GROUND[row.chip_kind]) if row.chip else ("text2", "sunken")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(now, ground)))
    painter.drawRoundedRect(place, px(9), px(9))
    if row.share is not None:
        _draw_share(painter, place, row.share, QColor(getattr(now, front)))
    painter.setPen(QColor(getattr(now, front)))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 2 * px(8))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
    return place.left() - px(MEDIUM)


def _draw_share(painter: QPainter, place: QRect, share: int, colour: QColor) -> None:
    """A bar at the foot of the chip, never wider than its words; a little of it is always seen."""
    room = place.width() - 2 * px(8)
    width = max(px(2), room * min(share, 100) // 100)
    painter.setBrush(colour)
    painter.drawRect(QRect(place.left() + px(8), place.bottom() - px(3), width, px(2)))


def _draw_value(painter: QPainter, option: QStyleOptionViewItem, row: Row, area: QRect, now: Tokens) -> int:
    if not row.value:
        return area.right()
    metrics = QFontMetrics(option.font)
    width = min(metrics.horizontalAdvance(row.value) + px(2), area.width() // 2)
    painter.setFont(option.font)
    painter.setPen(QColor(now.text))
    place = QRect(area.right() - width, area.top(), width, area.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.value)
    return place.left() - px(MEDIUM)


def _draw_words(painter: QPainter, option: QStyleOptionViewItem, row: Row, area: QRect, now: Tokens) -> None:
    font = option.font
    strong = scaled(font, 1.0, strong=True)
    metrics, strong_metrics = QFontMetrics(font), QFontMetrics(strong)
    line = metrics.height()
    gap = max(1, px(SMALL) // 4)
    height = 2 * line + gap if row.caption else line
    top = area.top() + (area.height() - height) // 2
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(strong)
    painter.setPen(QColor(now.text))
    title = strong_metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(QRect(area.left(), top, area.width(), line), left, title)
    painter.setFont(font)
    painter.setPen(QColor(now.text2))
    caption = metrics.elidedText(row.caption, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(QRect(area.left(), top + line + gap, area.width(), line), left, caption)
