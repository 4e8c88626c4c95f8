"""What was ordered from suppliers for this customer, and how far it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from shopdesk.domain.purchase_orders import STATE_NAMES, PurchaseOrder
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import Caption, plain_tip, shortened
from shopdesk.usecases import purchase_orders

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_LONGEST = 24  # at 150 % more would widen the page
_MOST = 4


class PurchasesCard(Card):
    """The newest orders for a customer; a click opens one."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__(title=shell.texts.gettext("Ordered for this customer"))
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._list = QVBoxLayout()
        self._list.setSpacing(px(2))
        self.body.addLayout(self._list)

    def show_customer(self, customer_id: int) -> None:
        """Replace the list; without any the card takes no room."""
        values = purchase_orders.of_customer(self._shop, customer_id)[:_MOST]
        clear(self._list)
        self.setVisible(bool(values))
        for value in values:
            name = value.title or self._texts.gettext("Purchase order")
            opened = GhostButton(
                shortened(name, _LONGEST),
                partial(self._shell.open_page, "purchase_orders", value.id),
                icon_name="truck",
            )
            opened.setToolTip(plain_tip(name))
            self._list.addWidget(opened, 0, Qt.AlignmentFlag.AlignLeft)
            self._list.addWidget(Caption(self._told(value), wrap=True))

    def _told(self, value: PurchaseOrder) -> str:
        gettext = self._texts.gettext
        parts = [value.number, value.supplier_name, gettext(STATE_NAMES[value.state])]
        if value.is_open and value.confirmed is not None:
            parts.append(gettext("comes {date}").format(date=self._texts.date(value.confirmed)))
        return " · ".join(part for part in parts if part)
