"""A purchase order while it is written: from whom, for whom, where to, when, what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.domain.purchase_orders import DeliverTo, PurchaseOrder
from shopdesk.i18n import Texts
from shopdesk.ui.purchases.draft_lines import DraftLines
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import DateField, Field
from shopdesk.ui.widgets.labels import Muted
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.domain.suppliers import Supplier


class SupplierField(QComboBox):
    """A known supplier by the first letters of its name, or a new one by its whole name."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        completer = self.completer()
        if completer is not None:
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        edit = self.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(texts.gettext("Who delivers it?"))
        self.setAccessibleName(texts.gettext("Supplier"))

    def offer(self, suppliers: tuple[Supplier, ...], chosen: int | None) -> None:
        """These are known; `chosen` is shown, or nothing."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.clear()
        for one in suppliers:
            self.addItem(one.name, one.id)
        self.setCurrentIndex(self.findData(chosen) if chosen is not None else -1)
        if chosen is None:
            self.setEditText("")
        self.blockSignals(False)  # noqa: FBT003 - Qt's own

    @property
    def supplier_id(self) -> int | None:
        """The known one whose name stands there."""
        index = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        return int(self.itemData(index)) if index >= 0 else None

    @property
    def name(self) -> str:
        """What stands there."""
        return self.currentText().strip()


class DraftForm(QWidget):
    """The fields of a draft."""

    changed = Signal()

    def __init__(self, texts: Texts, parse_day: Callable[[str], dt.date]) -> None:
        super().__init__()
        self._texts, gettext = texts, texts.gettext
        self._base = PurchaseOrder()
        self._mails: dict[int | None, str] = {}
        self.about = Muted("", wrap=True)
        self.supplier = SupplierField(texts)
        self.email = QLineEdit()
        self.email.setPlaceholderText(gettext("for this and later orders"))
        self.commission = QLineEdit()
        self.commission.setPlaceholderText(gettext("empty: for the shop itself"))
        self.where = Choice(
            (
                (gettext("to the shop"), DeliverTo.SHOP.value),
                (gettext("straight to the customer"), DeliverTo.CUSTOMER.value),
            )
        )
        self.address = QPlainTextEdit()
        self.wished = DateField(texts, gettext("Wished by"), parse_day)
        self.wished.setPlaceholderText(gettext("for instance KW 49 or +10"))
        self.words = QPlainTextEdit()
        self.lines = DraftLines(texts)
        for box, rows in ((self.address, 4), (self.words, 2)):
            box.setTabChangesFocus(True)
            box.setFixedHeight(self.commission.sizeHint().height() * rows // 2 + px(SMALL))
        self._place()
        self._connect()

    def _place(self) -> None:
        gettext = self._texts.gettext
        self.fields = {
            "supplier": Field(gettext("Supplier"), self.supplier),
            "supplier.email": Field(gettext("Mail address of the supplier"), self.email),
            "commission": Field(gettext("Commission"), self.commission),
            "wished": Field(gettext("Wished by"), self.wished),
            "deliver_to": Field(gettext("Delivery"), self.where),
            "delivery_address": Field(gettext("Delivery address of the customer"), self.address),
            "words": Field(gettext("Words to the supplier"), self.words),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(SMALL))
        places = {
            "supplier": (0, 0, 2), "supplier.email": (1, 0, 2), "commission": (2, 0, 1), "wished": (2, 1, 1),
            "deliver_to": (3, 0, 2), "delivery_address": (4, 0, 2),
        }  # fmt: skip
        for name, (row, column, span) in places.items():
            grid.addWidget(self.fields[name], row, column, 1, span)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(MEDIUM))
        layout.addWidget(self.about)
        layout.addLayout(grid)
        layout.addWidget(self.lines)
        layout.addWidget(self.fields["words"])

    def _connect(self) -> None:
        self.supplier.editTextChanged.connect(lambda _text: self._follow_supplier())
        self.where.chosen.connect(self._follow_where)
        self.lines.changed.connect(self.changed)
        for edit in (self.commission, self.email):
            edit.textEdited.connect(lambda _text: self.changed.emit())
        for box in (self.address, self.words):
            box.textChanged.connect(self.changed)
        self.wished.value_changed.connect(self.changed)

    def show_order(self, value: PurchaseOrder, suppliers: tuple[Supplier, ...]) -> None:
        """Another draft."""
        self._base = value
        self._mails = {one.id: one.email for one in suppliers}
        self.supplier.offer(suppliers, value.supplier_id)
        self.email.setText("")
        self.commission.setText(value.commission)
        self.where.set_value(value.deliver_to.value)
        self.address.setPlainText(value.delivery_address)
        self.wished.set_value(value.wished)
        self.words.setPlainText(value.words)
        self.lines.show_lines(value.lines)
        for field in self.fields.values():
            field.say("")
        words = self._texts.gettext("For {name}, out of {number}")
        told = words.format(name=value.customer_name, number=value.document_number)
        self.about.setText(told if value.document_id is not None else "")
        show_if(self.about, value.document_id is not None)
        self._follow_supplier()
        self._follow_where()

    def order(self) -> PurchaseOrder:
        """The draft as the fields stand."""
        return replace(
            self._base,
            supplier_id=self.supplier.supplier_id,
            lines=self.lines.lines(),
            commission=self.commission.text().strip(),
            deliver_to=DeliverTo(self.where.value),
            delivery_address=self.address.toPlainText().strip(),
            wished=self.wished.value,
            words=self.words.toPlainText().strip(),
        )

    @property
    def is_changed(self) -> bool:
        """Whether the fields say something else than what is stored."""
        new_name = bool(self.supplier.name) and self.supplier.supplier_id is None
        return new_name or bool(self.email.text().strip()) or self.order() != self._base

    @property
    def shown(self) -> PurchaseOrder:
        """The draft as stored."""
        return self._base

    def settle(self) -> bool:
        """Whether everything typed can be read; else the keyboard is there."""
        if not self.wished.settle():
            self.wished.setFocus()
            return False
        return self.lines.settle()

    def say(self, field: str, problem: str) -> bool:
        """Say what is wrong at a field and go there; False when it has none here."""
        if field.startswith("lines"):
            row = self.lines.rows[0]
            number = field.partition("[")[2].partition("]")[0]
            if number:
                row = self.lines.rows[min(int(number), len(self.lines.rows) - 1)]
            row.problem.say(problem)
            (row.quantity if "quantity" in field else row.text).setFocus()
            return True
        name = {"email": "supplier.email"}.get(field, field)
        if name not in self.fields:
            return False
        self.fields[name].show()
        self.fields[name].say(problem)
        self.fields[name].field.setFocus()
        return True

    def _follow_supplier(self) -> None:
        """Where no mail address is known, there is a field for it."""
        self.fields["supplier"].say("")
        known = self._mails.get(self.supplier.supplier_id, "")
        show_if(self.fields["supplier.email"], bool(self.supplier.name) and not known)
        self.changed.emit()

    def _follow_where(self) -> None:
        show_if(self.fields["delivery_address"], self.where.value == DeliverTo.CUSTOMER.value)
        show_if(self.fields["deliver_to"], self._base.customer_id is not None)
        self.changed.emit()
