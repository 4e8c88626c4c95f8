"""Sendungen beside the timeline: what is on its way to this customer, with the link."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout

from shopdesk.domain.shipments import STATE_NAMES, Shipment
from shopdesk.ui.packing import words
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import Caption, plain_tip, shortened
from shopdesk.usecases import shipments

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_SHOWN = 4
_LONGEST = 24  # at 150 % more would widen the page


class ShipmentsCard(Card):
    """The last shipments of a customer; a click on a number opens the carrier's page about it."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__(title=shell.texts.gettext("Shipments"))
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._list = QVBoxLayout()
        self._list.setSpacing(px(2))
        self.body.addLayout(self._list)

    def show_customer(self, customer_id: int) -> None:
        """Replace the list; without any the card takes no room."""
        values = shipments.of_customer(self._shop, customer_id)[:_SHOWN]
        clear(self._list)
        self.setVisible(bool(values))
        for value in values:
            self._add(value)

    def _add(self, value: Shipment) -> None:
        from shopdesk.usecases.shipment_mails import link_of

        self._list.addWidget(Caption(self._words(value), wrap=True))
        for parcel in value.parcels:
            name = f"{words.carrier_name(parcel.carrier, self._texts)} {parcel.tracking_number}".strip()
            link = link_of(parcel, self._texts.language)
            button = GhostButton(
                shortened(name, _LONGEST), partial(self._open, value, link), icon_name="truck"
            )
            button.setToolTip(plain_tip(name))
            button.setAccessibleName(name)
            self._list.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _open(self, value: Shipment, link: str) -> None:
        if link:
            QDesktopServices.openUrl(QUrl(link))
        else:
            self._shell.open_document(value.document_id)

    def _words(self, value: Shipment) -> str:
        texts = self._texts
        day = value.left_on(self._shop.clock.zone)
        parts = [
            texts.gettext(STATE_NAMES[value.state]),
            texts.date(day) if day else "",
            value.document_number,
        ]
        return " · ".join(part for part in parts if part)
