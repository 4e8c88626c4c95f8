"""The lines of a document as a table; the row below them is where the next line is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from shopdesk.domain.documents import WITHOUT_AMOUNT, Line, LineKind, LineOption, TaxCase
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_
from shopdesk.domain.typing.amounts import parse_amount
from shopdesk.i18n import Texts
from shopdesk.ui.documents import typed_line, units
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
LINE_ROLE = Qt.ItemDataRole.UserRole
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 1


class Column(IntEnum):
    """The columns in their order on the screen."""

    NAME = 0
    QUANTITY = 1
    PRICE = 2
    DISCOUNT = 3
    VAT = 4
    TOTAL = 5


HEADERS = {
    Column.NAME: N_("Item"),
    Column.QUANTITY: N_("Quantity"),
    Column.PRICE: N_("Unit price"),
    Column.DISCOUNT: N_("Discount"),
    Column.VAT: N_("VAT"),
    Column.TOTAL: N_("Total"),
}
KIND_NAMES = {
    LineKind.GOODS: N_("Goods"),
    LineKind.SERVICE: N_("Service"),
    LineKind.POSTAGE: N_("Postage"),
    LineKind.PACKAGING: N_("Packaging"),
    LineKind.DISCOUNT: N_("Discount"),
    LineKind.NOTE: N_("Note"),
    LineKind.SUBTOTAL: N_("Subtotal"),
}
OPTION_NAMES = {
    LineOption.NONE: N_("Ordinary position"),
    LineOption.OPTIONAL: N_("Optional, not in the sum"),
    LineOption.ALTERNATIVE: N_("Alternative, not in the sum"),
}
OPTION_TAGS = {LineOption.OPTIONAL: N_("optional"), LineOption.ALTERNATIVE: N_("alternative")}
_FIELDS = {
    Column.NAME: "text",
    Column.QUANTITY: "quantity",
    Column.PRICE: "unit_price",
    Column.DISCOUNT: "discount_percent",
    Column.VAT: "vat_rate",
}


class LinesModel(QAbstractTableModel):
    """Shows the session's lines and turns what is typed into edits of the session."""

    refused = Signal(str)
    """What was typed cannot be read, in words."""

    def __init__(self, session: EditingSession, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.texts = session, texts
        self._rows = len(session.document.lines)
        self._problems: dict[tuple[int, str], str] = {}

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as they are now."""
        return self.session.document.lines

    def refresh(self) -> None:
        """The session has another value: follow it without losing the cursor."""
        rows = len(self.lines)
        if rows > self._rows:
            self.beginInsertRows(NO_INDEX, self._rows, rows - 1)
            self._rows = rows
            self.endInsertRows()
        elif rows < self._rows:
            self.beginRemoveRows(NO_INDEX, rows, self._rows - 1)
            self._rows = rows
            self.endRemoveRows()
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(Column) - 1))

    def show_problems(self, problems: dict[tuple[int, str], str]) -> None:
        """Mark cells: (row, field of the order file) → words."""
        self._problems = problems
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(Column) - 1))

    def line(self, row: int) -> Line | None:
        """The line of a row, None for the row below the last."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        if parent.isValid():
            return 0
        return self._rows + (0 if self.session.has_fixed_lines else 1)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the columns; figures stand at the right."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.texts.gettext(HEADERS[Column(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == Column.NAME else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.session.has_fixed_lines or index.column() == Column.TOTAL:
            return flags
        line = self.line(index.row())
        no_amount = line is not None and line.kind in WITHOUT_AMOUNT
        if index.column() != Column.NAME and (line is None or no_amount):
            return flags
        if line is not None and line.kind == LineKind.SUBTOTAL:
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for everybody, the Line for the delegate, the problem as tool tip."""
        line = self.line(index.row())
        column = Column(index.column())
        if role == LINE_ROLE:
            return line
        if role in {PROBLEM_ROLE, Qt.ItemDataRole.ToolTipRole}:
            problem = self._problems.get((index.row(), _FIELDS.get(column, "")), "")
            if (
                not problem
                and role == Qt.ItemDataRole.ToolTipRole
                and column == Column.NAME
                and line is not None
            ):
                return plain_tip(line.description)
            return problem if role == PROBLEM_ROLE else plain_tip(problem)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._text(index.row(), line, column, editing=role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            header = self.texts.gettext(HEADERS[column])
            words = self._text(index.row(), line, column, editing=False)
            if column == Column.NAME and line is not None and line.description:
                words = f"{words}, {line.description}"
            if column == Column.NAME and line is not None and line.option:
                words = f"{words}, {self.texts.gettext(OPTION_TAGS[line.option])}"
            return f"{header}: {words}" if words else header
        return None

    def _text(self, row: int, line: Line | None, column: Column, *, editing: bool) -> str:
        if line is None:
            return "" if editing or column != Column.NAME else self.placeholder
        if column == Column.NAME:
            name = line.text
            if line.kind == LineKind.SUBTOTAL and not name:
                name = self.texts.gettext("Subtotal")
            return name
        if column == Column.TOTAL:
            return self._total(row)
        return "" if line.kind in WITHOUT_AMOUNT else self._figure(row, line, column, editing=editing)

    @property
    def placeholder(self) -> str:
        """What stands in the row below the last line."""
        return self.texts.gettext("Article or text … (4 slatt 90x200)")

    def _figure(self, row: int, line: Line, column: Column, *, editing: bool) -> str:
        texts = self.texts
        if column == Column.QUANTITY:
            one = line.quantity == 1 and line.unit == units.PIECE
            if editing:
                return texts.number(line.quantity) if line.unit == units.PIECE else self._counted(line)
            return texts.number(line.quantity) if one else self._counted(line)
        if column == Column.PRICE:
            return "" if line.unit_price is None else self.amount(line.unit_price)
        if column == Column.DISCOUNT:
            return texts.percent(line.discount_percent) if line.discount_percent else ""
        if editing:
            return "" if line.vat_rate is None else texts.percent(line.vat_rate)
        return self._rates(row)

    def _rates(self, row: int) -> str:
        """The rates the line really has: postage that follows mixed goods has several."""
        totals = self.session.totals.lines
        if self.lines[row].tax_case == TaxCase.MARGIN_SCHEME:
            return "§ 25a"
        total = totals[row] if row < len(totals) else None
        rates = sorted({key[1] for key, _amount in total.vat}, reverse=True) if total is not None else []
        if not rates:
            return ""
        first = [self.texts.number(rate) for rate in rates[:-1]]
        return " / ".join([*first, self.texts.percent(rates[-1])])

    def _counted(self, line: Line) -> str:
        return f"{self.texts.number(line.quantity)} {units.shown(line.unit, self.texts)}"

    def amount(self, value: Decimal) -> str:
        """A unit price with at least two decimals."""
        exponent = value.normalize().as_tuple().exponent
        return self.texts.number(value, max(2, -exponent if isinstance(exponent, int) else 2))

    def _total(self, row: int) -> str:
        rows = self.session.totals.lines
        total = rows[row] if row < len(rows) else None
        if total is None:
            return ""
        return self.texts.money(total.shown(self.session.document.prices))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """What was typed into a cell; text that cannot be read is refused in words and nothing changes."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        try:
            return self._typed(index.row(), Column(index.column()), str(value))
        except ShopError as error:
            self.refused.emit(self.texts.say(error.message))
            return False

    def _typed(self, row: int, column: Column, text: str) -> bool:
        line = self.line(row)
        if column == Column.NAME:
            return self._named(row, line, text)
        if line is None or not text.strip():
            if line is not None and column in {Column.DISCOUNT, Column.VAT, Column.PRICE}:
                empty: dict[Column, dict[str, Any]] = {
                    Column.DISCOUNT: {"discount_percent": Decimal(0)},
                    Column.VAT: {"vat_rate": None},
                    Column.PRICE: {"unit_price": None},
                }
                self.put(row, replace(line, **empty[column]))
            return True
        self.put(row, _with_figure(line, column, text))
        return True

    def _named(self, row: int, line: Line | None, text: str) -> bool:
        typed = typed_line.read(text)
        if line is not None and (
            line.text == text.strip() or (typed.kind == LineKind.SUBTOTAL and not line.text)
        ):
            return True
        if not text.strip():
            return line is None or self._emptied(row, line)
        if line is None:
            self.put(row, typed_line.free_line(typed))
            return True
        # the name of a line that stands is words: "90 Tage Garantie" is no quantity any more
        self.put(row, replace(line, text=" ".join(text.split())))
        return True

    def _emptied(self, row: int, line: Line) -> bool:
        self.put(row, replace(line, text=""))
        return True

    def put(self, row: int, line: Line) -> None:
        """Put a line in place, below the last one as a new line."""

        def change(lines: tuple[Line, ...]) -> tuple[Line, ...]:
            return (*lines[:row], line, *lines[row + 1 :])

        self.session.edit_lines(change)

    def describe(self, row: int, description: str) -> None:
        """What stands below the line's name."""
        line = self.line(row)
        if line is not None and line.description != description:
            self.put(row, replace(line, description=description))

    def insert(self, row: int, line: Line) -> None:
        """Add a line before this row."""
        self.session.edit_lines(lambda lines: (*lines[:row], line, *lines[row:]))

    def remove(self, row: int) -> None:
        """Take a line out."""
        self.session.edit_lines(lambda lines: (*lines[:row], *lines[row + 1 :]))

    def move(self, row: int, steps: int) -> int:
        """Move a line up (below zero) or down; gives the row it stands in then."""
        there = row + steps
        if self.line(row) is None or not 0 <= there < len(self.lines):
            return row

        def change(lines: tuple[Line, ...]) -> tuple[Line, ...]:
            rest = [*lines[:row], *lines[row + 1 :]]
            rest.insert(there, lines[row])
            return tuple(rest)

        self.session.edit_lines(change)
        return there


def _with_figure(line: Line, column: Column, text: str) -> Line:
    if column == Column.QUANTITY:
        quantity, unit = typed_line.read_quantity(text, line.unit)
        return replace(line, quantity=quantity, unit=unit)
    if column == Column.PRICE:
        return replace(line, unit_price=parse_amount(text))
    percent = parse_amount(text.strip().removesuffix("%"))
    if column == Column.DISCOUNT:
        return replace(line, discount_percent=percent)
    return replace(line, vat_rate=percent)


Accept = Callable[[int], None]
