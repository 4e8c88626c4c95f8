"""The two cards of the page: a draft with its buttons, an order that is out with its buttons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from shopdesk.domain.purchase_orders import PurchaseOrder, PurchaseState
from shopdesk.ui.purchases.draft_form import DraftForm
from shopdesk.ui.purchases.order_view import OrderView
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.domain.suppliers import Supplier
    from shopdesk.i18n import Texts
    from shopdesk.ui.purchases.actions import PurchaseActions


class DraftCard(Card):
    """The fields of a draft, and the ways out."""

    def __init__(self, texts: Texts, parse: Callable[[str], dt.date], acts: PurchaseActions) -> None:
        super().__init__()
        gettext = texts.gettext
        self.form = DraftForm(texts, parse)
        self.body.addWidget(self.form)
        key = shortcut("issue_and_send").shown()
        self.discard = GhostButton(gettext("Throw away"), acts.discard, icon_name="trash-2")
        self.see = Button(gettext("Look at the PDF"), acts.open_paper, icon_name="eye")
        self.by_hand = Button(gettext("Order without a mail"), acts.order_without_mail)
        self.send = PrimaryButton(gettext("Order"), acts.send, icon_name="send", key=key)
        ways = FlowLayout(spacing=px(SMALL))
        for button in (self.see, self.by_hand, self.send):
            ways.addWidget(button)
        self.body.addLayout(ways)
        last = QHBoxLayout()
        last.addWidget(self.discard)
        last.addStretch(1)
        self.body.addLayout(last)

    def show_order(self, value: PurchaseOrder, suppliers: tuple[Supplier, ...]) -> None:
        """Another draft."""
        self.form.show_order(value, suppliers)


class OrderCard(Card):
    """What came of an order; `usual` is what mostly comes next."""

    def __init__(self, texts: Texts, parse: Callable[[str], dt.date], acts: PurchaseActions) -> None:
        super().__init__()
        gettext = texts.gettext
        self._acts = acts
        self._order = PurchaseOrder()
        self.view = OrderView(texts, parse, acts.arrived, acts.trouble)
        self.view.confirmed.connect(acts.confirm)
        self.body.addWidget(self.view)
        self.tell = Button(
            gettext("Tell the customer that it is there"), acts.tell_customer, icon_name="mail"
        )
        self.document = Button(gettext("The customer's order"), acts.open_document, icon_name="receipt")
        self.see = Button(gettext("Look at the PDF"), acts.open_paper, icon_name="eye")
        self.off = GhostButton(gettext("Cancel this order"), acts.call_off, icon_name="x")
        ways = FlowLayout(spacing=px(SMALL))
        for button in (self.view.all, self.tell, self.document, self.see):
            ways.addWidget(button)
        self.body.addLayout(ways)
        last = QHBoxLayout()
        last.addWidget(self.off)
        last.addStretch(1)
        self.body.addLayout(last)

    def show_order(self, value: PurchaseOrder) -> None:
        """Another order."""
        self._order = value
        self.view.show_order(value)
        is_there = value.state in {PurchaseState.ARRIVED, PurchaseState.PARTLY}
        show_if(self.tell, is_there and value.customer_id is not None and value.told_at is None)
        show_if(self.document, value.document_id is not None)
        show_if(self.off, value.is_open)

    def usual(self) -> None:
        """Ctrl+⏎: a typed day is confirmed; else what is open is all there; else the customer is told."""
        if self.view.is_typed:
            self.view.confirm()
        elif self._order.is_open:
            self._acts.arrived(-1, None)
        elif not self.tell.isHidden():
            self._acts.tell_customer()
