"""The lines of a purchase order while it is written: how many, what, the supplier's number, the price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.purchase_orders import PurchaseLine
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton, IconButton
from shopdesk.ui.widgets.fields import AmountEdit, QuantityEdit
from shopdesk.ui.widgets.labels import Caption, ProblemLabel
from shopdesk.ui.widgets.showing import show_if

_QUANTITY, _NUMBER, _PRICE = 52, 96, 76
_BESIDE = 440
"""From this width on everything of a line stands side by side; below it number and price stand under the words."""


class DraftLine(QWidget):
    """One line's fields."""

    changed = Signal()

    def __init__(self, texts: Texts, line: PurchaseLine, remove: Callable[[DraftLine], None]) -> None:
        super().__init__()
        gettext = texts.gettext
        self._line = line
        self.quantity = QuantityEdit(texts, gettext("Quantity"))
        self.quantity.setFixedWidth(px(_QUANTITY))
        self.quantity.set_value(line.quantity)
        self.text = QLineEdit(line.text)
        self.text.setAccessibleName(gettext("What"))
        self.text.setPlaceholderText(gettext("What is ordered"))
        self.text.setCursorPosition(0)
        self.number = QLineEdit(line.supplier_code)
        self.number.setAccessibleName(gettext("Supplier's article number"))
        self.number.setPlaceholderText(gettext("Article no."))
        self.number.setFixedWidth(px(_NUMBER))
        self.price = AmountEdit(texts, gettext("Price without VAT"))
        self.price.setPlaceholderText(gettext("as agreed"))
        self.price.setFixedWidth(px(_PRICE))
        self.price.set_value(line.price)
        self.problem = ProblemLabel()
        self._row, self._below = QHBoxLayout(), QHBoxLayout()
        for each in (self._row, self._below):
            each.setContentsMargins(0, 0, 0, 0)
            each.setSpacing(px(SMALL))
        self._row.addWidget(self.quantity)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.number)
        self._row.addWidget(self.price)
        self._row.addWidget(IconButton(gettext("Take this line out"), "x", lambda: remove(self)))
        self._below.addSpacing(px(_QUANTITY + SMALL))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(2))
        layout.addLayout(self._row)
        layout.addLayout(self._below)
        layout.addWidget(self.problem)
        for edit in (self.quantity, self.price):
            edit.problem_changed.connect(self.problem.say)
            edit.value_changed.connect(self.changed)
        for words in (self.text, self.number):
            words.textEdited.connect(lambda _text: self.changed.emit())

    def stand(self, *, beside: bool) -> None:
        """Number and price beside the words, or under them where the words would have no room."""
        place, first = (self._row, 2) if beside else (self._below, 1)
        for number, (field, width) in enumerate(((self.number, _NUMBER), (self.price, _PRICE))):
            field.setMinimumWidth(px(width))
            field.setMaximumWidth(px(width if beside else _BESIDE))
            place.insertWidget(first + number, field)

    def line(self) -> PurchaseLine:
        """The line as the fields stand; a quantity that cannot be read is 0."""
        return replace(
            self._line,
            quantity=self.quantity.value if self.quantity.value is not None else Decimal(0),
            text=self.text.text().strip(),
            supplier_code=self.number.text().strip(),
            price=self.price.value,
        )

    def settle(self) -> bool:
        """Read the figures as if they were left."""
        return self.quantity.settle() and self.price.settle()


class DraftLines(QWidget):
    """All lines, and one more with a button."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.rows: list[DraftLine] = []
        self._beside = True
        self._heads_beside: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(px(SMALL))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addLayout(self._heads())
        layout.addLayout(self._list)
        more = QHBoxLayout()
        more.addWidget(GhostButton(texts.gettext("One more line"), self.add, icon_name="plus"))
        more.addStretch(1)
        layout.addLayout(more)

    def _heads(self) -> QHBoxLayout:
        gettext = self._texts.gettext
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SMALL))
        for words, width in (
            (gettext("Quantity"), _QUANTITY), (gettext("What"), 0), (gettext("Article no. there"), _NUMBER),
            (gettext("Price without VAT"), _PRICE + 36),
        ):  # fmt: skip
            head = Caption(words)
            if width:
                head.setFixedWidth(px(width))
            if width in (_NUMBER, _PRICE + 36):
                self._heads_beside.append(head)
            row.addWidget(head, 0 if width else 1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        beside = event.size().width() >= px(_BESIDE)
        if beside != self._beside:
            self._beside = beside
            for head in self._heads_beside:
                show_if(head, beside)
            for row in self.rows:
                row.stand(beside=beside)

    def show_lines(self, lines: tuple[PurchaseLine, ...]) -> None:
        """Replace what is shown; an order without lines has one to begin with."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for line in lines or (PurchaseLine(),):
            self._append(line)

    def _append(self, line: PurchaseLine) -> DraftLine:
        row = DraftLine(self._texts, line, self._remove)
        row.changed.connect(self.changed)
        row.stand(beside=self._beside)
        self.rows.append(row)
        self._list.addWidget(row)
        return row

    def add(self) -> None:
        """One more, with the keyboard in it."""
        self._append(PurchaseLine()).text.setFocus()

    def _remove(self, row: DraftLine) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        if not self.rows:
            self.add()
        self.changed.emit()

    def lines(self) -> tuple[PurchaseLine, ...]:
        """The lines as the fields stand, without empty ones."""
        found = (row.line() for row in self.rows)
        return tuple(line for line in found if line.text or line.supplier_code)

    def settle(self) -> bool:
        """Whether every figure can be read; else the keyboard is there."""
        for row in self.rows:
            if not row.settle():
                (row.quantity if row.quantity.problem else row.price).setFocus()
                return False
        return True
