"""Payments made before or with the document: amount, how, when, and the number of the slip."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.documents import Means, Prepayment
from shopdesk.domain.messages import N_
from shopdesk.i18n import Texts
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton, IconButton
from shopdesk.ui.widgets.fields import AmountEdit, DateField, Field
from shopdesk.ui.widgets.labels import ProblemLabel

MEANS = {
    Means.CARD: N_("Card"),
    Means.TRANSFER: N_("Bank transfer"),
    Means.ONLINE: N_("Online"),
    Means.VOUCHER: N_("Voucher"),
    Means.EXTERNAL_TILL: N_("Cash, in the till"),
}
_FIELD = re.compile(r"prepaid\[(\d+)\](?:\.(\w+))?")


def read_past_day(text: str, today: dt.date) -> dt.date:
    """The last such day: `mo` is the Monday behind us, `15` the last fifteenth. Raises TypedWrong."""
    from shopdesk.domain.typing.dates import parse_date

    day = parse_date(text, today)
    for back in (7, 31, 366):
        if day <= today:
            break
        earlier = parse_date(text, today - dt.timedelta(days=back))
        day = earlier if earlier <= today else day
    return day


class PaymentRow(QWidget):
    """One payment. Without an amount it is none yet."""

    edited = Signal()
    removed = Signal()

    def __init__(self, texts: Texts, read_date: Callable[[str], dt.date], parent: QWidget) -> None:
        super().__init__(parent)
        gettext = texts.gettext
        self._texts = texts
        self.amount = AmountEdit(texts, gettext("Amount paid"))
        self.means = QComboBox()
        self.means.setMinimumContentsLength(8)
        self.means.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for means, words in MEANS.items():
            self.means.addItem(gettext(words), means)
        self.date = DateField(texts, gettext("Paid on"), read_date)
        self.reference = QLineEdit()
        self.remove = IconButton(gettext("Remove the payment"), "x", self.removed.emit)
        self.fields = {
            "amount": Field(gettext("Amount paid"), self.amount),
            "means": Field(gettext("How it was paid"), self.means),
            "date": Field(gettext("Paid on"), self.date),
            "reference": Field(gettext("Slip or reference"), self.reference),
        }
        self._place()
        self.amount.value_changed.connect(self.edited)
        self.date.value_changed.connect(self.edited)
        self.means.activated.connect(lambda _index: self._means_chosen())
        self.reference.textEdited.connect(lambda _text: self.edited.emit())
        self._name_the_reference()

    def _place(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(SMALL))
        for number, field in enumerate(self.fields.values()):
            grid.addWidget(field, number // 2, number % 2)
        grid.addWidget(self.remove, 0, 2, Qt.AlignmentFlag.AlignBottom)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _means_chosen(self) -> None:
        self._name_the_reference()
        self.edited.emit()

    def _name_the_reference(self) -> None:
        in_till = self.means.currentData() == Means.EXTERNAL_TILL
        gettext = self._texts.gettext
        self.reference.setPlaceholderText(
            gettext("Number of the slip") if in_till else gettext("if there is one")
        )

    @property
    def value(self) -> Prepayment | None:
        """The payment, None without an amount."""
        amount = self.amount.value
        if amount is None:
            return None
        return Prepayment(amount, self.means.currentData(), self.date.value, self.reference.text().strip())

    def show_value(self, payment: Prepayment, *, locked: bool) -> None:
        """Show a payment; the field that has the keyboard is left alone."""
        pairs: tuple[tuple[AmountEdit | DateField, Any], ...] = (
            (self.amount, payment.amount),
            (self.date, payment.date),
        )
        for edit, value in pairs:
            if edit.value != value and not edit.hasFocus():
                edit.set_value(value)
        self.means.setCurrentIndex(self.means.findData(payment.means))
        if self.reference.text().strip() != payment.reference:
            self.reference.setText(payment.reference)
        for line_edit in (self.amount, self.date, self.reference):
            line_edit.setReadOnly(locked)
        self.means.setEnabled(not locked)
        self.remove.setVisible(not locked)
        self._name_the_reference()


class PaymentsMade(QWidget):
    """The payments of the session's document, and a button for one more."""

    def __init__(self, session: EditingSession, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.texts = session, texts
        self.rows: list[PaymentRow] = []
        self.problem = ProblemLabel()
        self.add_button = GhostButton(
            texts.gettext("Enter a payment already made"), self.add, icon_name="plus"
        )
        self._column = QVBoxLayout()
        self._column.setSpacing(px(MEDIUM))
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addLayout(self._column)
        layout.addWidget(self.problem)
        layout.addLayout(foot)

    def add(self) -> None:
        """One more, over what is still to be paid, today."""
        row = self._new_row()
        rest = self.session.totals.payable
        if rest.minor > 0:
            row.amount.set_value(rest.amount)
        row.date.set_value(self.session.context.today)
        row.amount.setFocus()
        row.amount.selectAll()
        self._edited()

    def _new_row(self) -> PaymentRow:
        row = PaymentRow(self.texts, self._read_date, self)
        row.edited.connect(self._edited)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.addWidget(row)
        row.show()
        return row

    def _read_date(self, text: str) -> dt.date:
        return read_past_day(text, self.session.context.today)

    def _remove(self, row: PaymentRow) -> None:
        self._drop(row)
        self.add_button.setFocus()
        self._edited()

    def _drop(self, row: PaymentRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    @property
    def value(self) -> tuple[Prepayment, ...]:
        """The payments that have an amount."""
        return tuple(payment for row in self.rows if (payment := row.value) is not None)

    def _edited(self) -> None:
        self.session.edit(replace(self.session.document, prepaid=self.value), "prepaid")

    def refresh(self) -> None:
        """Follow the session; a row that has no amount yet stays."""
        payments, locked = self.session.document.prepaid, self.session.locked
        if self.value != payments:
            for row in self.rows[len(payments) :]:
                self._drop(row)
            while len(self.rows) < len(payments):
                self._new_row()
        for row, payment in zip(self._complete(payments), payments, strict=True):
            row.show_value(payment, locked=locked)
        self.add_button.setVisible(not locked)

    def _complete(self, payments: tuple[Prepayment, ...]) -> list[PaymentRow]:
        """The rows that stand for the document's payments."""
        complete = [row for row in self.rows if row.value is not None]
        return complete if len(complete) == len(payments) else self.rows[: len(payments)]

    def say(self, problems: dict[str, str]) -> None:
        """Words at the fields, by their names in the order file (`prepaid[0].amount`)."""
        self.problem.say(problems.get("prepaid", ""))
        for number, row in enumerate(row for row in self.rows if row.value is not None):
            for name, field in row.fields.items():
                field.say(problems.get(f"prepaid[{number}].{name}", ""))

    def focus_on(self, field: str) -> QWidget:
        """The widget where this field is typed, with the keyboard in it."""
        found = _FIELD.fullmatch(field)
        complete = [row for row in self.rows if row.value is not None]
        target: QWidget = self.add_button
        if found and int(found[1]) < len(complete):
            target = complete[int(found[1])].fields.get(found[2] or "amount", self).focusProxy() or self
        elif complete:
            target = complete[-1].amount
        target.setFocus()
        return target
