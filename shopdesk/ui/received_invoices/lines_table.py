"""The lines of a received invoice as a table; ten thousand of them open as fast as one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shopdesk.domain.money import Money
from shopdesk.domain.received_invoices import InvoiceLine, ReceivedInvoice
from shopdesk.i18n import Texts
from shopdesk.ui.documents.units import shown
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.labels import plain_tip, shortened

Index = QModelIndex | QPersistentModelIndex
_NAME = 1
_MOST_FITTED = 60  # lines whose height is measured; longer tables keep two lines of text per row
_ROWS_SHOWN = 12
_AIR = 5


class LinesModel(QAbstractTableModel):
    """Number, words, quantity, price, VAT, net."""

    def __init__(self, texts: Texts, invoice: ReceivedInvoice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts, self._lines, self._currency = texts, invoice.lines, invoice.currency
        gettext = texts.gettext
        self._heads = (
            gettext("No."),
            gettext("Description"),
            gettext("Quantity"),
            gettext("Price"),
            gettext("VAT"),
            gettext("Net"),
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for everybody; the name's tool tip holds everything."""
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == _NAME:
            return plain_tip(shortened(self._cell(line, _NAME), 800))
        return _side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _cell(self, line: InvoiceLine, column: int) -> str:
        match column:
            case 0:
                return line.id
            case 1:
                return self._words(line)
            case 2:
                return self._quantity(line)
            case 3:
                return self._price(line)
            case 4:
                return self._vat(line)
            case _:
                return self._money(line.net)

    def _words(self, line: InvoiceLine) -> str:
        gettext = self._texts.gettext
        articles = (
            (gettext("Article {number}"), line.seller_article),
            (gettext("your article {number}"), line.buyer_article),
            (
                gettext("standard number {number}"),
                line.standard_article.text if line.standard_article else "",
            ),
        )
        numbers = " · ".join(text.format(number=number) for text, number in articles if number)
        properties = ", ".join(f"{name}: {value}" for name, value in line.attributes)
        return "\n".join(
            shortened(part, 300)
            for part in (line.name, line.description, numbers, properties, line.note)
            if part
        )

    def _quantity(self, line: InvoiceLine) -> str:
        if line.quantity is None:
            return ""
        return f"{self._texts.number(line.quantity)} {shown(line.unit, self._texts)}".strip()

    def _price(self, line: InvoiceLine) -> str:
        if line.price is None:
            return ""
        exponent = line.price.normalize().as_tuple().exponent
        places = max(2, -exponent) if isinstance(exponent, int) else 2
        price = self._texts.number(line.price, places)
        if line.price_quantity not in {None, Decimal(1)}:
            return self._texts.gettext("{price} per {quantity}").format(
                price=price, quantity=self._texts.number(line.price_quantity or Decimal(1))
            )
        return price

    def _vat(self, line: InvoiceLine) -> str:
        rate = "" if line.rate is None else self._texts.percent(line.rate)
        # the letter of the usual case says nothing to anybody
        return rate if line.category == "S" else f"{rate} {line.category}".strip()

    def _money(self, amount: Decimal | None) -> str:
        return "" if amount is None else self._texts.money(Money.of(amount, self._currency))


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column <= _NAME else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignTop


class _Airy(QStyledItemDelegate):
    """Room around the words of a cell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._air = px(_AIR)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(self._air, 0, -self._air, 0)
        return super().sizeHint(inner, index) + QSize(2 * self._air, 2 * self._air)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The selection fills the cell, the words stand inside."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(self._air, self._air, -self._air, -self._air)
        super().paint(painter, inner, index)


class LinesTable(QTableView):
    """As high as its lines, up to a dozen; then it scrolls."""

    def __init__(self, texts: Texts, invoice: ReceivedInvoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(LinesModel(texts, invoice, self))
        self.setAccessibleName(texts.gettext("Lines of the invoice"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Airy(self))
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setResizeContentsPrecision(20)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        line = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(2 * line + 2 * px(_AIR))
        self.verticalHeader().setMinimumSectionSize(line + 2 * px(_AIR))
        # each column tells its width; the rows are measured once, when all of them are known
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)
        head.sectionResized.connect(
            lambda column, *_sizes: self._fitting.start() if column == _NAME else None
        )
        self._set_height()

    def _fit(self) -> None:
        rows = self.model().rowCount()
        if rows <= _MOST_FITTED:
            self.resizeRowsToContents()
        self._set_height()

    def _set_height(self) -> None:
        rows = self.model().rowCount()
        height = sum(self.rowHeight(row) for row in range(min(rows, _ROWS_SHOWN)))
        self.setFixedHeight(height + self.horizontalHeader().sizeHint().height() + px(4))
