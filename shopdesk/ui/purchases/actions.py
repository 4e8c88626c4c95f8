"""What the owner does with a purchase order, each with a way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.purchase_orders import PurchaseOrder
from shopdesk.ui.documents import paper
from shopdesk.ui.outbox import going
from shopdesk.ui.purchases.telling import tell
from shopdesk.ui.widgets.labels import shortened
from shopdesk.usecases import purchase_drafts, purchase_orders, purchase_sending, suppliers

if TYPE_CHECKING:
    from shopdesk.ui.purchases.page import PurchaseOrdersPage
    from shopdesk.usecases.undo import Undo


class PurchaseActions:
    """Called by the page and its cards."""

    def __init__(self, page: PurchaseOrdersPage) -> None:
        self._page, self._shop, self._window = page, page.shop, page.window_shell
        self._texts = page.texts

    # ---- a draft

    def stored(self) -> PurchaseOrder | None:
        """The draft as typed, stored; None where something cannot be stored, which is said at its field."""
        form = self._page.form
        if not form.settle():
            return None
        try:
            supplier_id = self._supplier()
            value = replace(form.order(), supplier_id=supplier_id)
            saved = purchase_drafts.save(self._shop, value)
        except ShopError as error:
            self._say(error)
            return None
        form.show_order(saved, suppliers.all_of(self._shop))
        return saved

    def _supplier(self) -> int | None:
        """The chosen one; a new name is a new supplier, a typed address is kept with it."""
        form = self._page.form
        supplier_id = form.supplier.supplier_id
        if supplier_id is None and form.supplier.name:
            supplier_id = suppliers.named(self._shop, form.supplier.name).id
        email = form.email.text().strip()
        if email and supplier_id is not None:
            known = suppliers.get(self._shop, supplier_id)
            suppliers.save(self._shop, replace(known, email=email))
        return supplier_id

    def send(self) -> None:
        """Ctrl+⏎: number, paper and mail; it goes when the seconds to take it back are over."""
        self._order(by_mail=True)

    def order_without_mail(self) -> None:
        """Ordered by phone or in the supplier's own shop; the paper is kept all the same."""
        self._order(by_mail=False)

    def _order(self, *, by_mail: bool) -> None:
        value = self.stored()
        if value is None:
            return
        self._window.run_desk(
            lambda: purchase_sending.order(self._shop, value, by_mail=by_mail), self._ordered, self._say
        )

    def _ordered(self, done: purchase_sending.Ordered) -> None:
        gettext = self._texts.gettext
        words = gettext("{number} goes to {supplier}.") if done.mail_id else gettext("{number} is ordered.")
        told = words.format(number=done.order.number, supplier=done.order.supplier_name)
        mail_id = done.mail_id
        then = None if mail_id is None else lambda: going.send(self._shop, self._window, mail_id)
        self._page.show_done(done.order.id or 0)
        self._window.toast(told, lambda: self._back(done.undo), then=then)

    def discard(self) -> None:
        """Throw the draft away."""
        value = self._page.form.shown
        if value.id is None:
            self._page.close_card()
            return
        self._act(
            lambda: purchase_drafts.discard(self._shop, value.id or 0),
            self._texts.gettext("The draft is thrown away."),
            closes=True,
        )

    # ---- an order that is out

    def confirm(self, day: dt.date) -> None:
        """The supplier named a day."""
        value = self._page.shown
        if value is None or value.id is None:
            return
        try:
            done = purchase_orders.confirm(self._shop, value.id, day)
        except ShopError as error:
            self._window.problem(error)
            return
        self._page.show_order(done.order)
        self._page.reload()
        self._window.toast(self._confirmed_words(done), lambda: self._back(done.undo), seconds=12)

    def _confirmed_words(self, done: purchase_orders.Confirmed) -> str:
        gettext, texts = self._texts.gettext, self._texts
        ready_on = done.order.ready_on
        if done.promise is None or ready_on is None:
            return gettext("Confirmed.")
        if done.is_late:
            words = gettext("Later than promised ({old}). The message to {name} stands ready in Today.")
            return words.format(old=texts.date(done.promise.due), name=done.order.customer_name)
        words = gettext("Confirmed. Promised to {name} for {date}.")
        return words.format(name=done.order.customer_name, date=texts.date(done.promise.due))

    def arrived(self, position: int, quantity: Decimal | None) -> None:
        """Goods in: one line, a part of it, or with a position below 0 everything."""
        value = self._page.shown
        if value is None or value.id is None:
            return
        order_id, place = value.id, position if position >= 0 else None
        self._act(
            lambda: purchase_orders.arrived(self._shop, order_id, place, quantity),
            self._texts.gettext("Goods in: {number}").format(number=value.number),
        )

    def all_there(self, value: PurchaseOrder) -> None:
        """E in the list."""
        if value.id is None or not value.is_open:
            self._page.show_order(value)
            return
        order_id = value.id
        words = self._texts.gettext("All there: {number}").format(number=value.number)
        self._act(lambda: purchase_orders.arrived(self._shop, order_id), words)

    def trouble(self, position: int, words: str) -> None:
        """What is damaged or missing."""
        value = self._page.shown
        if value is None or value.id is None:
            return
        order_id = value.id
        self._act(
            lambda: purchase_orders.trouble(self._shop, order_id, position, words),
            self._texts.gettext("Noted: {text}").format(text=shortened(words or "–")),
        )

    def tell_customer(self) -> None:
        """One key: the customer hears that it is there."""
        value = self._page.shown
        if value is not None and value.id is not None:
            tell(self._shop, self._window, value.id)
            self._page.reload()

    def call_off(self) -> None:
        """The order is off; the supplier has to be told."""
        value = self._page.shown
        if value is None or value.id is None:
            return
        order_id = value.id
        words = self._texts.gettext("{number} is called off here. Please tell {supplier}.")
        told = words.format(number=value.number, supplier=value.supplier_name)
        self._act(lambda: purchase_orders.call_off(self._shop, order_id), told)

    def open_paper(self) -> None:
        """The PDF, as it went or as it would look now."""
        value = self._page.shown
        if value is None:
            value = self.stored()
        if value is None:
            return
        order = value
        self._window.run_desk(
            lambda: purchase_sending.paper(self._shop, order),
            lambda made: paper.open_file(made[1], made[0]),
            self._say,
        )

    def open_document(self) -> None:
        """The customer's order."""
        value = self._page.shown or self._page.form.shown
        if value.document_id is not None:
            self._window.open_document(value.document_id)

    # ---- all of them

    def _act(self, act: Callable[[], Undo], words: str, *, closes: bool = False) -> None:
        try:
            undo = act()
        except ShopError as error:
            self._window.problem(error)
            return
        if closes:
            self._page.close_card()
        self._page.reload()
        self._window.toast(words, lambda: self._back(undo))

    def _back(self, undo: Undo) -> None:
        try:
            undo.run(self._shop)
        except ShopError as error:
            self._window.problem(error)
        self._page.reload_shown()

    def _say(self, error: Exception) -> None:
        if isinstance(error, ShopError) and self._page.form.say(error.field, self._texts.say(error.message)):
            return
        self._window.problem(error)
