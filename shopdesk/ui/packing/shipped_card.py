"""The card of what has left: its parcels, their links, and the right number where one was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from shopdesk.domain.shipments import STATE_NAMES
from shopdesk.ui.packing import words
from shopdesk.ui.packing.scan_field import ScanField
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.labels import Heading, Muted, PlainLabel, Rule
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    import datetime as dt

    from shopdesk.domain.shipments import Shipment
    from shopdesk.i18n import Texts
    from shopdesk.usecases.shop import Shop


class ShippedCard(Card):
    """Shows one shipment; a wrong number is taken out and scanned again."""

    corrected = Signal()
    label_wanted = Signal()
    link_wanted = Signal()
    put_back = Signal()
    """It has not left after all."""

    def __init__(self, shop: Shop, texts: Texts, zone: dt.tzinfo) -> None:
        super().__init__()
        self._texts, self._zone = texts, zone
        gettext = texts.gettext
        self.shown: Shipment | None = None
        self.heading, self.facts = Heading("", wrap=True), Muted("", wrap=True)
        self.goods = PlainLabel("", wrap=True)
        self.scan = ScanField(shop, texts)
        self.tell = QCheckBox(gettext("Tell the customer by mail"))
        self.link = Button(gettext("Where is it?"), self.link_wanted.emit, icon_name="external-link")
        self.label = GhostButton(gettext("Label again"), self.label_wanted.emit, icon_name="printer")
        self.keep = PrimaryButton(gettext("Keep the numbers"), self._keep, icon_name="check", key="⏎")
        self.back = GhostButton(
            gettext("Not shipped after all"), self.put_back.emit, icon_name="undo-2", key="Del"
        )
        self.scan.complete.connect(self.corrected.emit)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.link, self.label, self.back):
            flow.addWidget(button)
        for widget in (self.heading, self.facts, self.goods):
            self.body.addWidget(widget)
        self.body.addWidget(buttons)
        self.body.addWidget(Rule())
        for other in (self.scan, self.tell, self.keep):
            self.body.addWidget(other)
        self.body.addStretch(1)
        self.hide()

    def show_shipment(self, value: Shipment | None, link: str) -> None:
        """Fill the card."""
        self.shown = value
        self.setVisible(value is not None)
        if value is None:
            return
        texts = self._texts
        self.heading.setText(f"{value.document_number} · {value.customer_name}")
        day = value.left_on(self._zone)
        parts = [
            texts.gettext(STATE_NAMES[value.state]),
            texts.date(day) if day else "",
            words.numbers(value, texts),
        ]
        self.facts.setText(" · ".join(part for part in parts if part))
        self.goods.setText("\n".join(f"{texts.number(each.quantity)} × {each.text}" for each in value.lines))
        show_if(self.link, bool(link))
        self.scan.begin(value.carrier, value.parcels)
        self.tell.setChecked(value.told_at is not None)

    def _keep(self) -> None:
        if self.scan.number.text().strip():
            self.scan.take()
        elif self.shown is not None and self.scan.parcels != self.shown.parcels:
            self.corrected.emit()
