"""Payments (Zahlungen): what is open, what is due first before the others, and what was paid; ⏎ ⏎ books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QVBoxLayout

from shopdesk.domain.errors import ShopError
from shopdesk.domain.money import Money
from shopdesk.domain.payments import KIND_NAMES, BillAccount, Booked, PaymentKind
from shopdesk.ui.payments.booking import BookingCard
from shopdesk.ui.payments.words import chip
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.mark_list import MarkList
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice, by_key
from shopdesk.ui.widgets.search_edit import SearchEdit
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import payments, refunds

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_OPEN, _PAID = "open", "paid"


class PaymentsPage(Page):
    """Open items with the card that books, or the payments with a way to take one back."""

    watches: ClassVar[frozenset[str]] = frozenset({"payment", "payment_allocation", "document", "setting"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._wanted: BillAccount | None = None  # opened from elsewhere, perhaps not among the rows read
        self._back: BillAccount | None = None  # what of a payment is being paid back
        self._back_of: int | None = None
        to_bank = Button(
            gettext("Bank files …"), lambda: window.open_page("bank_files"), icon_name="download"
        )
        to_reminders = Button(
            gettext("Payment reminders …"), lambda: window.open_page("payment_reminders"), icon_name="clock"
        )
        self.header = PageHeader(gettext("Payments"), " ", to_reminders, to_bank)
        self.view = Choice(((gettext("Open items"), _OPEN), (gettext("Payments"), _PAID)))
        self.view.setMinimumContentsLength(14)
        self.view.setAccessibleName(gettext("What is shown"))
        self.view.chosen.connect(self._view_changed)
        self.search = SearchEdit(gettext("Number, customer, payer …"))
        self.search.searched.connect(lambda _text: self.rows.reload())
        self.open: MarkList[BillAccount] = MarkList(
            gettext("Open items"), self._fetch_open, self._open_row, gettext("marked")
        )
        self.paid: RowList[Booked] = RowList(gettext("Payments"), self._fetch_paid, self._paid_row)
        self.booking = BookingCard(self.texts, shop.clock.today)
        self.settled_before = GhostButton("", self._settle_before, icon_name="list-checks")
        self.lists = {
            _OPEN: ListWithEmptyState(
                self.open, EmptyState("wallet", gettext("Nothing is open. Everybody has paid."))
            ),
            _PAID: ListWithEmptyState(
                self.paid, EmptyState("wallet", gettext("No payment has been booked yet."))
            ),
        }
        self._place()
        self._connect()
        self._view_changed()

    def _place(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(px(MEDIUM))
        line.addWidget(self.view)
        line.addWidget(self.search, 1)
        self.booking.body.addWidget(self.settled_before, 0, Qt.AlignmentFlag.AlignLeft)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for each in (*self.lists.values(), self.booking):
            splitter.addWidget(each)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setSizes([px(600), px(600), px(340)])
        self.booking.setMaximumWidth(px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.header)
        column.addLayout(line)
        column.addWidget(splitter, 1)

    def _connect(self) -> None:
        self.search.down.connect(self.focus_first)
        self.open.moved.connect(self._moved)
        self.open.marks_changed.connect(self._show_chosen)
        self.open.opened.connect(lambda _item: self._begin())
        self.paid.opened.connect(self._open_paid)
        self.paid.removed.connect(self._take_back)
        self.paid.menu_wanted.connect(self._open_menu)
        self.paid.moved.connect(self._moved_on)
        self.paid.on_letter(Qt.Key.Key_R, self.pay_back)
        self.booking.wanted.connect(self.book)

    @property
    def rows(self) -> RowList[Any]:
        """The list that is shown."""
        return self.open if self.view.value == _OPEN else self.paid

    def reload(self) -> None:
        """See Page."""
        self.rows.reload()
        self._show_sums()
        self._show_chosen()

    def focus_first(self) -> None:
        """See Page."""
        if self._wanted is not None:
            self._begin()
        else:
            (self.rows if self.rows.rows.rowCount() else self.search).setFocus()

    def open_item(self, item: object) -> None:
        """A bill by its id: the card stands ready to book its payment."""
        if isinstance(item, int):
            self._wanted = payments.accounts(self.shop, [item]).get(item)
            self.view.set_value(_OPEN)
            self._view_changed()
            self.open.clear_marks()
            self.open.select(item)
            self._show_chosen()
            self._begin()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"find": self.search.setFocus, "book_payment": self._begin}

    def go_back(self) -> bool:
        """Esc in the card returns to the list."""
        if self.booking.isAncestorOf(self.focusWidget() or self):
            self.rows.setFocus()
            return True
        return False

    def _view_changed(self) -> None:
        self._back = None
        for name, each in self.lists.items():
            show_if(each, name == self.view.value)
        self.reload()

    def _show_sums(self) -> None:
        opened, late = payments.open_sums(self.shop)
        texts = self.texts
        words = texts.gettext("{open} open, {late} of it overdue")
        self.header.say(
            self.header.title.text(), words.format(open=texts.money(opened), late=texts.money(late))
        )

    # The lists

    def _fetch_open(self, after: Any, limit: int) -> Slice[BillAccount]:
        def read(cursor: Any, rows: int) -> tuple[BillAccount, ...]:
            return payments.open_items(self.shop, self.search.text(), cursor, rows)

        return by_key(read, payments.item_cursor)(after, limit)

    def _fetch_paid(self, after: Any, limit: int) -> Slice[Booked]:
        def read(cursor: Any, rows: int) -> tuple[Booked, ...]:
            return payments.page(self.shop, self.search.text(), cursor, rows)

        return by_key(read, payments.cursor_of)(after, limit)

    def _open_row(self, bill: BillAccount) -> Row:
        texts = self.texts
        words, look = chip(bill, texts, self.shop.clock.today())
        parts = []
        if bill.due is not None:
            parts.append(texts.gettext("due {date}").format(date=texts.date(bill.due)))
        parts.append(texts.gettext("of {date}").format(date=texts.date(bill.day)))
        if bill.is_order:
            parts.append(texts.gettext("order paid in advance"))
        if bill.settled.minor > 0:
            parts.append(texts.gettext("paid so far {amount}").format(amount=texts.money(bill.paid)))
        title = f"{bill.number} · {bill.recipient}"
        return Row(
            bill.document_id, title, " · ".join(parts), "receipt", look, texts.money(bill.open), words, look
        )

    def _paid_row(self, booked: Booked) -> Row:
        texts, payment = self.texts, booked.payment
        numbers = ", ".join(each.number for each in booked.allocations)
        parts = [texts.date(payment.day), payment.slip_number, payment.text, payment.reason]
        name = payment.payer or next((each.recipient for each in booked.allocations), "")
        title = " · ".join(part for part in (numbers, name) if part)
        charges = sum(each.charges for each in booked.allocations)
        if charges:
            told = texts.gettext("{amount} fees and interest")
            parts.append(told.format(amount=texts.money(Money(charges, payment.amount.currency))))
        left = booked.credit
        hint = texts.gettext("{amount} credit").format(amount=texts.money(left)) if left.minor > 0 else ""
        parts.append(hint)
        kind = texts.gettext(KIND_NAMES[payment.kind])
        is_back = payment.kind == PaymentKind.REFUND
        return Row(
            payment.id, title or texts.gettext("Credit of the customer"), " · ".join(filter(None, parts)),
            "undo-2" if is_back else "wallet", "warn" if is_back else "ok", texts.money(payment.amount), kind,
            "info", hint=hint,
        )  # fmt: skip

    # Booking

    def _chosen(self) -> tuple[BillAccount, ...]:
        if self.view.value != _OPEN:
            return (self._back,) if self._back is not None else ()
        marks = [key for key in self.open.marks if isinstance(key, int)]
        if marks:
            found = payments.accounts(self.shop, marks)
            return tuple(found[key] for key in marks if key in found and found[key].open.minor > 0)
        current = self.open.current()
        if self._wanted is not None:
            return (self._wanted,)
        return (current,) if current is not None else ()

    def _moved(self, bill: BillAccount | None) -> None:
        if self._wanted is not None and bill is not None and bill.document_id != self._wanted.document_id:
            self._wanted = None
        self._show_chosen()

    def _show_chosen(self) -> None:
        bills = self._chosen()
        self.booking.show_bills(bills, payments.rules(self.shop))
        self.booking.setVisible(bool(bills))
        self.settled_before.setVisible(self._back is None)
        if bills:
            self._offer_older(max(bill.day for bill in bills))

    def _offer_older(self, day: dt.date) -> None:
        """Short words: the card must leave room for the list where the text is large."""
        gettext, date = self.texts.gettext, self.texts.date(day)
        whole = gettext("Everything up to {date} was settled elsewhere").format(date=date)
        self.settled_before.say(gettext("Settled up to {date}").format(date=date), "list-checks")
        self.settled_before.setAccessibleName(whole)
        self.settled_before.setToolTip(whole)

    def _begin(self) -> None:
        if self.booking.bills:
            self.booking.begin()

    def book(self) -> None:
        """Book what the card says, with a way back."""
        payment, parts = self.booking.payment()
        try:
            _, undo = payments.book(self.shop, payment, parts)
        except ShopError as error:
            self.booking.say_problem(error)
            self.window_shell.problem(error)
            return
        self._wanted = self._back = None
        self.open.clear_marks()
        self.reload()
        self.rows.setFocus()
        booked = self.texts.gettext("{amount} booked").format(amount=self.texts.money(abs(payment.amount)))
        self.window_shell.toast(booked, undo=lambda: undo.run(self.shop))

    def _open_menu(self, booked: Booked, place: QPoint) -> None:
        gettext, menu = self.texts.gettext, QMenu(self)
        if booked.allocations:
            menu.addAction(gettext("Open the invoice"), lambda: self._open_paid(booked))
        if booked.credit and booked.payment.customer_id is not None:
            words = gettext("Use the credit for open invoices")
            menu.addAction(words, lambda: self.use_credit(booked))
        for back in refunds.of_payment(self.shop, booked):
            words = gettext("Pay back {amount} to the customer …")
            if back.number:
                words = gettext("Pay back {amount} to the customer … ({number})")
            words = words.format(amount=self.texts.money(-back.open), number=back.number)
            menu.addAction(words, partial(self._begin_refund, back, booked))
        menu.addAction(gettext("Take the payment back"), lambda: self._take_back(booked))
        menu.popup(place)

    def pay_back(self, booked: Booked) -> None:
        """R on a payment: what of it may go back stands in the card, ready to be booked."""
        found = refunds.of_payment(self.shop, booked)
        if not found:
            gettext = self.texts.gettext
            self.window_shell.toast(gettext("Nothing of this payment is too much: all of it pays invoices."))
            return
        self._begin_refund(found[0], booked)

    def _begin_refund(self, back: BillAccount, booked: Booked) -> None:
        self._back, self._back_of = back, booked.payment.id
        self._show_chosen()
        self._begin()

    def _moved_on(self, booked: Booked | None) -> None:
        """Another payment is looked at; a list that is read again shows the same one."""
        if self._back is not None and booked is not None and booked.payment.id != self._back_of:
            self._back = None
            self._show_chosen()

    def use_credit(self, booked: Booked) -> None:
        """What was paid too much settles what the customer has open."""
        try:
            undo = payments.settle_with_credit(self.shop, booked.payment.id or 0)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self.reload()
        words = self.texts.gettext("The credit was used for open invoices.")
        self.window_shell.toast(words, undo=lambda: undo.run(self.shop))

    def _take_back(self, booked: Booked) -> None:
        """Del on a payment: it was booked by mistake."""
        try:
            undo = payments.take_back(self.shop, booked.payment.id or 0)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self.reload()
        words = self.texts.gettext("Payment of {amount} taken back")
        amount = self.texts.money(booked.payment.amount)
        self.window_shell.toast(words.format(amount=amount), undo=lambda: undo.run(self.shop))

    def _open_paid(self, booked: Booked) -> None:
        if booked.allocations:
            self.window_shell.open_document(booked.allocations[0].document_id)

    def _settle_before(self) -> None:
        """Bills of before the program followed payments are nobody's debt."""
        from dataclasses import replace

        bills = self._chosen()
        if not bills:
            return
        since = max(bill.day for bill in bills) + dt.timedelta(days=1)
        undo = payments.save_rules(self.shop, replace(payments.rules(self.shop), since=since))
        self._wanted = None
        self.reload()
        words = self.texts.gettext("Payments are followed from {date} on")
        self.window_shell.toast(words.format(date=self.texts.date(since)), undo=lambda: undo.run(self.shop))
