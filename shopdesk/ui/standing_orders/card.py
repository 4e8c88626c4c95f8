"""Daueraufträge beside the timeline: what this customer gets again and again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from shopdesk.ui.standing_orders.words import STATES, schedule_words
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import Caption, plain_tip, shortened

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.standing_order_dates import OrderRow

_LONGEST = 24  # at 150 % more would widen the page


class StandingOrdersCard(Card):
    """The standing orders of a customer with rhythm, next date and sum; a click opens one."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__(title=shell.texts.gettext("Standing orders"))
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._list = QVBoxLayout()
        self._list.setSpacing(px(2))
        self.body.addLayout(self._list)

    def show_customer(self, customer_id: int) -> None:
        """Replace the list; without any the card takes no room."""
        from shopdesk.usecases import standing_order_dates

        rows = standing_order_dates.rows_of_customer(self._shop, customer_id)
        clear(self._list)
        self.setVisible(bool(rows))
        for row in rows:
            name = row.order.name or self._texts.gettext("Standing order")
            opened = GhostButton(
                shortened(name, _LONGEST),
                partial(self._shell.open_page, "standing_order", row.order.id),
                icon_name="repeat",
            )
            opened.setToolTip(plain_tip(name))
            self._list.addWidget(opened, 0, Qt.AlignmentFlag.AlignLeft)
            self._list.addWidget(Caption(self._words(row), wrap=True))

    def _words(self, row: OrderRow) -> str:
        texts = self._texts
        parts = [schedule_words(row.order.schedule, texts), texts.money(row.gross)]
        if row.next is not None:
            parts.append(texts.gettext("next {date}").format(date=texts.date(row.next.on)))
        else:
            parts.append(texts.gettext(STATES[row.state]))
        return " · ".join(parts)
