"""What is ordered, line by line: there, partly there, damaged; each with one key."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.purchase_orders import PurchaseLine, PurchaseOrder
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.chips import Chip
from shopdesk.ui.widgets.fields import QuantityEdit
from shopdesk.ui.widgets.labels import Caption, PlainLabel, ProblemLabel
from shopdesk.ui.widgets.showing import show_if

Arrived = Callable[[int, Decimal | None], None]
Trouble = Callable[[int, str], None]


class GoodsLine(QWidget):
    """One line: ⏎ on "There" takes all of it in, a typed number a part, words say what is wrong with it."""

    def __init__(
        self, texts: Texts, position: int, line: PurchaseLine, arrived: Arrived, trouble: Trouble
    ) -> None:
        super().__init__()
        gettext = texts.gettext
        self._position, self._line, self._arrived, self._trouble = position, line, arrived, trouble
        what = PlainLabel(f"{texts.number(line.quantity)} × {line.text}", wrap=True)
        facts = (
            [gettext("their no. {number}").format(number=line.supplier_code)] if line.supplier_code else []
        )
        self.count = QuantityEdit(texts, gettext("How many are there: {text}").format(text=line.text))
        self.count.setFixedWidth(px(60))
        self.count.set_value(line.arrived)
        self.count.returnPressed.connect(self._part)
        self.all = Button(gettext("There"), partial(arrived, position, None), icon_name="check")
        self.all.setAccessibleName(gettext("All there: {text}").format(text=line.text))
        self.words = QLineEdit(line.trouble)
        self.words.setAccessibleName(gettext("Damaged or missing: {text}").format(text=line.text))
        self.words.setPlaceholderText(gettext("damaged or missing?"))
        self.words.editingFinished.connect(self._noted)
        self.problem = ProblemLabel()
        self.count.problem_changed.connect(self.problem.say)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SMALL))
        of = gettext("of {quantity} there").format(quantity=texts.number(line.quantity))
        row.addWidget(self.count)
        row.addWidget(Caption(of))
        row.addWidget(self.all)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, px(SMALL))
        layout.setSpacing(px(4))
        layout.addWidget(what)
        if facts:
            layout.addWidget(Caption(" · ".join(facts)))
        layout.addLayout(row)
        layout.addWidget(self.words)
        layout.addWidget(self.problem)
        show_if(self.all, bool(line.missing))
        if not line.missing:
            row.insertWidget(2, Chip(gettext("there"), "ok"))

    def _part(self) -> None:
        if self.count.settle() and self.count.value is not None:
            self._arrived(self._position, self.count.value)

    def _noted(self) -> None:
        if self.words.text().strip() != self._line.trouble:
            self._trouble(self._position, self.words.text())


class GoodsIn(QWidget):
    """The lines of an order that is out."""

    def __init__(self, texts: Texts, arrived: Arrived, trouble: Trouble) -> None:
        super().__init__()
        self._texts, self._arrived, self._trouble = texts, arrived, trouble
        self.rows: list[GoodsLine] = []
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(px(SMALL))

    def show_order(self, value: PurchaseOrder) -> None:
        """Replace what is shown."""
        for row in self.rows:
            row.words.blockSignals(True)  # noqa: FBT003 - Qt's own; a field that goes says nothing any more
            row.hide()
            row.deleteLater()
        self.rows = [
            GoodsLine(self._texts, position, line, self._arrived, self._trouble)
            for position, line in enumerate(value.lines)
        ]
        for row in self.rows:
            row.setEnabled(value.state.value != "cancelled")
            self._list.addWidget(row)
