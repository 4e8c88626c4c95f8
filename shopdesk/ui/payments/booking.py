"""The card that books one payment for the chosen bills: filled for “paid in full today”, ⏎ books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit

from shopdesk.domain.errors import ShopError
from shopdesk.domain.money import Money
from shopdesk.domain.payment_plans import planned, short_of
from shopdesk.domain.payments import (
    KIND_NAMES,
    Allocation,
    BillAccount,
    Payment,
    PaymentKind,
    PaymentRules,
    cash_discount_offer,
)
from shopdesk.i18n import Texts
from shopdesk.ui.documents.payments_made import read_past_day
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import PrimaryButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import AmountEdit, DateField, Field
from shopdesk.ui.widgets.labels import Heading, Muted
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases.refunds import CREDIT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_COMING = [kind for kind in PaymentKind if kind not in {PaymentKind.REFUND, PaymentKind.WRITE_OFF}]


class BookingCard(Card):
    """Asks what was paid, when and how. It books nothing itself: `wanted` says that the owner is ready."""

    wanted = Signal()

    def __init__(self, texts: Texts, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._texts, self._today = texts, today
        self._bills: tuple[BillAccount, ...] = ()
        self._rules = PaymentRules()
        gettext = texts.gettext
        self.heading, self.facts = Heading("", wrap=True), Muted("", wrap=True)
        self.amount = AmountEdit(texts, gettext("Amount"))
        self.day = DateField(texts, gettext("Paid on"), lambda text: read_past_day(text, today()))
        self.kind = Choice((gettext(KIND_NAMES[kind]), kind.value) for kind in _COMING)
        self.slip = QLineEdit()
        self.slip.setPlaceholderText(gettext("Number of the slip"))
        self.discount = QCheckBox()
        self.charges = QCheckBox()
        self.write_off = QCheckBox()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(gettext("Why? Bank charges, goodwill …"))
        self.book = PrimaryButton(gettext("Book payment"), self.wanted.emit, icon_name="check", key="⏎")
        self._place()
        self.amount.value_changed.connect(self._follow)
        self.day.value_changed.connect(self._day_changed)
        self.kind.chosen.connect(self._follow)
        self.discount.clicked.connect(lambda _on: self._fill_amount())
        self.charges.clicked.connect(lambda _on: self._fill_amount())
        self.write_off.toggled.connect(lambda _on: self._follow())
        for edit in (self.amount, self.day, self.slip, self.reason):
            edit.returnPressed.connect(self._entered)

    def _place(self) -> None:
        gettext = self._texts.gettext
        self.slip_field = Field(gettext("Slip number of the till"), self.slip)
        self.reason_field = Field(gettext("Reason"), self.reason)
        self.kind_field = Field(gettext("How it was paid"), self.kind)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(SMALL))
        grid.addWidget(Field(gettext("Amount"), self.amount), 0, 0)
        grid.addWidget(Field(gettext("Paid on"), self.day), 0, 1)
        grid.addWidget(self.kind_field, 1, 0, 1, 2)
        grid.addWidget(self.slip_field, 2, 0, 1, 2)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.facts)
        self.body.addLayout(grid)
        rest: tuple[QWidget, ...] = (
            self.charges,
            self.discount,
            self.write_off,
            self.reason_field,
            self.book,
        )
        for widget in rest:
            self.body.addWidget(widget)
        self.body.addStretch(1)

    @property
    def bills(self) -> tuple[BillAccount, ...]:
        """What is to be paid."""
        return self._bills

    @property
    def is_refund(self) -> bool:
        """Whether too much was paid, so that money goes back."""
        return bool(self._bills) and all(bill.open.minor < 0 for bill in self._bills)

    def show_bills(self, bills: Sequence[BillAccount], rules: PaymentRules) -> None:
        """Fill all fields for “paid in full today”; nothing is to be typed where that is right."""
        ids = [bill.document_id for bill in self._bills]
        if [bill.document_id for bill in bills] == ids and tuple(bills) == self._bills:
            return
        self._bills, self._rules = tuple(bills), rules
        self.setVisible(bool(bills))
        if not bills:
            return
        self.day.set_value(self._today())
        self.slip.clear()
        self.reason.clear()
        self.write_off.setChecked(False)
        self._say()
        self._offer_charges()
        self._offer_discount()

    def _offer_charges(self) -> None:
        """What reminders asked for beyond the invoice: paid or not, the customer decides."""
        texts = self._texts
        self.charges.setChecked(all(not bill.open for bill in self._bills))
        show_if(self.charges, bool(self._charges) and not self.is_refund)
        amount = texts.money(Money(self._charges, self._bills[0].open.currency))
        self.charges.setText(texts.gettext("With {amount} fees and interest").format(amount=amount))

    @property
    def _charges(self) -> int:
        return sum(bill.charges for bill in self._bills if bill.open.minor >= 0)

    def _say(self) -> None:
        texts, bills = self._texts, self._bills
        gettext = texts.gettext
        if len(bills) == 1:
            number = bills[0].number or gettext("Credit of the customer")
            self.heading.setText(" · ".join(part for part in (number, bills[0].recipient) if part))
        else:
            words = texts.ngettext("{n} invoice in one payment", "{n} invoices in one payment", len(bills))
            self.heading.setText(words.format(n=len(bills)))
        total = Money(sum(bill.open.minor for bill in bills), bills[0].open.currency)
        words = gettext("To be paid back: {amount}") if self.is_refund else gettext("Open: {amount}")
        parts = [words.format(amount=texts.money(abs(total)))]
        if len(bills) == 1 and bills[0].due is not None:
            parts.append(gettext("due {date}").format(date=texts.date(bills[0].due)))
        if len(bills) == 1 and bills[0].settled.minor > 0:
            parts.append(gettext("paid so far {amount}").format(amount=texts.money(bills[0].paid)))
        self.facts.setText(" · ".join(parts))
        self.book.say(gettext("Book refund") if self.is_refund else gettext("Book payment"), "check")
        show_if(self.kind_field, not self.is_refund)

    def _day_changed(self) -> None:
        self._offer_discount()

    def _offer_discount(self) -> None:
        """Ticked where it counts on this day, with the shop's tolerance; else the owner may still grant it."""
        texts, day = self._texts, self.day.value or self._today()
        offers = [offer for bill in self._bills if (offer := cash_discount_offer(bill))]
        show_if(self.discount, bool(offers))
        late = max((offer.days_late(day) for offer in offers), default=0)
        total = sum(offer.amount.minor for offer in offers)
        if offers:
            amount = texts.money(Money(total, offers[0].amount.currency))
            words = texts.gettext("Cash discount of {amount}").format(amount=amount)
            if late:
                told = texts.ngettext("{words}, {n} day late", "{words}, {n} days late", late)
                words = told.format(words=words, n=late)
            self.discount.setText(words)
        self.discount.setChecked(bool(offers) and late <= self._rules.tolerance_days)
        self._fill_amount()

    def _discounts(self) -> dict[int, int]:
        if self.discount.isHidden() or not self.discount.isChecked():
            return {}
        offers = ((bill.document_id, cash_discount_offer(bill)) for bill in self._bills)
        return {document_id: offer.amount.minor for document_id, offer in offers if offer}

    def _fill_amount(self) -> None:
        if self._bills:
            total = sum(bill.open.minor for bill in self._bills) - sum(self._discounts().values())
            total += self._charges if self.charges.isChecked() else 0
            self.amount.set_value(abs(Money(total, self._bills[0].open.currency)).amount)
        self._follow()

    def _amount(self) -> Money:
        currency = self._bills[0].open.currency
        return Money.of(self.amount.value or 0, currency)

    def _follow(self) -> None:
        """What is asked for depends on what was typed."""
        if not self._bills:
            return
        show_if(self.slip_field, self.kind.value == PaymentKind.EXTERNAL_TILL and not self.is_refund)
        short = short_of(self._bills, self._amount(), self._discounts())
        is_small = 0 < short.minor <= self._rules.write_off_limit and not self.is_refund
        show_if(self.write_off, is_small)
        if not is_small:
            self.write_off.setChecked(False)
        words = self._texts.gettext("Write off the missing {amount}")
        self.write_off.setText(words.format(amount=self._texts.money(short)))
        show_if(self.reason_field, self.is_refund or self.write_off.isChecked())

    def _entered(self) -> None:
        if self.amount.settle() and self.day.settle():
            self.wanted.emit()

    def payment(self) -> tuple[Payment, tuple[Allocation, ...]]:
        """What the fields say."""
        day, amount = self.day.value or self._today(), self._amount()
        reason = self.reason.text().strip()
        if self.is_refund:
            bill = self._bills[0]
            payment = Payment(day, -amount, PaymentKind.REFUND, bill.customer_id, reason=reason)
            if bill.document_id == CREDIT:
                return payment, ()
            return payment, (Allocation(bill.document_id, -amount, number=bill.number),)
        kind = PaymentKind(self.kind.value)
        slip = self.slip.text() if kind == PaymentKind.EXTERNAL_TILL else ""
        limit = self._rules.write_off_limit if self.write_off.isChecked() else 0
        parts = planned(self._bills, amount, self._discounts(), limit)
        if not amount and any(part.written_off for part in parts):
            kind = PaymentKind.WRITE_OFF
        return Payment(day, amount, kind, slip_number=slip, reason=reason), parts

    def begin(self) -> None:
        """The amount is marked: ⏎ books it, typing replaces it."""
        self.amount.setFocus()
        self.amount.selectAll()

    def say_problem(self, error: ShopError) -> bool:
        """Say it at its field and go there; False: it belongs to none."""
        field = {"slip_number": self.slip, "reason": self.reason}.get(error.field)
        if error.field == "amount":
            self.amount.say(self._texts.say(error.message))
            self.amount.setFocus()
            return True
        if field is not None:
            field.setFocus()
        return False
